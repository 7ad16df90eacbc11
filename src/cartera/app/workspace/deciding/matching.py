"""Are there invoices for what was planned? An import closes the plans that its invoices keep; the rest is asked."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from cartera.app.workspace.deciding.pairing import Document, Pair, paired
from cartera.app.workspace.deciding.replanning import closed_by, keep, state_of
from cartera.app.workspace.deciding.whom import MOST_NAMED
from cartera.errors import CarteraError, nearest, suggested, typed
from cartera.tongue import listed, say, say_many

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from cartera.app.scope import Scope
    from cartera.app.workspace.deciding.act import Act, Done
    from cartera.ledger.book import Book
    from cartera.ledger.entry import Entry
    from cartera.ledger.links import Links


def match_new(made: Entry, *, day: date) -> tuple[list[Pair], list[Pair]]:
    """Close the plans that the invoices written in this entry keep, and open those again whose invoice is gone.

    To be called in an import's entry, after its invoices are published: undoing the import then opens the plans again.
    Comes back with the pairs that were closed, and with those that a person must settle.
    """
    from cartera.ledger.links import links
    from cartera.ledger.plans import issued, open_plans, reopen

    for plan in reopen(made):
        made.after[plan] = {"reopened": True}
    plans = {row.invoice_id: row for row in open_plans(made.book) if row.client_id}
    if not plans:
        return [], []
    told = links(made.book)
    rows = issued(made.book, _alike(told, plans.values()), made.change)
    certain, asked = paired(_plans(plans.values(), told), _invoices(made.book, rows, told))
    by_id = {row.invoice_id: row for row in rows}
    for pair in certain:
        row, invoice = plans[pair.plan.id], by_id[pair.invoice.id]
        made.before[row.invoice_id] = state_of(row)
        made.replace(row, **closed_by(invoice, day))
        made.after[row.invoice_id] = {"kept_by": invoice.invoice_id}
    return certain, asked


def told_of_plans(book: Book, number: int) -> str:
    """What import `number` did to plans and leaves to a person, in sentences; empty when it met none."""
    from cartera.ledger.models import Change

    changes = Change.objects.using(book.alias).filter(workspace_id=book.workspace_id)
    told = changes.values_list("told", flat=True).get(number=number)
    kept, asked = told.get("plans_kept", []), told.get("plans_asked", 0)
    sentences = []
    if kept:
        some = listed(kept[:MOST_NAMED])
        some = say("{plans} and more", plans=some) if len(kept) > MOST_NAMED else some
        sentences.append(
            say_many(
                "It closes {count} plan: {plans}.", "It closes {count} plans: {plans}.", count=len(kept), plans=some
            )
        )
    if asked:
        sentences.append(
            say_many(
                "{count} more plan may be kept, which only you can tell: {command}.",
                "{count} more plans may be kept, which only you can tell: {command}.",
                count=asked, command=suggested("plans", "--to-match"),
            )
        )  # fmt: skip
    return " ".join(filter(None, map(typed, sentences)))


def match(scope: Scope, book: Book, plan: str, invoice: str, act: Act) -> Done:
    """The plan closed by this invoice of its client. CarteraError: it is none, or it keeps another plan already."""
    from cartera.ledger.plans import holding, keepers

    rows = holding(book).filter(state="issued", kind="invoice")
    found = rows.filter(invoice_id=invoice).first() or _only(rows.filter(number=invoice), invoice)
    if found is None or (scope.clients is not None and found.client_id not in scope.clients):
        near = nearest(
            invoice, list(rows.filter(client_id__in=_client_of(book, plan)).values_list("invoice_id", flat=True))
        )
        hint = (
            say("Did you mean {name}?", name=repr(near))
            if near
            else say("List what may fit: {command}.", command=suggested("plans", "--to-match"))
        )
        raise CarteraError(say("there is no issued invoice {invoice}.", invoice=repr(invoice)), fix=hint)
    if found.invoice_id in keepers(book):
        raise CarteraError(
            say("invoice {invoice_id} keeps another plan already.", invoice_id=found.invoice_id),
            fix=say("Undo that match first."),
        )
    if not _is_of_one(book, found.client_id, _client_of(book, plan)):
        raise CarteraError(
            say("invoice {invoice_id} is of another client than {plan}.", invoice_id=found.invoice_id, plan=plan),
            fix=say("Match it with its own."),
        )
    return keep(scope, book, plan, found, act)


def to_match(scope: Scope, book: Book) -> list[Pair]:
    """Every pair of an open plan and an issued invoice that a person may want to match, by plan and day."""
    scope.require("show")
    from cartera.ledger.links import links
    from cartera.ledger.plans import issued, open_plans

    plans = [row for row in open_plans(book) if scope.clients is None or row.client_id in scope.clients]
    told = links(book)
    rows = issued(book, _alike(told, plans))
    certain, asked = paired(_plans(plans, told), _invoices(book, rows, told))
    return sorted([*certain, *asked], key=lambda pair: (pair.plan.on, pair.plan.id, abs(pair.days), pair.invoice.id))


def _alike(told: Links, plans: Iterable[Any]) -> set[str]:
    """The clients of these plans, and all that are one with them."""
    leading = {told.leading(row.client_id) for row in plans if row.client_id}
    return leading | {one for one in told.same if told.leading(one) in leading}


def _plans(rows: Iterable[Any], told: Links) -> list[Document]:
    return [
        Document(row.invoice_id, told.leading(row.client_id), row.issued_on, row.amount, row.currency, row.known_on)
        for row in rows
        if row.client_id and row.amount
    ]


def _invoices(book: Book, rows: Iterable[Any], told: Links) -> list[Document]:
    """Those that keep no plan yet and are not taken back by their own credit notes."""
    from cartera.ledger.plans import keepers

    rows, used = list(rows), keepers(book)
    credited: dict[str, Decimal] = {}
    for row in rows:
        if row.kind == "credit_note" and row.credits:
            credited[row.credits] = credited.get(row.credits, Decimal(0)) - (row.amount or 0)
    return [
        Document(row.invoice_id, told.leading(row.client_id), row.issued_on, row.amount, row.currency)
        for row in rows
        if row.kind == "invoice" and row.client_id and (row.amount or 0) > credited.get(row.invoice_id, 0)
        and row.invoice_id not in used
    ]  # fmt: skip


def _only(rows: Iterable[Any], number: str) -> Any:
    """The invoice of this number, when one alone has it."""
    found = list(rows)
    if len(found) > 1:
        ids = ", ".join(row.invoice_id for row in found)
        raise CarteraError(
            say("{count} invoices have the number {number}.", count=len(found), number=repr(number)),
            fix=say("Give the id: {ids}.", ids=ids),
        )
    return found[0] if found else None


def _is_of_one(book: Book, client_id: str, others: list[str]) -> bool:
    """Whether the client of the invoice is that of the plan; a plan that is not there is refused elsewhere."""
    from cartera.ledger.links import links

    told = links(book)
    return not others or told.leading(client_id) in map(told.leading, others)


def _client_of(book: Book, plan: str) -> list[str]:
    from cartera.ledger.plans import PREFIX, plans

    return list(plans(book).filter(invoice_id__in=(plan, f"{PREFIX}{plan}")).values_list("client_id", flat=True))
