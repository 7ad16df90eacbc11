"""How do the invented lives become the four fact tables, with the columns and types of the schema?"""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from operator import attrgetter
from typing import TYPE_CHECKING, Any

import narwhals as nw
import pyarrow as pa
import pyarrow.compute as pc

from cartera.facts.schema import MONEY, TABLES
from cartera.money import PRECISION, SCALE
from cartera.sources.demo.clients import Client, clients
from cartera.sources.demo.invoicing import documents
from cartera.sources.demo.marks import Mark, marks
from cartera.sources.demo.trades import TRADES

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from cartera.sources.demo.documents import Document

CURRENCY, SOURCE = "EUR", "demo"
_ARROW: dict[Any, pa.DataType] = {
    nw.String: pa.string(),
    nw.Date: pa.date32(),
    nw.Datetime: pa.timestamp("us"),
    nw.Boolean: pa.bool_(),
    nw.Int64: pa.int64(),
    MONEY: pa.decimal128(PRECISION, SCALE),
}
_CENT = pa.scalar(Decimal("0.01"))


def tables(name: str, day: date) -> dict[str, pa.Table]:
    """The fact tables of the company on `day`, by name; clients by id, invoices and their lines by date."""
    client_rows: list[tuple[Any, ...]] = []
    found: list[Document] = []
    said: list[Mark] = []
    for client in clients(name):
        own = documents(client, TRADES[name], day)
        found += own
        client_rows.append(_client_row(client, own, day))
        said += marks(client, day)
    numbered = _numbered(found)
    return {
        "clients": _table("clients", client_rows),
        "invoices": _table("invoices", map(_invoice_row, numbered)),
        "lines": _table("lines", _line_rows(numbered)),
        "marks": _table("marks", map(attrgetter(*(field.name for field in TABLES["marks"])), sorted(said, key=_when))),
    }


def _when(mark: Mark) -> tuple[Any, ...]:
    return mark.recorded_at, mark.client_id


def _numbered(found: list[Document]) -> list[Document]:
    """By date; ids run through, numbers start anew each year and are given to what was issued only."""
    found.sort(key=lambda document: (document.issued_on, document.client_id, document.kind))
    last: dict[str, int] = {}
    for position, document in enumerate(found, start=1):
        document.invoice_id = f"{SOURCE}:{position}"
        if document.state != "planned":
            series = f"{'CN' if document.kind == 'credit_note' else 'INV'}-{document.issued_on.year}"
            last[series] = last.get(series, 0) + 1
            document.number = f"{series}-{last[series]:04d}"
    return found


def _client_row(client: Client, own: list[Document], day: date) -> tuple[Any, ...]:
    rng, place = client.rng, client.place
    known = [document.known_on for document in own if document.known_on]
    if client.story.last is None:
        created_on = day - timedelta(days=rng.randint(*client.story.created))
        interest, can_pay = rng.random() < 0.6, rng.choice((True, True, None, False))
    else:
        created_on, interest, can_pay = min(known) - timedelta(days=rng.randint(0, 40)), None, None
    return (
        *(client.client_id, client.name, created_on, client.rep, client.email, client.phone, client.website),
        *(client.street, place.city, place.region, place.postcode, place.country, client.industry, CURRENCY),
        *(interest, can_pay),
    )


def _invoice_row(document: Document) -> tuple[Any, ...]:
    credited = document.credits and document.credits.invoice_id
    return (
        *(document.invoice_id, document.client_id, document.kind, document.state, document.issued_on),
        *(document.known_on, document.void_on, document.due_on, document.paid_on, document.amount, CURRENCY),
        *(None, document.open_amount, credited, document.rep, document.number, SOURCE),
    )


def _line_rows(numbered: list[Document]) -> Iterable[tuple[Any, ...]]:
    for document in numbered:
        for line_no, line in enumerate(document.lines, start=1):
            sold = line.product
            # Quantities share the type of money, so they too are given in hundredths.
            yield document.invoice_id, line_no, sold.name, sold.category, line.quantity * 100, line.amount, line.cost


def _table(name: str, rows: Iterable[tuple[Any, ...]]) -> pa.Table:
    fields = TABLES[name]
    columns = zip(fields, zip(*rows, strict=True), strict=True)
    return pa.table({field.name: _array(values, _ARROW[field.dtype]) for field, values in columns})


def _array(values: Sequence[Any], kind: pa.DataType) -> pa.Array:
    if not pa.types.is_decimal(kind):
        return pa.array(values, kind)
    cents = pa.array(values, pa.int64()).cast(pa.decimal128(PRECISION + 1, 0))
    return pc.multiply(cents, _CENT).cast(kind)
