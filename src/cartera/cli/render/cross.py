"""How does an answer with a row per pair fit on a screen? As a cross-table: segments, or other values, side by side."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from cartera.cli.render.cells import shown
from cartera.views.view import Column

if TYPE_CHECKING:
    from cartera.views.view import Answer

Key = tuple[Any, ...]


def crossed(answer: Answer) -> Answer:
    """The answer with one row per key and one column per value that occurs; itself where that would say nothing more.

    The view names what is spread; the columns before it are the key. A `measure` asked for fills the cells instead.
    """
    if answer.view.spread is None:
        return answer
    named = {column.name: column for column in answer.columns}
    spread = answer.view.spread
    head, value = (named[name] for name in (spread(answer.query) if callable(spread) else spread))
    if "measure" in answer.view.takes:
        value = named.get(answer.query.options.get("measure", ""), value)
    key = answer.columns[: answer.columns.index(head)]
    counts = counted(answer.rows.to_pylist(), [column.name for column in key], head.name, value.name)
    if not key or len(counts) < 2:
        return answer
    heads = told_side_by_side(answer, head, counts)
    columns = (*key, *(Column(str(one), shown(one, head), value.unit, total=value.total) for one in heads))
    totals = {str(one): sum(row.get(one) or 0 for row in counts.values()) for one in heads} if value.total else {}
    # A segment without a row is one with nobody in it; of anything else a missing row says that there is no such pair.
    nothing = 0 if head.unit == "segment" else None
    return replace(answer, columns=columns, rows=table(counts, key, heads, nothing), totals=totals)


def told_side_by_side(answer: Answer, head: Column, counts: dict[Key, dict[Any, Any]]) -> list[Any]:
    """The values that become columns: segments with somebody in them in the ladder's order, others in their own.

    No value is a column only where the head says what it means.
    """
    if head.unit == "segment":
        return [s.id for s in answer.query.policy.segments if any(row.get(s.id) for row in counts.values())]
    found = {one for row in counts.values() for one in row}
    known = [one for one in head.values if one in found] or sorted(found - {None})
    return [*known, None] if head.unknown and None in found else known


def counted(rows: list[dict[str, Any]], names: list[str], head: str, value: str) -> dict[Key, dict[Any, Any]]:
    """The values by key and head, keys in the order of the rows."""
    counts: dict[Key, dict[Any, Any]] = {}
    for row in rows:
        counts.setdefault(tuple(row[name] for name in names), {})[row[head]] = row[value]
    return counts


def table(counts: dict[Key, dict[Any, Any]], key: tuple[Column, ...], heads: list[Any], nothing: int | None) -> Any:
    """The cross-table as Arrow; `nothing` stands where a pair has no row."""
    import pyarrow as pa

    spread = {str(one): [row.get(one, nothing) for row in counts.values()] for one in heads}
    keys = zip(key, zip(*counts, strict=True), strict=True)
    return pa.table({column.name: list(values) for column, values in keys} | spread)
