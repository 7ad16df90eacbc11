"""How does an answer with one row per segment fit on a screen? As a cross-table: the segments side by side."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from cartera.views.view import Column
from cartera.words import SEGMENT_LABELS

if TYPE_CHECKING:
    from cartera.views.view import Answer

Key = tuple[Any, ...]


def crossed(answer: Answer) -> Answer:
    """The answer with one row per key and one column per segment that occurs; itself where that would say nothing more.

    The view names what is spread; the columns before it are the key.
    """
    if answer.view.spread is None:
        return answer
    head, value = answer.view.spread
    names = [column.name for column in answer.columns]
    key = answer.columns[: names.index(head)]
    counts = counted(answer.rows.to_pylist(), [column.name for column in key], head, value)
    if not key or len(counts) < 2:
        return answer
    segments = [s.id for s in answer.query.policy.segments if any(row.get(s.id) for row in counts.values())]
    may_sum = next(column for column in answer.columns if column.name == value).total
    columns = (*key, *(Column(s, SEGMENT_LABELS[s], "count", total=may_sum) for s in segments))
    totals = {s: sum(row.get(s, 0) for row in counts.values()) for s in segments} if may_sum else {}
    return replace(answer, columns=columns, rows=table(counts, key, segments), totals=totals)


def counted(rows: list[dict[str, Any]], names: list[str], head: str, value: str) -> dict[Key, dict[str, int]]:
    """The values by key and segment, keys in the order of the rows."""
    counts: dict[Key, dict[str, int]] = {}
    for row in rows:
        counts.setdefault(tuple(row[name] for name in names), {})[row[head]] = row[value]
    return counts


def table(counts: dict[Key, dict[str, int]], key: tuple[Column, ...], segments: list[str]) -> Any:
    """The cross-table as Arrow; nobody there is 0."""
    import pyarrow as pa

    spread = {s: [row.get(s, 0) for row in counts.values()] for s in segments}
    keys = zip(key, zip(*counts, strict=True), strict=True)
    return pa.table({column.name: [told(value, column) for value in values] for column, values in keys} | spread)


def told(value: Any, column: Column) -> Any:
    """The key's value; of a dimension that nobody stated, the word for it, so that the row has a name."""
    return "unknown" if value is None and column.unit == "text" else value
