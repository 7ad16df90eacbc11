"""Which invoices did people plan? The plans typed by hand, found by their id; and the invoices that may keep them."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from itertools import count as counted
from typing import Any

from cartera.ledger.book import Book
from cartera.ledger.entry import MANUAL, Entry
from cartera.ledger.laid import holds
from cartera.ledger.models import Change, Invoice
from cartera.ledger.stage import chunks

PREFIX = "plan-"


def plan_ids(change: int, count: int, taken: Collection[str] = ()) -> list[str]:
    """The ids of plans: plan-12, or plan-12.1 and on when change 12 makes several; plan-12-2 where one is taken."""
    stems = (f"{PREFIX}{change}{f'-{again}' if again > 1 else ''}" for again in counted(1))
    named = ([stem] if count == 1 else [f"{stem}.{ordinal}" for ordinal in range(1, count + 1)] for stem in stems)
    return next(ids for ids in named if not set(ids) & set(taken))


def taken_ids(book: Book) -> set[str]:
    """The ids of a source's own documents that read like those of plans, as after an export that was brought in."""
    rows = Invoice.objects.using(book.alias).filter(workspace_id=book.workspace_id, invoice_id__startswith=PREFIX)
    return set(rows.exclude(source=MANUAL).values_list("invoice_id", flat=True))


def holding(book: Book) -> Any:
    """Every invoice, credit note and plan that holds now."""
    return Invoice.objects.using(book.alias).filter(holds(book), workspace_id=book.workspace_id, is_deleted=False)


def plans(book: Book) -> Any:
    """The plans that people typed, open or closed. No import lays rows beside them."""
    rows = Invoice.objects.using(book.alias).filter(workspace_id=book.workspace_id, until_version=None)
    return rows.filter(is_deleted=False, source=MANUAL, state="planned")


def open_plans(book: Book) -> Any:
    """Those that were neither dropped nor kept by an invoice."""
    return plans(book).filter(void_on=None)


def issued(book: Book, clients: Collection[str], change: Change | None = None) -> list[Any]:
    """The issued documents of these clients, credit notes too; only those that `change` wrote, when it is given."""
    rows = holding(book).filter(state="issued")
    if change is not None:
        rows = rows.filter(change=change)
    return [one for some in chunks((id_,) for id_ in sorted(clients)) for one in rows.filter(client_id__in=_flat(some))]


def keepers(book: Book) -> set[str]:
    """The invoices that keep a plan already."""
    return set(plans(book).exclude(fulfilled_by=None).values_list("fulfilled_by", flat=True))


def reopen(made: Entry) -> list[str]:
    """Open every plan again whose invoice is gone or void by now; their ids."""
    kept = {row.invoice_id: row for row in plans(made.book).exclude(fulfilled_by=None)}
    gone = _gone(made.book, kept.values())
    broken = sorted(one for one, row in kept.items() if row.fulfilled_by in gone)
    for one in broken:
        made.replace(kept[one], void_on=None, fulfilled_by=None)
    return broken


def _gone(book: Book, kept: Collection[Any]) -> set[str]:
    """The invoices that kept these plans and are issued no more."""
    wanted = {row.fulfilled_by for row in kept}
    if not wanted:
        return set()
    # Invoices are found fast by client; one that stands under another client is looked for among all.
    wanted -= {row.invoice_id for row in issued(book, {row.client_id for row in kept if row.client_id})}
    rows = holding(book).filter(state="issued")
    for some in chunks((one,) for one in sorted(wanted)):
        wanted -= set(rows.filter(invoice_id__in=_flat(some)).values_list("invoice_id", flat=True))
    return wanted


def _flat(rows: Iterable[tuple[Any, ...]]) -> list[str]:
    return [row[0] for row in rows]
