"""What becomes of a user's table before a question reads it? Every column of the schema in its type, defaults filled in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import narwhals as nw

from cartera.errors import InputError, nearest
from cartera.facts.schema import COUNT, DAY, FLAG, MOMENT, MONEY, TABLES, TEXT, Field, schema

if TYPE_CHECKING:
    from cartera.engine.doors import Room
    from cartera.facts.tables import Frame

READABLE: dict[Any, tuple[tuple[type[nw.dtypes.DType], ...], str]] = {
    DAY: ((nw.Date, nw.Datetime, nw.String, nw.Unknown), "a date, a timestamp or text such as 2026-03-31"),
    MOMENT: ((nw.Datetime, nw.Date, nw.String, nw.Unknown), "a timestamp, a date or text such as 2026-03-31 09:30:00"),
    MONEY: ((nw.dtypes.NumericType, nw.String, nw.Unknown), "a number or text such as 1234.50"),
    COUNT: ((nw.dtypes.NumericType, nw.String, nw.Unknown), "a whole number"),
    FLAG: ((nw.Boolean, nw.dtypes.NumericType, nw.String, nw.Unknown), "true or false"),
}


def opened(table: str, frame: Frame | None, room: Room, currency: str) -> Frame:
    """The frame with exactly the schema's columns and types, then its other columns.

    An absent table is empty. Raises InputError for a missing required column or one of an unreadable type.
    """
    if frame is None:
        return room.table({field.name: [] for field in TABLES[table]}, schema(table))
    found = dict(frame.collect_schema())
    _require(table, found)
    if table == "invoices" and "invoice_id" not in found:
        frame = room.numbered(frame, "invoice_id")
        found["invoice_id"] = TEXT()
    columns = {field.name: _typed(table, field, found.get(field.name), room) for field in TABLES[table]}
    if table == "invoices":
        columns |= _defaults(columns, found, currency)
    dimensions = [name for name in found if name not in columns]
    return frame.select(*(column.alias(name) for name, column in columns.items()), *dimensions)


def _require(table: str, found: dict[str, Any]) -> None:
    for field in TABLES[table]:
        if field.required and field.name not in found:
            names = list(found)
            near = nearest(field.name, names)
            example = f"for example {{{near or 'your column'!r}: {field.name!r}}}"
            raise InputError(
                f"there is no column {field.name!r}; the columns found are {', '.join(map(repr, names)) or 'none'}.",
                where=table,
                fix=f"Rename the column that holds it, {example}.",
            )


def _typed(table: str, field: Field, found: Any, room: Room) -> nw.Expr:
    """The column in its type. One that has it already is named alone: every cast costs on millions of rows."""
    if found is None:
        return nw.lit(None, dtype=field.dtype)
    column = nw.col(field.name)
    if found == field.dtype:
        return column
    _check_readable(table, field, found)
    if field.dtype == TEXT:
        return _text(column, found)
    if field.dtype == DAY and found == nw.String:
        return column.str.to_date(format="%Y-%m-%d")
    if field.dtype == MOMENT and found == nw.String:
        return column.str.to_datetime(format=None)
    if field.dtype == MONEY and found.is_float():
        return room.from_float(field.name)
    return column.cast(field.dtype)


def _check_readable(table: str, field: Field, found: Any) -> None:
    kinds, wanted = READABLE.get(field.dtype, ((nw.dtypes.DType,), ""))
    if not isinstance(found, kinds):
        raise InputError(
            f"the column {field.name!r} holds {found}, which cannot be read as {field.dtype}.",
            where=table,
            fix=f"Give it as {wanted}, or rename it if it means something else.",
        )


def _text(column: nw.Expr, found: Any) -> nw.Expr:
    """Whole numbers without a fraction: pandas turns 17850 into 17850.0 as soon as one id is missing."""
    if found.is_float():
        return column.cast(MONEY).cast(TEXT).str.replace(r"\.0+$", "")
    return column.cast(TEXT)


def _defaults(columns: dict[str, nw.Expr], found: dict[str, Any], currency: str) -> dict[str, nw.Expr]:
    """What stands in where a source says nothing. A missing column becomes a constant, which costs nothing."""
    kind = columns["kind"].fill_null("invoice") if "kind" in found else nw.lit("invoice")
    return {
        "kind": nw.when(columns["amount"] < 0).then(nw.lit("credit_note")).otherwise(kind),
        "state": columns["state"].fill_null("issued") if "state" in found else nw.lit("issued"),
        "currency": columns["currency"].fill_null(currency) if "currency" in found else nw.lit(currency),
    }
