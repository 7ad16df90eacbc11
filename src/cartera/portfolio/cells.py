"""What is a client called for its scores? A map of (R, F + M) onto names that covers every cell once.

Ours, because the popular tables overlap and leave holes. Read `CELLS` with the grid in mind: R down, F + M across.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cartera.errors import CarteraError
from cartera.tongue import say, spoken

SCORES = (1, 2, 3, 4, 5)
UNSCORED = "no purchase"


@dataclass(frozen=True)
class Cell:
    """A name for a rectangle of the grid; both ends of a span belong to it.

    r: scores of recency. fm: the mean of the scores of frequency and money, halves rounded up. meaning: what is true of
    such a client, to follow its name.
    """

    name: str
    r: tuple[int, int]
    fm: tuple[int, int]
    meaning: str

    def holds(self, r: int, fm: int) -> bool:
        """Whether the cell of the grid has this name."""
        return self.r[0] <= r <= self.r[1] and self.fm[0] <= fm <= self.fm[1]


CELLS = (
    Cell("champions", (4, 5), (5, 5), "bought lately, and bought the most"),
    Cell("strong", (4, 5), (4, 4), "bought lately, and bought more than most"),
    Cell("promising", (4, 5), (2, 3), "bought lately, and could buy more"),
    Cell("beginners", (4, 5), (1, 1), "bought lately, and little so far"),
    Cell("wavering", (3, 3), (3, 5), "bought well, and has paused"),
    Cell("passing", (3, 3), (1, 2), "bought little, and has paused"),
    Cell("not to lose", (1, 2), (5, 5), "bought the most, and has been silent for long"),
    Cell("once good", (1, 2), (3, 4), "bought well, and has been silent for long"),
    Cell("faded", (1, 2), (1, 2), "bought little, and has been silent for long"),
)


def fm_score(f: int, m: int) -> int:
    """The mean of both scores, halves rounded up: the place across the grid."""
    return (f + m + 1) // 2


def cell_of(r: int, fm: int, cells: Sequence[Cell] = CELLS) -> str:
    """The name of a cell of the grid; refused when the map gives it none, or several."""
    names = [cell.name for cell in cells if cell.holds(r, fm)]
    if len(names) != 1:
        found = f"has the names {', '.join(names)}" if names else "has no name"
        raise CarteraError(
            f"the cell of recency {r} and frequency with money {fm} {found}.",
            where="cells",
            fix="Let the spans cover every pair of 1..5 once, e.g. Cell('faded', r=(1, 2), fm=(1, 2), meaning='...').",
        )
    return names[0]


def definitions(cells: Sequence[Cell] = CELLS) -> list[tuple[str, str]]:
    """Every name with what it says and the scores it stands for, in the order of the map."""
    told = [(cell.name, _told(cell)) for cell in cells]
    return [*told, (UNSCORED, say("bought nothing in the window, and has no scores."))]


def _told(cell: Cell) -> str:
    spans = {"recency": _span(cell.r), "worth": _span(cell.fm)}
    return say("{meaning}: R {recency}, F and M {worth}.", meaning=spoken(cell.meaning), **spans)


def _span(ends: tuple[int, int]) -> str:
    first, last = ends
    return f"{first}" if first == last else say("{first} to {last}", first=first, last=last)
