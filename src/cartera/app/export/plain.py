"""How does one value look in a data format? Dates as ISO text, money as decimal text, the rest as it is."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from cartera import money

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cartera.views.view import Column

ROWS_OF_A_PIECE = 5_000  # about half a megabyte of text, under way before the next is written
ROWS_AT_ONCE = 50_000  # keeps the Python objects of a million-row answer out of memory


def in_pieces(rows: Any) -> Iterator[Any]:
    """An Arrow table in tables of so many rows, however its engine has cut it."""
    return (rows.slice(start, ROWS_OF_A_PIECE) for start in range(0, rows.num_rows, ROWS_OF_A_PIECE))


def plain(value: Any, column: Column) -> Any:
    """The value as text, number, boolean or None."""
    if isinstance(value, Decimal):
        return float(value) if column.unit in ("share", "number") else money.text(value)
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    if isinstance(value, list):
        return [plain(one, column) for one in value]
    return value
