"""What may happen to a workspace? Random changes of every kind, as people and imports make them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from cartera.errors import CarteraError
from cartera.ledger.book import Book
from cartera.ledger.digest import digest
from cartera.ledger.entry import entry
from cartera.ledger.fields import scaled
from cartera.ledger.models import Assignment, Change, Client, Invoice, Link, Mark, Rate, Version
from cartera.ledger.stage import document_of, publish, stage, write_lines
from cartera.ledger.undo import undo

START = datetime(2026, 1, 1, tzinfo=UTC)
DAY = date(2026, 3, 31)
CLIENTS = [f"C{number}" for number in range(8)]


@dataclass
class World:
    """A workspace that changes. clock: of its changes, a minute apart."""

    book: Book
    random: Random
    clock: datetime = START
    steps: list[str] = field(default_factory=list)

    def change(self) -> None:
        """One act of a random kind."""
        act = self.random.choice(ACTS)
        self.clock += timedelta(minutes=1)
        self.steps.append(act.__name__)
        act(self)

    def said(self, model: type[Version], key: str, **values: Any) -> None:
        """Something that a person says of a fact."""
        with entry(self.book, "say", at=self.clock, by="Ana") as made:
            made.put(model, key, **values)

    def some(self, model: type[Version]) -> Any:
        """A row that holds, or None."""
        rows: Any = model._default_manager.using(self.book.alias)
        held = list(
            rows.filter(workspace_id=self.book.workspace_id, until_version=None, is_deleted=False).order_by("key")
        )
        return self.random.choice(held) if held else None


def invoices(world: World, count: int) -> Iterator[tuple[dict[str, Any], list[dict[str, Any]]]]:
    """Invoices with their lines."""
    random = world.random
    for _ in range(count):
        number = random.randrange(60)
        amount = Decimal(random.randrange(-10_000, 90_000)).scaleb(-2)
        paid = DAY - timedelta(days=random.randrange(100)) if random.random() < 0.5 else None
        more = {} if random.random() < 0.5 else {random.choice(["channel", "Channel", "store"]): random.choice("xyz")}
        row = {
            "invoice_id": f"I{number}", "client_id": random.choice([*CLIENTS, None]), "state": "issued",
            "kind": "invoice" if amount >= 0 else "credit_note",
            "issued_on": DAY - timedelta(days=random.randrange(900)),
            "paid_on": paid, "amount": amount, "currency": random.choice(["EUR", "USD", "GBP"]),
            "rep": random.choice(["Bo", "Cy", None]), "more": json.dumps(more),
        }  # fmt: skip
        lines = [{"line_no": n, "product": random.choice("PQ"), "quantity": "1.5", "amount": amount} for n in (1, 2)]
        yield row, lines[: random.randrange(3)]


def import_invoices(world: World) -> None:
    given = {row["invoice_id"]: (row, lines) for row, lines in invoices(world, world.random.randrange(1, 12))}
    publish_invoices(world.book, list(given.values()), world.clock)


def publish_invoices(book: Book, given: list[tuple[dict[str, Any], list[dict[str, Any]]]], at: datetime) -> None:
    """Invoices with their lines, imported as one change."""
    count = Change.objects.using(book.alias).count() + 1
    rows, lines = [], []
    for ordinal, (row, its_lines) in enumerate(given):
        document = document_of(count, ordinal) if its_lines else None
        columns = [_stored(row.get(name)) for name in Invoice.COLUMNS if name not in ("document", "more")]
        told = (*columns, document, row["more"])
        rows.append(
            ("file", "invoice", row["invoice_id"], digest([*columns, row["more"], len(its_lines)]), False, *told)
        )
        lines += [
            (document, one["line_no"], one["product"], None, one["quantity"], scaled(one["amount"]), None, "{}")
            for one in its_lines
        ]
    write_lines(book, lines)
    staged = stage(book, Invoice, rows)
    with entry(book, "import", at=at, by="file") as made:
        publish(made, staged)


def _stored(value: Any) -> Any:
    if isinstance(value, Decimal):
        return scaled(value)
    return value.isoformat() if isinstance(value, date) else value


def say_client(world: World) -> None:
    one, random = world.random.choice(CLIENTS), world.random
    more = json.dumps({"tier": random.choice("ab")} if random.random() < 0.5 else {})
    values = {
        "client_id": one,
        "name": f"Client {random.choice('xyz')}",
        "city": random.choice(["Ghent", None]),
        "more": more,
    }
    with entry(world.book, "import", at=world.clock, by="file") as made:
        made.put(Client, one, source=random.choice(["file", "crm", "manual"]), **values)


def say_mark(world: World) -> None:
    one = world.random.choice(CLIENTS)
    mark = world.random.choice(["lost", "cancelled", "reactivated"])
    world.said(
        Mark, f"{one}.{world.random.randrange(3)}", client_id=one, mark=mark, marked_on=DAY, recorded_at=world.clock
    )


def say_owner(world: World) -> None:
    one = world.random.choice(CLIENTS)
    world.said(Assignment, one, client_id=one, rep=world.random.choice(["Di", "Eve", ""]), since_on=DAY)


def say_link(world: World) -> None:
    one, other = world.random.sample(CLIENTS, 2)
    relation = world.random.choice(["same", "parent", "different"])
    world.said(Link, f"{relation}.{one}", client_id=one, to_id=other, relation=relation)


def say_rate(world: World) -> None:
    day = DAY - timedelta(days=world.random.randrange(900))
    currency = world.random.choice(["USD", "GBP"])
    world.said(Rate, f"{currency}.{day}", day=day, currency=currency, rate=world.random.choice(["0.9", "1.12345", "1"]))


def remove(world: World) -> None:
    model = world.random.choice([Client, Invoice, Mark, Link, Rate, Assignment])
    row = world.some(model)
    if row is not None:
        with entry(world.book, "drop", at=world.clock, by="Ana") as made:
            made.remove(model, row)


def replace(world: World) -> None:
    row = world.some(Invoice)
    if row is not None:
        with entry(world.book, "move", at=world.clock, by="Ana") as made:
            made.replace(row, paid_on=DAY, open_amount=Decimal(world.random.randrange(99)))


def take_back(world: World) -> None:
    numbers = list(Change.objects.using(world.book.alias).values_list("number", flat=True))
    if numbers:
        try:
            undo(world.book, world.random.choice(numbers), at=world.clock, by="Ana")
        except CarteraError:
            world.steps[-1] += " refused"


ACTS: list[Callable[[World], None]] = [
    import_invoices, import_invoices, say_client, say_mark, say_owner, say_link, say_rate, remove, replace, take_back,
]  # fmt: skip
