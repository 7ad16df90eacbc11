"""Which clients hold the words that somebody typed? Looked for without accents and capitals, key by key."""

from __future__ import annotations

import unicodedata
import weakref
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from cartera.views.view import Answer
    from cartera.web.door import Visit

SEARCHED = ("name", "city", "client_id", "email")
_kept: dict[tuple[int, tuple[str, ...]], tuple[Any, Any]] = {}  # of rows, while they live: their texts


def found(visit: Visit, answer: Answer, columns: tuple[str, ...] = SEARCHED) -> Any:
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


def texts(rows: Any, columns: tuple[str, ...]) -> Any:
    """What is looked at, a text for each row: made once for rows that are asked again with the next letter."""
    import pyarrow as pa

    key = id(rows), columns
    held, told = _kept.get(key, (None, None))
    if held is not None and held() is rows:
        return told
    lines = zip(*(rows.column(name).to_pylist() for name in columns if name in rows.column_names), strict=True)
    made = pa.array([plain(" ".join(str(one) for one in line if one)) for line in lines], pa.string())
    _kept[key] = weakref.ref(rows, lambda _: _kept.pop(key, None)), made
    return made
