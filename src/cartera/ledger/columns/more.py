"""How do further columns, which a row keeps as JSON, become columns of text? One per name, whatever its capitals."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from cartera.ledger.columns.sheets import Sheet

SPELLED = b"spelled"


def widened(made: pa.Table, sheet: Sheet, more: pa.Array) -> pa.Table:
    """The table with a column of text per name in the JSON of `more`, by name; a column that is there is filled."""
    coded = more.dictionary_encode()
    read = [json.loads(text) if text else {} for text in coded.dictionary.to_pylist()]
    counts = Counter(coded.indices.to_pylist())
    spelled: Counter[str] = Counter()
    for name, spellings in _names(read).items():
        told = [next((row[one] for one in spellings if row.get(one) is not None), None) for row in read]
        values = pa.array(map(_text, told), pa.string()).take(coded.indices)
        if name.casefold() not in sheet.taken:
            made = made.append_column(name, values)
            for index, row in enumerate(read):
                spelled.update({one: counts[index] for one in spellings if row.get(one) is not None})
        elif name in made.column_names and made.schema.field(name).type == pa.string():
            # What the source itself says goes before what we know of it.
            filled_in = pc.coalesce(values, made.column(name))
            made = made.set_column(made.column_names.index(name), name, filled_in)
    return made.replace_schema_metadata({SPELLED: json.dumps(spelled)})


def filled(made: pa.Table) -> dict[str, int]:
    """How many rows say something in each column; of further columns in each of their spellings."""
    spelled: Mapping[str, int] = json.loads((made.schema.metadata or {}).get(SPELLED, b"{}"))
    folded = {name.casefold() for name in spelled}
    own = [name for name in made.column_names if name.casefold() not in folded]
    return {name: made.num_rows - made.column(name).null_count for name in own} | dict(spelled)


def _names(rows: Iterable[dict[str, Any]]) -> dict[str, list[str]]:
    """Every further column, by name, with its spellings: engines take City and city for one."""
    spelled: dict[str, set[str]] = {}
    for row in rows:
        for name in row:
            spelled.setdefault(name.casefold(), set()).add(name)
    return {min(names): sorted(names) for _, names in sorted(spelled.items())}


def _text(value: Any) -> str | None:
    return value if value is None or isinstance(value, str) else json.dumps(value, ensure_ascii=False)
