"""What was said of one client, by whom and when? Every version of every fact about it, in the order of the changes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cartera import tongue
from cartera.app.workspace.deciding.answers import listed
from cartera.views import phrasing
from cartera.views.view import Answer, Column

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from cartera.app.scope import Scope
    from cartera.app.workspace.deciding.whom import Whom
    from cartera.ledger.book import Book

COLUMNS = (
    Column("at", "At"),
    Column("change", "Change", "count"),
    Column("by", "By"),
    Column("what", "What"),
    Column("text", "In words"),
    Column("undone_by", "Undone by", "count", minor=True),
)


def history(scope: Scope, book: Book, whom: Whom, *, day: date) -> Answer:
    """Every fact about the client as it was said: documents, plans, marks, notes, reps, dealings; the oldest first."""
    scope.require("show")
    from cartera.app.workspace.identity.who import sees
    from cartera.ledger.links import links
    from cartera.ledger.models import FACTS

    told, seen = links(book), sees(scope, book)
    ids = [one for own in whom.ids for one in (own, *told.followers(own))]
    rows: list[dict[str, Any]] = []
    for model in FACTS:
        if "client_id" in model.COLUMNS:
            held: Any = model._default_manager.using(book.alias)  # noqa: SLF001 - documented by Django
            found = held.filter(workspace_id=book.workspace_id, client_id__in=ids).select_related("change__undone_by")
            said_first = [row for row in found if row.change_id == row.content_of_id]
            rows += [_row(row) for row in said_first if seen(getattr(row, "to_id", row.client_id))]
    rows.sort(key=lambda row: (row["change"], row["what"], row["text"]))
    said = f"{whom.text}: {phrasing.counted(len(rows), 'thing')} said."
    return listed("history", "What was said of this client, by whom and when?", COLUMNS, rows, said, day=day)


def _row(row: Any) -> dict[str, Any]:
    change, kind = row.change, type(row).__name__.lower()
    text = WORDS[kind](row)
    return {
        "at": f"{change.made_at:%Y-%m-%d %H:%M:%SZ}", "change": change.number, "by": change.by,
        "what": "plan" if kind == "invoice" and row.state == "planned" else kind,
        "text": f"gone: {text}" if row.is_deleted else text,
        "undone_by": change.undone_by.number if change.undone_by else None,
    }  # fmt: skip


def _worth(row: Any) -> str:
    return tongue.UNKNOWN if row.amount is None else f"{row.amount:,.2f} {row.currency or ''}".strip()


def _document(row: Any) -> str:
    if row.state == "planned":
        ended = f", kept by {row.fulfilled_by}" if row.fulfilled_by else ", dropped" if row.void_on else ""
        return f"{row.invoice_id}: {_worth(row)} for {row.issued_on}{ended}"
    void = ", void" if row.state == "void" else ""
    return f"{row.kind.replace('_', ' ')} {row.number or row.invoice_id}: {_worth(row)} of {row.issued_on}{void}"


def _joined(*parts: Any) -> str:
    return ", ".join(str(part) for part in parts if part)


WORDS: dict[str, Callable[[Any], str]] = {
    "client": lambda row: _joined(row.name, row.city, row.rep and f"rep {row.rep}") or row.client_id,
    "invoice": _document,
    "mark": lambda row: _joined(f"{row.mark} from {row.marked_on}", row.reason, row.note),
    "note": lambda row: row.text,
    "assignment": lambda row: f"{row.rep or 'nobody'} from {row.since_on}",
    "interaction": lambda row: _joined(f"{row.channel} on {row.at:%Y-%m-%d}", row.direction, row.subject),
    "step": lambda row: _joined(f"next step on {row.due_on}", row.text, row.done_on and f"done on {row.done_on}"),
    "contact": lambda row: _joined(row.name, row.role),
    "link": lambda row: f"{row.relation}: {row.to_id}",
}
