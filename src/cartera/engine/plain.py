"""Are these tables few rows in plain types? Then no engine has to read a value its own way, and the quicker one may.

Engines read text, fractions and times each in their own way: DuckDB rounds an amount of 2.00025 up, Polars to the even.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from cartera.facts.schema import COUNT, DAY, FLAG, MOMENT, MONEY, TEXT, schema
from cartera.money import PRECISION, SCALE

if TYPE_CHECKING:
    import pyarrow as pa

FEW = 500_000  # rows of all tables (docs/decisions/0019-two-engines.md)


def few_and_plain(tables: Mapping[str, Any]) -> bool:
    """Whether all of these are Arrow tables of few rows together, every column in the type in which it is kept."""
    given = {name: table for name, table in tables.items() if table is not None}
    if not all(type(table).__module__.partition(".")[0] == "pyarrow" for table in given.values()):
        return False
    import pyarrow as pa

    if not all(isinstance(table, pa.Table) for table in given.values()):
        return False
    return sum(map(len, given.values())) <= FEW and all(_is_plain(name, table) for name, table in given.items())


def _is_plain(name: str, table: pa.Table) -> bool:
    wanted, kinds = schema(name), _kinds()
    names = table.column_names
    return len(set(names)) == len(names) and all(
        kinds[wanted[field.name]](field.type) if field.name in wanted else _is_simple(field.type)
        for field in table.schema
    )


def _kinds() -> dict[Any, Callable[[pa.DataType], bool]]:
    """Type of the schema -> whether an Arrow type is that one."""
    from pyarrow import decimal128, timestamp, types

    return {
        TEXT: _is_text,
        DAY: types.is_date32,
        MOMENT: lambda kind: kind == timestamp("us"),
        MONEY: lambda kind: kind == decimal128(PRECISION, SCALE),
        COUNT: types.is_int64,
        FLAG: types.is_boolean,
    }


def _is_text(kind: pa.DataType) -> bool:
    from pyarrow import types

    return bool(types.is_string(kind) or types.is_large_string(kind))


def _is_simple(kind: pa.DataType) -> bool:
    """A dimension that every engine writes as the same text."""
    from pyarrow import types

    return _is_text(kind) or bool(types.is_integer(kind) or types.is_boolean(kind) or types.is_date32(kind))
