"""What went wrong with the invoices: credited in part or whole, voided, rebates, and the one that ends a story?"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from cartera.sources.demo.catalogue import REBATE
from cartera.sources.demo.documents import Document, Line, basket, credit_note

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cartera.sources.demo.clients import Client
    from cartera.sources.demo.trades import Trade

# Shares of invoices; in sum about four in a hundred, as in the books of a careful office.
CREDITED_IN_PART, CREDITED_WHOLE, VOIDED, NEVER_WAS = 0.022, 0.03, 0.034, 0.037
REBATE_PER_CENT = 4


def corrected(client: Client, trade: Trade, day: date, invoices: list[Document]) -> Iterator[Document]:
    """The invoices with their credit notes. The newest and the oldest stay as they are: the story hangs on them."""
    for position, invoice in enumerate(invoices):
        fate = client.rng.random()
        yield from [invoice] if position in {0, len(invoices) - 1} else _fate(client, day, invoice, fate)
    yield from _rebates(client, trade, day, invoices)
    if client.story.credited and invoices:
        yield from _taken_back(client, day, invoices[0])


def _fate(client: Client, day: date, invoice: Document, fate: float) -> list[Document]:
    later = min(invoice.issued_on + timedelta(days=client.rng.randint(3, 40)), day)
    if fate < CREDITED_IN_PART:
        return [invoice, credit_note(invoice, later, [client.rng.choice(invoice.lines)])]
    if fate < CREDITED_WHOLE:
        return _credited_whole(invoice, later)
    if fate < VOIDED:
        return [_void(invoice, later)]
    return [_void(invoice, None)] if fate < NEVER_WAS else [invoice]


def _credited_whole(invoice: Document, on: date) -> list[Document]:
    # Nobody owes a credited invoice, and nobody paid it.
    settled = replace(invoice, paid_on=None, owed=0.0)
    return [settled, credit_note(settled, on, settled.lines)]


def _void(invoice: Document, on: date | None) -> Document:
    return replace(invoice, state="void", void_on=on, paid_on=None, owed=0.0)


def _rebates(client: Client, trade: Trade, day: date, invoices: list[Document]) -> Iterator[Document]:
    """A volume rebate for some loyal clients, once a year, on what they bought in it."""
    if client.story.is_cooling or client.rng.random() >= trade.rebate_share:
        return
    for years in (0, 1):
        until = day - timedelta(days=30 + 365 * years)
        bought = [each for each in invoices if until - timedelta(days=365) < each.issued_on <= until]
        if bought:
            cents = sum(each.amount for each in bought) * REBATE_PER_CENT // 100
            yield credit_note(bought[0], until, [Line(REBATE, 1, cents, 0)], is_linked=False)


def _taken_back(client: Client, day: date, last: Document) -> list[Document]:
    """A later invoice that was credited whole: the client is as cold as its last real one says."""
    age = client.rng.randint(*client.story.credited or (0, 0))
    on = day - timedelta(days=age)
    wrong = replace(
        last,
        issued_on=on,
        lines=basket(client.rng, client.favourites, last.amount, age, most=len(last.lines)),
        known_on=on,
        due_on=on + timedelta(days=client.days_to_pay),
    )
    return _credited_whole(wrong, on + timedelta(days=client.rng.randint(4, 15)))
