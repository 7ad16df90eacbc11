"""What does a test put into a ledger? A few clients and invoices, and plain Python readings of what lies there."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from cartera.ledger.book import Book
from cartera.ledger.digest import digest
from cartera.ledger.entry import Entry, entry
from cartera.ledger.fields import scaled
from cartera.ledger.models import FACTS, Client, Invoice, Version
from cartera.ledger.stage import Published, publish, stage

START = datetime(2026, 3, 31, 9, 0, tzinfo=UTC)
DAY = date(2026, 3, 31)


def moment(number: int) -> datetime:
    """The moment of the change with this number, a minute after the one before it."""
    return START + timedelta(minutes=number)


def named(book: Book, names: dict[str, str | None], *, source: str = "file") -> Entry:
    """A change that says the name of each client; None takes the client away."""
    with entry(book, "import", at=moment(0), by="Ana") as made:
        for client, name in names.items():
            said(made, client, name, source)
    return made


def said(made: Entry, client: str, name: str | None, source: str = "file") -> bool:
    """Within a change, the name of a client; None takes the client away, if it is there."""
    if name is not None:
        return made.put(Client, client, source=source, client_id=client, name=name)
    row = held(made.book, Client).filter(source=source, key=client).first()
    return row is not None and made.remove(Client, row)


def held(book: Book, model: type[Version]) -> Any:
    """The rows that hold now."""
    rows: Any = model._default_manager.using(book.alias)
    return rows.filter(workspace_id=book.workspace_id, until_version=None, is_deleted=False)


def names(book: Book, version: int | None = None) -> dict[str, str]:
    """Client -> name, now or as of a facts version."""
    rows: Any = Client._default_manager.using(book.alias).filter(workspace_id=book.workspace_id)
    at = book.facts_version if version is None else version
    return {
        row.client_id: row.name
        for row in rows
        if row.from_version <= at and (row.until_version is None or row.until_version > at) and not row.is_deleted
    }


def invoice_rows(amounts: dict[str, Decimal], *, deleted: Iterable[str] = ()) -> list[tuple[Any, ...]]:
    """Invoices as `stage` takes them."""
    gone = set(deleted)
    return [invoice_row(key, amount, is_deleted=key in gone) for key, amount in amounts.items()]


def invoice_row(key: str, amount: Decimal, *, is_deleted: bool = False) -> tuple[Any, ...]:
    """One invoice as `stage` takes it."""
    told = {"invoice_id": key, "client_id": "acme", "kind": "invoice", "state": "issued", "issued_on": str(DAY)}
    values = told | {"amount": scaled(amount), "currency": "EUR", "more": "{}"}
    columns = tuple(values.get(name) for name in Invoice.COLUMNS)
    return ("file", "invoices", key, digest([is_deleted, *columns]), is_deleted, *columns)


def imported(book: Book, rows: list[tuple[Any, ...]]) -> Published:
    """What became of invoices that were staged and published as one change."""
    staged = stage(book, Invoice, rows)
    with entry(book, "import", at=moment(0), by="Ana") as made:
        return publish(made, staged)


def amounts(book: Book) -> dict[str, Decimal]:
    """Invoice -> amount, now."""
    return {row.key: row.amount for row in held(book, Invoice)}


def everything(book: Book) -> list[tuple[Any, ...]]:
    """All versions of all facts, in a fixed order: equal before and after means that nothing happened."""
    rows = []
    for model in FACTS:
        found: Any = model._default_manager.using(book.alias).filter(workspace_id=book.workspace_id)
        rows += [
            (model.__name__, row.source, row.stream, row.key, row.from_version, row.until_version, row.digest)
            for row in found.order_by("source", "stream", "key", "from_version")
        ]
    return rows
