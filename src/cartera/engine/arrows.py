"""How do tables of Python's own world (Arrow, pandas, anything with an Arrow stream) cross into an engine and back?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import narwhals as nw
import pyarrow as pa
import pyarrow.compute as pc

from cartera.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


def as_arrow(native: Any) -> pa.Table:
    """Any table as Arrow, its timestamps on the wall clock of their own zone and its empty columns without a type.

    Raises InputError for a kind that is not a table or a column that mixes types.
    """
    try:
        return _settled(_arrow(native))
    except (pa.ArrowInvalid, pa.ArrowTypeError) as problem:
        raise InputError(
            f"a column mixes types ({str(problem).partition(chr(10))[0]}).",
            fix='Give it one type, for example df["client_id"] = df["client_id"].astype("string").',
        ) from problem


def made(columns: Mapping[str, Sequence[Any]], schema: Mapping[str, Any]) -> pa.Table:
    """Python lists as Arrow, in the types of the schema."""
    return pa.table({name: pa.array(columns[name], _kind(dtype)) for name, dtype in schema.items()})


def to_pandas(table: pa.Table, like: Any) -> Any:
    """A pandas DataFrame; dates are datetime64 when those of `like` are, else `datetime.date`."""
    as_objects = str(like["issued_on"].dtype) == "object"
    return table.to_pandas(date_as_object=as_objects)


def _arrow(native: Any) -> pa.Table:
    if isinstance(native, pa.Table):
        return native
    if nw.dependencies.is_pandas_dataframe(native):
        return pa.Table.from_pandas(native, preserve_index=False).replace_schema_metadata(None)
    if hasattr(native, "__arrow_c_stream__"):
        return pa.table(native)
    try:
        return nw.from_native(native).lazy().collect(backend="pyarrow").to_native()
    except TypeError as problem:
        raise InputError(
            f"cannot read a {type(native).__module__}.{type(native).__qualname__} as a table.",
            fix="Pass a DuckDB relation or a Polars, pandas, PyArrow, PySpark or Ibis table.",
        ) from problem


def _settled(table: pa.Table) -> pa.Table:
    """A document's date is the one on its own wall clock; a column of blanks is no column of floats."""
    for index, field in enumerate(table.schema):
        column = table.column(index)
        if pa.types.is_timestamp(field.type) and field.type.tz:
            table = table.set_column(index, field.name, pc.local_timestamp(column))
        elif pa.types.is_floating(field.type) and column.null_count == len(column):
            table = table.set_column(index, field.name, pa.nulls(len(column)))
    return table


def _kind(dtype: Any) -> pa.DataType:
    kinds = {
        nw.String: pa.string(),
        nw.Date: pa.date32(),
        nw.Datetime: pa.timestamp("us"),
        nw.Boolean: pa.bool_(),
        nw.Int64: pa.int64(),
        nw.Int32: pa.int32(),
        nw.Float64: pa.float64(),
    }
    if dtype == nw.Decimal:
        return pa.decimal128(dtype.precision, dtype.scale)
    return next(kind for known, kind in kinds.items() if dtype == known)
