"""How do the ledger's values become columns of their declared types? Exactly, or not at all."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pyarrow as pa

from cartera.errors import CarteraError
from cartera.facts.schema import DAY, MOMENT, MONEY
from cartera.ledger.columns.more import widened
from cartera.ledger.columns.sheets import MONEY_TYPE, MORE, NUMBER, Cell, Sheet
from cartera.money import rounded


def table(sheet: Sheet, columns: Sequence[pa.Array | pa.ChunkedArray]) -> pa.Table:
    """The sheet's columns in their types, with the further columns that `more` holds."""
    found = {
        cell.name: arrow(cell, column if isinstance(column, pa.Array) else column.combine_chunks())
        for cell, column in zip(sheet.cells, columns, strict=True)
    }
    more = found.pop(MORE, None)
    made = pa.table(found)
    return made if more is None else widened(made, sheet, more)


def from_rows(sheet: Sheet, rows: Iterable[Sequence[Any]]) -> pa.Table:
    """The same of rows as Python's database drivers give them."""
    columns = list(zip(*rows, strict=True)) or [()] * len(sheet.cells)
    return table(
        sheet, [pa.array(map(_plain, column), _whole(cell)) for cell, column in zip(sheet.cells, columns, strict=True)]
    )


def arrow(cell: Cell, column: pa.Array) -> pa.Array:
    """One column in its declared type. CarteraError: money beyond what a decimal of 18 digits holds."""
    if cell.kind == MONEY:
        return money(column)
    if cell.kind == NUMBER:
        return numbers(column)
    return column if column.type == cell.type else column.cast(cell.type)


def money(column: pa.Array) -> pa.Array:
    """Ten-thousandths as decimals of four places: the same digits, read with another point."""
    whole = column.cast(pa.decimal128(19, 0))
    found = pa.Array.from_buffers(MONEY_TYPE, len(whole), whole.buffers(), whole.null_count, whole.offset)
    try:
        found.validate(full=True)
    except pa.ArrowInvalid:
        raise CarteraError("the ledger holds an amount of more than 14 digits before the point.") from None
    return found


def numbers(column: pa.Array) -> pa.Array:
    """Numbers written as text, at four decimal places."""
    coded = column.dictionary_encode()
    read = [None if text is None else rounded(Decimal(text)) for text in coded.dictionary.to_pylist()]
    return pa.array(read, MONEY_TYPE).take(coded.indices)


def _whole(cell: Cell) -> pa.DataType:
    if cell.kind == MONEY:
        return pa.int64()
    return pa.string() if cell.kind == NUMBER else cell.type


def _plain(value: Any) -> Any:
    if isinstance(value, datetime) and value.tzinfo:
        return value.astimezone(UTC).replace(tzinfo=None)
    return value


def wire(cell: Cell, *, is_sqlite: bool) -> pa.DataType:
    """The type in which a database hands the column over; SQLite knows whole numbers and text."""
    if cell.kind == MONEY:
        return pa.int64()
    if cell.kind == NUMBER:
        return pa.string()
    if is_sqlite:
        return pa.string() if pa.types.is_string(cell.type) or cell.kind in (DAY, MOMENT) else pa.int64()
    return pa.timestamp("us", "UTC") if cell.kind == MOMENT else cell.type


def parsed(cell: Cell, value: Any) -> Any:
    """A value as Python's SQLite gives it where no type was declared: days and moments as text."""
    if isinstance(value, str) and cell.kind == DAY:
        return date.fromisoformat(value)
    if isinstance(value, str) and cell.kind == MOMENT:
        return datetime.fromisoformat(value)
    return value
