"""What does a door take and give? The shapes that all doors share."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from cartera.views.selection import Selection
from cartera.views.view import Query

Rows = Sequence[dict[str, Any]]
Drawn = Sequence[dict[str, Any]]
Selections = Sequence[Selection | None]
Cells = Callable[[dict[str, Any], Query], dict[str, Selection]]
Marks = Callable[[Rows, Drawn, Query], Selections]


def no_cells(_row: dict[str, Any], _query: Query) -> dict[str, Selection]:
    """Rows of single clients: their columns name the client."""
    return {}


def no_marks(_rows: Rows, drawn: Drawn, _query: Query) -> Selections:
    """Marks of money, which no clients add up to."""
    return [None] * len(drawn)


@dataclass(frozen=True)
class Door:
    """cells: row, query -> column and what stands behind its number. marks: the answer's rows, what its picture made
    of them and the query -> what stands behind every mark, in their order.
    """

    cells: Cells = no_cells
    marks: Marks = no_marks


def counted(cells: Cells, column: str = "client_count") -> Door:
    """A door where every row is a mark: behind it stands what stands behind the row's count."""
    return Door(cells, lambda rows, _, query: [cells(row, query).get(column) for row in rows])
