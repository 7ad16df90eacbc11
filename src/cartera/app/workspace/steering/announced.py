"""Did the rules change lately? Told to everybody until it was read, or two weeks later everybody knows."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cartera.app.clock import now
from cartera.app.policies import NAMES, policy
from cartera.app.workspace.day import day_there
from cartera.app.workspace.settings import workspace_policy
from cartera.app.workspace.steering.versions import PUBLISH

if TYPE_CHECKING:
    from datetime import date

    from cartera.app.scope import Scope
    from cartera.ledger.book import Book

LASTS = 14  # days


@dataclass(frozen=True)
class Announced:
    """Rules that were published. before: those until then, None where nobody knows any more; key: what names those in
    an address, empty where nothing does.
    """

    number: int
    by: str
    on: date
    note: str
    rules: Any
    before: Any = None
    key: str = ""


def announced(scope: Scope, book: Book, *, user: int, today: date) -> Announced | None:
    """The rules in force, where they were published lately and this person has not said that it read so."""
    scope.require("show")
    number = book.workspace.policy.get("version")
    if number is None or _receipts(book, user).filter(key=_key(number)).exists():
        return None
    row = _rows(book).filter(number=number).first()
    if row is None or (today - (on := day_there(book, row.published_at))).days >= LASTS:
        return None
    before = _before(book, number)
    return Announced(
        number, row.by, on, row.note, workspace_policy(book.workspace), before, _named(book, number, before)
    )


def read(scope: Scope, book: Book, number: int, *, user: int) -> None:
    """Keep that this person has read of the version; nothing where there is none of that number."""
    scope.require("show")
    if _rows(book).filter(number=number).exists():
        told = {"answer": {"text": "", "clients": []}, "at": now()}
        _receipts(book, user).get_or_create(
            workspace_id=book.workspace_id, sender=str(user), key=_key(number), defaults=told
        )


def _before(book: Book, number: int) -> Any:
    """The rules that were in force until then, as the audit keeps them."""
    from cartera.ledger.models import AuditValue
    from cartera.portfolio.policy import read_policy

    lines = AuditValue.objects.using(book.alias).filter(entry__workspace_id=book.workspace_id, entry__verb=PUBLISH)
    for text in lines.order_by("-entry__number").values_list("value", flat=True):
        told = json.loads(text) if text else {}
        if told.get("after", {}).get("version") == number:
            return read_policy(told["before"]["rules"], "rules") if "before" in told else None
    return None


def _named(book: Book, number: int, before: Any) -> str:
    """What names the rules in an address: an earlier version that says the same, or a policy that is shipped."""
    from cartera.portfolio.policy import read_policy

    for row in _rows(book).filter(number__lt=number).order_by("-number"):
        if read_policy(row.text, row.name) == before:
            return f"v{row.number}"
    return next((name for name in NAMES if policy(name) == before), "")


def _key(number: int) -> str:
    return f"read rules v{number}"


def _rows(book: Book) -> Any:
    from cartera.ledger.models import PolicyVersion

    return PolicyVersion.objects.using(book.alias).filter(workspace_id=book.workspace_id)


def _receipts(book: Book, user: int) -> Any:
    from cartera.ledger.models import Receipt

    return Receipt.objects.using(book.alias).filter(workspace_id=book.workspace_id, sender=str(user))
