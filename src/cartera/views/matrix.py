"""How does a matrix of moves read: as counts, as shares of those who came from a segment, or who went to one?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from cartera.views.view import Query

COUNTS, OF_ROW, OF_COLUMN = "count", "row", "column"
MEASURES = (COUNTS, OF_ROW, OF_COLUMN)


@dataclass(frozen=True)
class Move:
    """Those who went from one segment (None: not a client yet) to another. share: of the row or column, or of all."""

    from_segment: str | None
    to_segment: str
    client_count: int
    share: float
    is_stay: bool
    row: dict[str, Any]


def matrix(rows: Iterable[dict[str, Any]], query: Query, measure: str) -> dict[str | None, dict[str, Move]]:
    """From segment -> to segment -> its move, in the order of the ladder; cells that nobody went are not there."""
    moves = list(rows)
    order: list[str | None] = [None, *(segment.id for segment in query.policy.segments)]
    found: dict[str | None, dict[str, Move]] = {}
    for start in order:
        own = {row["to_segment"]: row for row in moves if row["from_segment"] == start}
        if own:
            found[start] = {to: move(row, moves, measure) for to, row in own.items()}
    return found


def move(row: dict[str, Any], every: list[dict[str, Any]], measure: str) -> Move:
    """One cell; counts are tinted by their share of the row."""
    name = "to_segment" if measure == OF_COLUMN else "from_segment"
    whole = sum(one["client_count"] for one in every if one[name] == row[name])
    share = row["client_count"] / whole
    return Move(row["from_segment"], row["to_segment"], row["client_count"], share, row["is_stay"], row)
