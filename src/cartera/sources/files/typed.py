"""Which columns does a Parquet or JSON table hold, as text that needs no asking?"""

from __future__ import annotations

import io
import json
import re
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from cartera.errors import InputError
from cartera.sources.files.content import Content
from cartera.sources.files.decode import decode
from cartera.sources.files.grid import EXACT, Grid, Misfit
from cartera.tongue import say


def parquet_table(content: Content) -> pa.Table:
    """The table as it is typed. InputError: damaged."""
    import pyarrow.parquet as pq

    try:
        return pq.read_table(io.BytesIO(content.data))
    except (pa.ArrowException, OSError):
        fix = say("Write or download it again.")
        raise InputError(say("the Parquet file is damaged or cut off."), where=content.name, fix=fix) from None


def parquet_grid(content: Content) -> Grid:
    """The Parquet table as text cells."""
    return table_grid(parquet_table(content), content.name, "Parquet")


def table_grid(table: pa.Table, name: str, how: str) -> Grid:
    """An Arrow table as text cells; nested columns are left out."""
    if not table.num_rows:
        raise InputError(say("the table has no rows."), where=name, fix=say("Export it again with its rows."))
    kept = [field.name for field in table.schema if not pa.types.is_nested(field.type)]
    columns = [text_cells(table.column(column)) for column in kept]
    return Grid(name, kept, columns, range(1, table.num_rows + 1), how=how, unit="row")


def text_cells(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """A typed column as text: ISO days, exact numbers, true and false; empty where null."""
    kind = column.type
    if pa.types.is_dictionary(kind):
        column = column.cast(kind.value_type)
        kind = column.type
    if pa.types.is_timestamp(kind) and kind.tz:
        column = pc.local_timestamp(column)  # the day as it was written there, not in Greenwich
    if pa.types.is_binary(kind) or pa.types.is_large_binary(kind):
        return pa.chunked_array([["" for _ in range(len(column))]], pa.string())
    text = column.cast(pa.string())
    if pa.types.is_integer(kind) or pa.types.is_floating(kind) or pa.types.is_decimal(kind):
        text = pc.binary_join_element_wise(pa.scalar(EXACT), text, "")
    return text.fill_null("")


def json_grid(content: Content, encoding: str | None = None) -> Grid:
    """An array of objects, an object holding one such array, or one object per line."""
    text = decode(content.data, content.name, encoding).text
    objects, how = _objects(content.name, text)
    if not objects:
        raise InputError(
            say("the JSON holds no rows."), where=content.name, fix=say("Give an array of objects, one per invoice.")
        )
    header = list(dict.fromkeys(key for row in objects for key in row))
    misfits = _misfits(objects) if NO_TEXT.search(text) else {}
    if misfits and not all(map(_is_text, header)):
        raise InputError(
            say("a name of a column is no text."), where=content.name, fix=say("Take the \\u0000 out of it.")
        )
    rows = [{} if index in misfits else row for index, row in enumerate(objects)]
    columns = [pa.chunked_array([[_cell(row.get(key)) for row in rows]], pa.string()) for key in header]
    return Grid(content.name, header, columns, range(1, len(objects) + 1), misfits=misfits, how=how, unit="row")


def _misfits(objects: list[dict[str, Any]]) -> dict[int, Misfit]:
    """Rows with a character that is no text, and that no database takes."""
    cells = {index: tuple(_cell(value) for value in row.values()) for index, row in enumerate(objects)}
    return {
        index: Misfit("NOT_TEXT", len(row), tuple(map(_shown, row)))
        for index, row in cells.items()
        if not all(map(_is_text, row))
    }


def _is_text(cell: str) -> bool:
    return not any(sign == "\x00" or "\ud800" <= sign <= "\udfff" for sign in cell)


def _shown(cell: str) -> str:
    return "".join(sign if _is_text(sign) else "\ufffd" for sign in cell).removeprefix(EXACT)


# Escapes that may stand for no character: NUL, and half of a pair.
NO_TEXT = re.compile(r"\\u(?:0000|d[89a-f])", re.IGNORECASE)


class _Number(str):
    """A number of the file, still as its text."""

    __slots__ = ()


def _parse(text: str) -> Any:
    try:
        return json.loads(text, parse_float=_Number, parse_int=_Number)
    except RecursionError:
        raise ValueError(say("it is nested too deeply")) from None


def _objects(name: str, text: str) -> tuple[list[dict[str, Any]], str]:
    try:
        found, how = _parse(text), "JSON"
        if isinstance(found, dict):
            arrays = [value for value in found.values() if _is_rows(value)]
            found = arrays[0] if len(arrays) == 1 else [found]
    except ValueError:
        found, how = _json_lines(name, text), "JSON lines"
    if not _is_rows(found):
        raise InputError(
            say("the JSON is no array of objects."), where=name, fix=say('Write it as [{{"client": "Acme", …}}, …].')
        )
    return found, how


def _is_rows(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(row, dict) for row in value)


def _json_lines(name: str, text: str) -> list[Any]:
    rows = []
    for number, line in enumerate(text.splitlines(), 1):
        try:
            rows += [_parse(line)] if line.strip() else []
        except ValueError as error:
            where = f"{name}, line {number}"
            raise InputError(
                say("this is no JSON ({error}).", error=str(error)),
                where=where,
                fix=say("Mend the line or export it again."),
            ) from None
    return rows


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, _Number):
        return EXACT + value
    if isinstance(value, bool):
        return "true" if value else "false"
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
