"""How does an answer leave an engine? As an Arrow table whose types are the same whichever engine computed it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from cartera.errors import InputError
from cartera.money import PRECISION

if TYPE_CHECKING:
    from collections.abc import Callable

    from cartera.facts.tables import Frame

WIDEST = 38  # digits of a decimal128
Result = TypeVar("Result")
UNREADABLE = {"ConversionException", "InvalidOperationError", "DateTimeException", "NumberFormatException"}
UNABLE = {"OperationNotDefinedError", "UnsupportedOperationError", "UnsupportedBackendType"}


def arrow(frame: Frame) -> Any:
    """The rows as a `pyarrow.Table`: text `string`, dates `date32`, counts `int64`, money `decimal128` with its scale.

    Raises InputError when a value of the user's table cannot be read as its column's type.
    """
    return tidy(computed(in_arrow(frame)))


def in_arrow(frame: Frame) -> Callable[[], Any]:
    """What gives the rows as a `pyarrow.Table` in the engine's own types."""
    return lambda: frame.collect(backend="pyarrow").to_native()


def computed(compute: Callable[[], Result]) -> Result:
    """What `compute` returns; an engine's complaint about a value becomes an InputError."""
    try:
        return compute()
    except Exception as problem:
        told = _told(problem)
        if told is None:
            raise
        raise told from problem


def tidy(table: Any) -> Any:
    """The same Arrow rows with the types every engine's answers have."""
    import pyarrow as pa

    schema = pa.schema([pa.field(field.name, _plain(field.type)) for field in table.schema])
    return table if table.schema.equals(schema, check_metadata=True) else table.cast(schema)


def _plain(kind: Any) -> Any:
    """The type an answer shows: engines differ in the width of counts and sums and in the flavour of text."""
    from pyarrow import decimal128, int64, string, types

    if types.is_large_string(kind) or types.is_string_view(kind) or types.is_dictionary(kind):
        return string()
    if types.is_integer(kind) or (types.is_decimal(kind) and kind.scale == 0):
        return int64()
    if types.is_decimal(kind) and kind.precision > PRECISION:
        return decimal128(WIDEST, kind.scale)
    return kind


def _told(problem: Exception) -> InputError | None:
    names = {kind.__name__ for kind in type(problem).__mro__}
    first = str(problem).strip().partition("\n")[0]
    if not names.isdisjoint(UNABLE):
        return InputError(
            f"the engine of the tables cannot compute this ({first}).",
            fix="Pass the rows instead, for example Facts(invoices=table.to_pyarrow()).",
        )
    if "IOException" in names:
        return InputError(f"the rows are no longer where they were ({first}).", fix="Open the facts again, then ask.")
    # DuckDB has no class of its own for text that does not follow a date format.
    if names.isdisjoint(UNREADABLE) and "Could not parse" not in first and "can't fit values" not in first:
        return None
    return InputError(
        f"a value cannot be read as its column's type ({first}).",
        fix="Dates are 2026-03-31 and amounts 1234.50; correct the value, or read the file with cartera.read().",
    )
