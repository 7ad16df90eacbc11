"""Which clients hold the words that somebody typed? Looked for without accents and capitals, key by key."""

from __future__ import annotations

import unicodedata
from collections import deque
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cartera.views.view import Answer
    from cartera.web.door import Visit

SEARCHED = ("name", "city", "client_id", "email")
_kept: deque[tuple[Any, Sequence[str], Any]] = deque(maxlen=4)  # rows searched just now, in which columns, their texts


def found(visit: Visit, answer: Answer, columns: Sequence[str] = SEARCHED) -> Any:
    """The answer's rows that hold every word of the address in one of the columns."""
    import pyarrow.compute as pc

    rows = answer.rows
    if not visit.asked.q:
        return rows
    told = texts(rows, columns)
    for word in plain(visit.asked.q).split():
        holds = pc.match_substring(told, word)
        rows, told = rows.filter(holds), told.filter(holds)
    return rows


def plain(words: str) -> str:
    """The words without accents and capitals."""
    parts = unicodedata.normalize("NFKD", words.casefold())
    return "".join(one for one in parts if not unicodedata.combining(one))


def texts(rows: Any, columns: Sequence[str]) -> Any:
    """What is looked at, a text for each row: made once for rows that are asked again with the next letter."""
    import pyarrow as pa

    for held, names, told in tuple(_kept):
        if held is rows and names == columns:
            return told
    lines = zip(*(rows.column(name).to_pylist() for name in columns if name in rows.column_names), strict=True)
    made = pa.array([plain(" ".join(str(one) for one in line if one)) for line in lines], pa.string())
    _kept.append((rows, columns, made))
    return made
