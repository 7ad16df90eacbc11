"""How do the columns of a fact table become what the ledger stores? ISO days, ten-thousandths, JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from cartera.money import SCALE

UNITS = 10**SCALE


def column(table: pa.Table, name: str) -> list[Any]:
    """A column as Python values that a database takes; nothing but None when the table has none of this name."""
    if name not in table.column_names:
        return [None] * table.num_rows
    return values(table.column(name))


def values(array: pa.ChunkedArray | pa.Array) -> list[Any]:
    """Days and moments as ISO text, money as whole ten-thousandths, the rest as it is."""
    kind = array.type
    if pa.types.is_date(kind):
        array = array.cast(pa.string())
    elif pa.types.is_decimal(kind):
        array = pc.multiply(array, pa.scalar(UNITS, pa.decimal128(5, 0))).cast(pa.int64())
    found: list[Any] = array.to_pylist()
    return found


def plain_texts(array: pa.ChunkedArray | pa.Array) -> pa.Array:
    """A column as text, numbers without zeros at their end: 6, 2.55; null stays null."""
    whole = array.combine_chunks() if isinstance(array, pa.ChunkedArray) else array
    if pa.types.is_string(whole.type):
        return whole
    coded = whole.cast(pa.string()).dictionary_encode()
    texts = coded.dictionary.to_pylist()
    if pa.types.is_decimal(whole.type):
        texts = [text.rstrip("0").rstrip(".") if "." in text else text for text in texts]
    return pa.array(texts, pa.string()).take(coded.indices)


def more_of(table: pa.Table, known: Iterable[str]) -> list[dict[str, str]]:
    """Per row the further columns that say something, by name."""
    names = [name for name in table.column_names if name not in set(known)]
    if not names:
        return [{} for _ in range(table.num_rows)]
    cells = [plain_texts(table.column(name)).to_pylist() for name in names]
    return [
        {name: cell for name, cell in zip(names, row, strict=True) if cell is not None}
        for row in zip(*cells, strict=True)
    ]


def json_text(more: dict[str, str]) -> str:
    """The further columns as one text."""
    return json.dumps(more, ensure_ascii=False, sort_keys=True) if more else "{}"


def json_texts(table: pa.Table, names: list[str]) -> pa.Array:
    """Per row the columns of these names as one JSON text, made without a loop over the rows."""
    parts = [_pairs(name, plain_texts(table.column(name))) for name in sorted(names)]
    if not parts:
        return pa.array(["{}"], pa.string()).take(pa.array([0] * table.num_rows, pa.int32()))
    joined = pc.binary_join_element_wise(*parts, ", ", null_handling="skip") if len(parts) > 1 else parts[0]
    return pc.binary_join_element_wise("{", joined.fill_null(""), "}", "")


def _pairs(name: str, texts: pa.Array) -> pa.Array:
    """`"name": "text"` per row, null where the row says nothing."""
    coded, key = texts.dictionary_encode(), json.dumps(name, ensure_ascii=False)
    made = [f"{key}: {json.dumps(text, ensure_ascii=False)}" for text in coded.dictionary.to_pylist()]
    return pa.array(made, pa.string()).take(coded.indices)
