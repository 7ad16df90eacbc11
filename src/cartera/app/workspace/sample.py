"""A workspace to look around in: the made-up company as facts of a ledger, in a folder of its own."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from cartera.app.clock import now
from cartera.app.workspace.start import start

if TYPE_CHECKING:
    from cartera.app.scope import Scope
    from cartera.ledger.book import Book

DEMO = "demo"  # the source of its facts
NAMES = {"services": "Acme Services", "distributor": "Acme Trading"}


def sample(scope: Scope, folder: str, kind: str, *, day: date, language: str = "en") -> Book:
    """A new workspace with the facts of a made-up company (services, distributor) as of a day."""
    from cartera.sources.demo import company as made_up

    book = start(scope, folder, name=NAMES[kind], currency="EUR", language=language)
    tables = {name: table.to_pylist() for name, table in made_up(kind, day).items() if table is not None}
    write(book, tables)
    return book


def write(book: Book, tables: dict[str, list[dict[str, Any]]]) -> None:
    """The tables as one import."""
    from cartera.ledger.entry import entry
    from cartera.ledger.models import Client, Invoice, Mark
    from cartera.ledger.stage import document_of, write_lines

    at = now() - timedelta(minutes=1)
    with entry(book, "import", at=at, by="Cartera", told={"file": DEMO}) as made:
        document = {row["invoice_id"]: document_of(made.change.pk, n) for n, row in enumerate(tables["invoices"])}
        for row in tables["clients"]:
            made.put(Client, row["client_id"], source=DEMO, **row)
        for row in tables["invoices"]:
            values = {name: value for name, value in row.items() if name != "source"}
            made.put(Invoice, row["invoice_id"], source=DEMO, **values, document=document[row["invoice_id"]])
        for n, row in enumerate(tables["marks"]):
            made.put(Mark, str(n), source=DEMO, **row | {"recorded_at": at})
    write_lines(book, (line(document, row) for row in tables["lines"]))


def line(document: dict[str, int], row: dict[str, Any]) -> tuple[Any, ...]:
    """A line as the ledger keeps it."""
    from cartera.ledger.fields import scaled

    return (
        document[row["invoice_id"]], row["line_no"], row["product"], row["category"], _text(row["quantity"]),
        scaled(row["amount"]), scaled(row["cost"]), "{}",
    )  # fmt: skip


def _text(value: Any) -> str | None:
    return None if value is None else str(value)
