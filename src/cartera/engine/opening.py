"""What becomes of a user's table before a question reads it? Every column of the schema, typed, with its default."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import narwhals as nw

from cartera.calendar import FIRST_DAY
from cartera.errors import InputError, nearest
from cartera.facts.schema import COUNT, DAY, FLAG, MOMENT, MONEY, TABLES, TEXT, Field
from cartera.money import NO_CURRENCY, stands_for

if TYPE_CHECKING:
    from cartera.engine.room import Room
    from cartera.facts.tables import Frame

NUMBER = nw.dtypes.NumericType
NAIVE: Any = nw.Datetime("us")
READABLE: dict[Any, tuple[tuple[Any, ...], str]] = {
    TEXT: ((nw.dtypes.DType,), "text"),
    DAY: ((nw.Date, nw.Datetime, nw.String, nw.Unknown), "a date, a timestamp or text such as 2026-03-31"),
    MOMENT: ((nw.Datetime, nw.Date, nw.String, nw.Unknown), "a timestamp, a date or text such as 2026-03-31 09:30:00"),
    MONEY: ((NUMBER, nw.String, nw.Unknown), "a number or text such as 1234.50"),
    COUNT: ((NUMBER, nw.String, nw.Unknown), "a whole number"),
    FLAG: ((nw.Boolean, NUMBER, nw.String, nw.Unknown), "true or false"),
}


def opened(table: str, frame: Frame | None, room: Room, currency: str) -> Frame:
    """The frame with exactly the schema's columns and types, then its other columns.

    An absent table is empty. Raises InputError for a missing required column or one of an unreadable type.
    """
    if frame is None:
        required = {field.name: field.dtype for field in TABLES[table] if field.required}
        frame = room.table({name: [] for name in required}, required)
    found: dict[str, Any] = dict(frame.collect_schema())
    _require(table, list(found))
    if table == "invoices" and "invoice_id" not in found:
        frame = room.numbered(frame, "invoice_id")
        found["invoice_id"] = TEXT()
    columns = {field.name: _column(table, field, found.get(field.name)) for field in TABLES[table]}
    if table == "invoices":
        columns |= _defaults(columns, found, currency)
    dimensions = [name for name in found if name not in columns]
    return frame.select(*(column.alias(name) for name, column in columns.items()), *dimensions)


def once_each(clients: Frame, room: Room) -> tuple[Frame, tuple[str, ...]]:
    """The clients, each in one row and none without an id, and the ids that were there more than once.

    The day 0001-01-01, which some programs write for none, is none.
    """
    created = nw.when(nw.col("created_on") >= FIRST_DAY).then(nw.col("created_on")).alias("created_on")
    named = clients.filter(~nw.col("client_id").is_null()).with_columns(created)
    twice = named.group_by("client_id").agg(count=nw.len()).filter(nw.col("count") > 1).select("client_id")
    repeated = tuple(sorted(row["client_id"] for row in room.rows(twice)))
    if not repeated:
        return named, ()
    others = [name for name in named.collect_schema().names() if name != "client_id"]
    return named.group_by("client_id").agg(*(nw.col(name).max() for name in others)), repeated


def _require(table: str, found: list[str]) -> None:
    for field in TABLES[table]:
        if field.required and field.name not in found:
            old = nearest(field.name, found) or "your_column"
            raise InputError(
                f"there is no column {field.name!r}; the columns found are {', '.join(map(repr, found)) or 'none'}.",
                where=table,
                fix=f"Rename the column that holds it: {{{old!r}: {field.name!r}}}.",
            )


def _column(table: str, field: Field, found: Any) -> nw.Expr:
    """The column in its type. One that has it already is named alone: every cast costs on millions of rows."""
    wanted: Any = NAIVE if field.dtype == MOMENT else field.dtype
    if found is None:
        return nw.lit(None, dtype=wanted)
    if found == wanted:
        return nw.col(field.name)
    kinds, examples = READABLE[field.dtype]
    if isinstance(found, kinds):
        return _typed(nw.col(field.name), wanted, found)
    raise InputError(
        f"the column {field.name!r} holds {found}, which cannot be read as {examples}.",
        where=table,
        fix="Convert it, or rename it if it means something else.",
    )


def _typed(column: nw.Expr, wanted: Any, found: Any) -> nw.Expr:
    if wanted == DAY and found == nw.String:
        return column.str.to_date(format="%Y-%m-%d")
    if wanted == MOMENT and found == nw.String:
        return column.str.to_datetime(format=None)
    if wanted == TEXT and found.is_float():
        # pandas turns the id 17850 into 17850.0 as soon as one id is missing.
        return column.cast(MONEY).cast(TEXT).str.replace_all(r"\.0+$", "")
    if isinstance(found, nw.Datetime) and found.time_zone:
        # The date on a document is the one on the wall clock where it was written; engines would move it to UTC.
        column = column.dt.replace_time_zone(None)
    return column.cast(wanted)


def _defaults(columns: dict[str, nw.Expr], found: dict[str, Any], currency: str) -> dict[str, nw.Expr]:
    """What stands in where a source says nothing. A missing column becomes a constant, which costs nothing."""
    stand_in = {"kind": "invoice", "state": "issued", "currency": currency}
    filled = {
        name: columns[name].fill_null(value) if name in found else nw.lit(value) for name, value in stand_in.items()
    }
    if "currency" in found and currency != NO_CURRENCY:
        # A source that knows no currency may write the code for none: the same as saying nothing. Money that was seen
        # under a sign which this currency does not have stays apart.
        unnamed = filled["currency"].is_in(stands_for(currency))
        filled["currency"] = nw.when(unnamed).then(nw.lit(currency)).otherwise(filled["currency"])
    is_credit = columns["amount"] < 0
    return filled | {"kind": nw.when(is_credit).then(nw.lit("credit_note")).otherwise(filled["kind"])}
