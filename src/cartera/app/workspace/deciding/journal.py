"""Who changed what, when and why? The audit as a list with before and after; and whether its chain holds."""

from __future__ import annotations

import json
from datetime import UTC
from typing import TYPE_CHECKING, Any

from cartera.app.workspace.deciding.answers import listed
from cartera.errors import CarteraError, suggested
from cartera.tongue import say, say_many
from cartera.views.view import Answer, Column

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from cartera.app.scope import Scope
    from cartera.ledger.book import Book

COLUMNS = (
    Column("number", "Line", "count", minor=True),
    Column("change", "Change", "count"),
    Column("at", "At"),
    Column("by", "By"),
    Column("verb", "What"),
    Column("client_id", "Id", minor=True),
    Column("name", "Client"),
    Column("after", "After"),
    Column("before", "Before", minor=True),
    Column("undone_by", "Undone by", "count", minor=True),
    Column("reason", "Reason", minor=True),
    Column("note", "Note", minor=True),
)


def audit(scope: Scope, book: Book, *, day: date, client: str | None = None) -> Answer:
    """Every line of the audit, the newest first; of one client, those that name it. Erased values are empty."""
    scope.require("audit")
    from cartera.app.workspace.identity.who import names
    from cartera.ledger.models import AuditEntry, Change

    changes = Change.objects.using(book.alias).filter(workspace_id=book.workspace_id)
    undone = dict(changes.exclude(undone_by=None).values_list("number", "undone_by__number"))
    lines: Any = AuditEntry.objects.using(book.alias).filter(workspace_id=book.workspace_id)
    known = names(scope, book)
    rows = [row(line, known, undone) for line in lines.select_related("value").order_by("-number")]
    if client is not None:
        rows = [one for one in rows if client in (one["client_id"], *one["told"])]
    told = say_many(
        "{count} line. To see whether anybody changed them: {command}.",
        "{count} lines. To see whether anybody changed them: {command}.",
        count=len(rows),
        command=suggested("audit", "verify"),
    )
    return listed("audit", "Who changed what, when and why?", COLUMNS, rows, told, day=day)


def verify(scope: Scope, book: Book) -> str:
    """How many lines hold, in a sentence. CarteraError: where the chain is broken, and how."""
    scope.require("audit")
    from cartera.ledger.audit import verify as read

    count, breaks = read(book)
    if breaks:
        told = "\n".join(f"  line {one.number}: {one.why}" for one in breaks)
        raise CarteraError(
            say_many(
                "the audit was changed in {count} place:\n{lines}\n",
                "the audit was changed in {count} places:\n{lines}\n",
                count=len(breaks),
                lines=told,
            ),
            fix=say("Compare it with a backup: cartera restore puts one beside it."),
        )
    return say_many(
        "The audit holds: {count} line, each follows the one before it.",
        "The audit holds: {count} lines, each follows the one before it.",
        count=count,
    )


def row(line: Any, known: Mapping[str, str], undone: Mapping[int, int]) -> dict[str, Any]:
    """A line as the columns hold it. known: client -> name. undone: change -> the one that took it back."""
    value = getattr(line, "value", None)
    told: dict[str, Any] = json.loads(value.value) if value is not None and value.value else {}
    client = value.client_id if value is not None else ""
    sides = {side: _side(told, side) for side in ("before", "after")}
    named = {
        one.get("client_id", key) if isinstance(one, dict) else key for s in sides.values() for key, one in s.items()
    }
    return {
        "number": line.number, "change": line.change_number, "at": f"{line.at.astimezone(UTC):%Y-%m-%d %H:%M:%SZ}",
        "by": value.by if value is not None else None, "verb": line.verb, "client_id": client or None,
        "name": known.get(client, client) or None, "reason": told.get("reason") or None,
        "note": told.get("note") or None, "undone_by": undone.get(line.change_number), "told": named,
    } | {side: _said(one, client) for side, one in sides.items()}  # fmt: skip


def _side(told: dict[str, Any], side: str) -> dict[str, Any]:
    """Before or after by name; a setting has one value."""
    found = told.get(side) or {}
    return found if isinstance(found, dict) else {str(told.get("setting", side)): found}


def _said(side: dict[str, Any], client: str) -> str | None:
    """Before or after as one text: plan-12 on 2026-05-01, amount 1200.00."""
    parts = []
    for key, value in side.items():
        if not isinstance(value, dict):
            parts.append(f"{key} {value}")
            continue
        inner = ", ".join(f"{name} {one}" for name, one in value.items() if one not in ("", None) and one != client)
        parts.append(inner if key == client else f"{key}: {inner}")
    return "; ".join(parts) or None
