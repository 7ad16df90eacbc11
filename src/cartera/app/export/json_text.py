"""An answer as JSON: one array of objects, one object a line, the column names of the schema."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from cartera.app.export.plain import ROWS_AT_ONCE, plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cartera.views.view import Answer


def encoded(answer: Answer) -> bytes:
    """UTF-8 text: dates ISO, money as decimal text, unknown as null; totals and notices are not in it."""
    objects = ",\n".join(lines(answer))
    return f"[\n{objects}\n]\n".encode() if objects else b"[]\n"


def lines(answer: Answer) -> Iterator[str]:
    """One JSON object per row."""
    columns = {column.name: column for column in answer.columns}
    for batch in answer.rows.to_batches(max_chunksize=ROWS_AT_ONCE):
        for row in batch.to_pylist():
            yield json.dumps({name: plain(row[name], column) for name, column in columns.items()}, ensure_ascii=False)
