"""An answer as JSON: one array of objects, one object a line, the column names of the schema."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from cartera.app.export.plain import in_pieces, plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cartera.views.view import Answer


def encoded(answer: Answer) -> bytes:
    """UTF-8 text: dates ISO, money as decimal text, unknown as null; totals and notices are not in it."""
    return b"".join(pieces(answer))


def pieces(answer: Answer) -> Iterator[bytes]:
    """The same, some thousand rows at a time."""
    if not answer.rows.num_rows:
        yield b"[]\n"
        return
    before = "[\n"
    for batch in in_pieces(answer.rows):
        yield (before + ",\n".join(lines(answer, batch))).encode()
        before = ",\n"
    yield b"\n]\n"


def lines(answer: Answer, batch: Any) -> Iterator[str]:
    """One JSON object per row of an Arrow table."""
    columns = {column.name: column for column in answer.columns}
    for row in batch.to_pylist():
        yield json.dumps({name: plain(row[name], column) for name, column in columns.items()}, ensure_ascii=False)
