"""What does the workspace hold of the rows that a program sends again? By key, as the program would write them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

from cartera.app.workspace.importing.sheets import Row, cell, key_of, told
from cartera.tongue import text

if TYPE_CHECKING:
    from cartera.ledger.book import Book

Key = tuple[str, ...]
NO_INVOICE = text("There is no invoice of this id from this source. Send it first.")
NO_CLIENT = text("There is no client of this id. Send it first.")


@dataclass(frozen=True)
class Held:
    """rows: key -> the row. clients: a source's word for a client -> its id here. whole: invoice id -> its document.

    known: what a row's first key must be among, None for anything; missing: what is said where it is not.
    """

    rows: dict[Key, Row] = field(default_factory=dict)
    clients: dict[str, str] = field(default_factory=dict)
    whole: dict[str, Row] = field(default_factory=dict)
    known: frozenset[str] | None = None
    missing: str = ""


def held(book: Book, table: str, source: str, rows: Iterable[Mapping[str, Any]]) -> Held:
    """What the workspace holds of this table from this source; of lines, those of the invoices that the rows name."""
    from cartera.ledger.batches import holding
    from cartera.ledger.models import Client, Invoice

    people = [row for row in holding(book, Client, source) if not row["is_deleted"]]
    clients = {row["key"]: row["client_id"] for row in people}
    if table == "clients":
        return Held({(row["key"],): told(row, table) | {"client_id": row["key"]} for row in people}, clients)
    if table == "marks":
        from cartera.app.scope import EVERYTHING
        from cartera.app.workspace.identity.who import names

        return Held({}, clients, known=frozenset({*clients, *names(EVERYTHING, book)}), missing=NO_CLIENT)
    words = {own: key for key, own in clients.items()}
    wanted = {cell(row.get("invoice_id")) for row in rows}
    found = [row for row in holding(book, Invoice, source) if row["key"] in wanted and not row["is_deleted"]]
    documents = {row["key"]: _document(row, words) for row in found}
    if table == "invoices":
        return Held({(key,): row for key, row in documents.items()}, clients)
    lines = _lines(book, {row["document"]: row["key"] for row in found if row["document"] is not None})
    return Held(lines, clients, documents, frozenset(documents), NO_INVOICE)


def _document(row: Mapping[str, Any], words: Mapping[str, str]) -> Row:
    own = told(row, "invoices")
    client = own["client_id"]
    return own | {"invoice_id": row["key"], "client_id": words.get(client, client)}


def _lines(book: Book, documents: Mapping[int, str]) -> dict[Key, Row]:
    from cartera.ledger.models import Line

    found: dict[Key, Row] = {}
    rows: Any = Line.objects.using(book.alias)
    for start in range(0, len(documents), 500):
        some = list(documents)[start : start + 500]
        for row in rows.filter(document__in=some).order_by("document", "line_no").values(*Line.COLUMNS):
            line = told(row, "lines") | {"invoice_id": documents[row["document"]]}
            found[key_of("lines", line)] = line
    return found


def is_same(one: Mapping[str, Any], other: Mapping[str, Any], names: Iterable[str]) -> bool:
    """Whether two rows say the same in these columns: 12.50 is 12.5."""
    return all(_plain(one.get(name)) == _plain(other.get(name)) for name in names)


def _plain(value: Any) -> Any:
    said = cell(value)
    try:
        return Decimal(said) if said else ""
    except InvalidOperation:
        return said
