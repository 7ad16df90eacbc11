"""A small answer with one column of every unit, for the tests of what renderers print."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import narwhals as nw
import pyarrow as pa

from cartera.portfolio.policy import Policy
from cartera.views.view import Answer, Column, Query, View

COLUMNS = (
    Column("name", "Client"),
    Column("segment", "Segment", "segment"),
    Column("last_issued_on", "Last invoice", "date"),
    Column("days_left", "Days left", "days"),
    Column("invoice_count", "Invoices", "count", total=True),
    Column("amount", "Sales", "money", total=True),
    Column("share", "Share", "share"),
    Column("is_planned", "Planned", "flag"),
)
ROWS = [
    {
        "name": "Ana & Co",
        "segment": "active",
        "last_issued_on": date(2026, 3, 1),
        "days_left": None,
        "invoice_count": 1200,
        "amount": Decimal("1234567.5000"),
        "share": 0.75,
        "is_planned": True,
    },
    {
        "name": None,
        "segment": "sleeping_away",
        "last_issued_on": None,
        "days_left": 12,
        "invoice_count": 3,
        "amount": Decimal("-0.1250"),
        "share": 0.25,
        "is_planned": False,
    },
]
TYPES = pa.schema(
    {
        "name": pa.string(),
        "segment": pa.string(),
        "last_issued_on": pa.date32(),
        "days_left": pa.int64(),
        "invoice_count": pa.int64(),
        "amount": pa.decimal128(18, 4),
        "share": pa.float64(),
        "is_planned": pa.bool_(),
    }
)
TOTALS: dict[str, int | Decimal] = {"invoice_count": 1203, "amount": Decimal("1234567.3750")}
QUERY = Query(date(2026, 3, 31), Policy.kopilot(), where=(("country", "France"),))


def view(columns: tuple[Column, ...] = COLUMNS, name: str = "clients") -> View:
    return View(name, "Who are my clients?", lambda *_: nw.LazyFrame, lambda _: columns, lambda _: ())


def answer(rows: list[dict[str, Any]] | None = None, **changes: Any) -> Answer:
    """The answer with its two rows, or with others of the same columns."""
    given = ROWS if rows is None else [dict.fromkeys(TYPES.names) | row for row in rows]
    told: dict[str, Any] = {"totals": TOTALS, "sentence": "2 clients.", "currency": "EUR"} | changes
    return Answer(view(), QUERY, COLUMNS, pa.Table.from_pylist(given, TYPES), **told)
