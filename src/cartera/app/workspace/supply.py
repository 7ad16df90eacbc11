"""From where do the facts come, how old is what each source brought last, and is there anything at all?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from datetime import date

    from cartera.app.scope import Scope
    from cartera.ledger.book import Book


@dataclass(frozen=True)
class Supply:
    """One source. number, file, on, by: of its last import in force. age: days since. documents: that it brought.

    first_on, last_on: of all its documents. rejected: rows refused and not brought in since. since: its first import.
    """

    source: str
    number: int
    file: str
    on: date
    by: str
    age: int
    imports: int
    new: int
    changed: int
    first_on: date | None
    last_on: date | None
    rejected: int
    since: date


def supplies(scope: Scope, book: Book, *, today: date) -> list[Supply]:
    """One per source with an import in force, the newest first."""
    scope.require("imports")
    found: dict[str, list[Any]] = {}
    for batch in _batches(book):
        found.setdefault(batch.source, []).append(batch)
    return [_supply(source, batches, today) for source, batches in found.items()]


def _batches(book: Book) -> Any:
    from cartera.ledger.models import Batch

    made = Batch.objects.using(book.alias).filter(
        change__workspace_id=book.workspace_id, change__is_made=True, change__undone_by=None
    )
    return made.select_related("change").order_by("-change__number")


def _supply(source: str, batches: list[Any], today: date) -> Supply:
    last = batches[0]
    firsts = [one.first_on for one in batches if one.first_on]
    lasts = [one.last_on for one in batches if one.last_on]
    on = last.change.made_at.date()
    return Supply(
        source, last.change.number, last.told.get("name", ""), on, last.change.by, max(0, (today - on).days),
        len(batches), last.documents_new, last.documents_changed, min(firsts, default=None), max(lasts, default=None),
        sum(_left(one) for one in batches), batches[-1].change.made_at.date(),
    )  # fmt: skip


def _left(batch: Any) -> int:
    if not batch.rows_rejected:
        return 0
    rows = batch.rejects.filter(mended_by=None) | batch.rejects.exclude(mended_by__change__undone_by=None)
    return int(rows.count())


def sums_of(scope: Scope, book: Book, number: int) -> list[dict[str, Any]]:
    """Per kind and currency what import `number` held: kind, currency, count, amount, first_on, last_on as text."""
    from cartera.ledger.models import Batch

    scope.require("imports")
    batches = Batch.objects.using(book.alias).filter(change__workspace_id=book.workspace_id, change__number=number)
    found = batches.values_list("told", flat=True).first()
    return list(found.get("sums", [])) if found else []


def is_empty(book: Book) -> bool:
    """Whether the workspace holds neither an invoice nor a client."""
    from cartera.app.workspace.identity.who import held
    from cartera.ledger.models import Client, Invoice

    return not (held(book, Invoice).exists() or held(book, Client).exists())
