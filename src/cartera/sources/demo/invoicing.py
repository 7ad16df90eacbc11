"""Which invoices, plans and credit notes did a client's life leave behind, as known on a day?"""

from __future__ import annotations

from datetime import date, timedelta
from itertools import zip_longest
from typing import TYPE_CHECKING

from cartera.sources.demo.corrections import corrected
from cartera.sources.demo.documents import Document, Line, basket
from cartera.sources.demo.rhythm import invoice_ages

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cartera.sources.demo.clients import Client
    from cartera.sources.demo.stories import Plan
    from cartera.sources.demo.trades import Trade

AUGUST = 8
SATURDAY = 5
PLANNED_BEFORE = (10, 45)  # days from plan to invoice, for those that were planned
PLANNED_SHARE, OPENING_SHARE = 0.15, 0.85  # of all invoices; of the first ones and those after a long silence
FORGOTTEN = 400  # days after which an invoice is a new beginning


def documents(client: Client, trade: Trade, day: date) -> list[Document]:
    """Every document of the client."""
    ages = list(_kept(client, day, invoice_ages(client)))
    invoices = [_invoice(client, trade, day, age, older) for age, older in zip_longest(ages, ages[1:])]
    return [
        *corrected(client, trade, day, invoices),
        *(document for plan in client.story.plans for document in _plan(client, trade, day, plan)),
    ]


def working_day(day: date, age: int) -> date:
    """The day `age` days before `day`, or the Friday before it."""
    on = day - timedelta(days=age)
    return on - timedelta(days=max(0, on.weekday() - SATURDAY + 1))


def lines(client: Client, trade: Trade, on: date, age: int) -> list[Line]:
    """A basket of the client's usual products, as large as size, growth and season say."""
    target = client.size * trade.season[on.month - 1] * (1 + client.growth) ** (-age / 365)
    target *= client.rng.uniform(0.7, 1.35)
    # The last line is rounded up to a whole unit, hence the room below the largest.
    within = min(max(target, trade.smallest * 100), trade.largest * 100 * 0.85)
    return basket(client.rng, client.favourites, within, age, most=trade.basket)


def _kept(client: Client, day: date, ages: list[int]) -> Iterator[int]:
    """August is quiet; the first and the last invoice stay, because the story hangs on them."""
    for position, age in enumerate(ages):
        is_quiet = client.rng.random() < 0.4 and (day - timedelta(days=age)).month == AUGUST
        if not is_quiet or position in {0, len(ages) - 1}:
            yield age


def _invoice(client: Client, trade: Trade, day: date, age: int, older: int | None) -> Document:
    rng, on = client.rng, working_day(day, age)
    # A beginning is seldom a surprise to those who write the invoice.
    share = OPENING_SHARE if older is None or older - age > FORGOTTEN else PLANNED_SHARE
    due_on = on + timedelta(days=client.days_to_pay)
    paid_on: date | None = due_on + timedelta(days=int(rng.triangular(-12, 40, 0)))
    if paid_on and (paid_on > day or (age < 400 and rng.random() < 0.015)):
        paid_on = None
    return Document(
        client_id=client.client_id,
        rep=client.rep,
        issued_on=on,
        lines=lines(client, trade, on, age),
        known_on=on - timedelta(days=rng.randint(*PLANNED_BEFORE) if rng.random() < share else 0),
        due_on=due_on,
        paid_on=paid_on,
        owed=0.0 if paid_on else rng.choices((1.0, 0.5), (9, 1))[0],
    )


def _plan(client: Client, trade: Trade, day: date, plan: Plan) -> Iterator[Document]:
    rng = client.rng
    ahead, known = rng.randint(*plan.ahead), rng.randint(*plan.known)
    dropped = rng.randint(*plan.dropped) if plan.dropped else None
    for turn in range(plan.times):
        on = day + timedelta(days=ahead + turn * plan.every)
        is_issued = plan.state == "issued"
        yield Document(
            client_id=client.client_id,
            rep=client.rep,
            issued_on=on,
            lines=lines(client, trade, on, -(ahead + turn * plan.every)),
            state=plan.state,
            known_on=day - timedelta(days=known),
            void_on=None if dropped is None else day - timedelta(days=dropped),
            due_on=on + timedelta(days=client.days_to_pay) if is_issued else None,
            owed=1.0 if is_issued else 0.0,
        )
