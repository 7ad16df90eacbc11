"""From which segment to which one? The matrix of moves with counts, or shares of its rows or columns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cartera.errors import UnknownNameError
from cartera.tongue import number, say, share
from cartera.views.doors import cells
from cartera.views.matrix import COUNTS, MEASURES, OF_COLUMN, OF_ROW, Move, matrix
from cartera.views.phrasing import label
from cartera.web import frame
from cartera.web.doorways import behind
from cartera.web.grids import EMPTY, Grid, Side, Square

if TYPE_CHECKING:
    from cartera.views.view import Answer
    from cartera.web.door import Visit

WORD, WAS, NOW = "cells", "was", "now"
NOBODY = "none"  # stands where somebody was no client yet


def measure(visit: Visit) -> str:
    """What the cells show. UnknownNameError: there is no such measure."""
    asked = visit.asked.more.get(WORD, COUNTS)
    if asked not in MEASURES:
        raise UnknownNameError("measure", asked, MEASURES, where=WORD)
    return asked


def measures(visit: Visit) -> list[frame.Chip]:
    """The switch between counts and shares."""
    names = {COUNTS: say("Clients"), OF_ROW: say("% of row"), OF_COLUMN: say("% of column")}
    return [
        frame.Chip(
            names[one], frame.address(visit, asked=visit.asked.but(more={**visit.asked.more, WORD: one})),
            is_current=one == measure(visit),
        )
        for one in MEASURES
    ]  # fmt: skip


def grid(visit: Visit, answer: Answer) -> Grid:
    """The matrix; every cell leads to its clients."""
    found = matrix(answer.rows.to_pylist(), answer.query, measure(visit))
    across = [one.id for one in answer.query.policy.segments]
    used = [one for one in across if any(one in row for row in found.values())]
    rows = tuple(
        (Side(label(start), start or ""), tuple(square(visit, answer, row.get(to)) for to in used))
        for start, row in found.items()
    )  # fmt: skip
    return Grid(answer.view.asks, say("From, to"), tuple(Side(label(one)) for one in used), rows)


def square(visit: Visit, answer: Answer, move: Move | None) -> Square:
    """One cell; nothing where nobody went."""
    if move is None:
        return EMPTY
    told = number(move.client_count) if measure(visit) == COUNTS else share(move.share, 0)
    href = behind(visit, answer, cells(answer.view, move.row, answer.query).get("client_count"))
    return Square(
        told, href if move.is_stay else moved(visit, move), move.share, is_plain=move.is_stay,
        is_on=chosen(visit) == (move.from_segment, move.to_segment),
    )  # fmt: skip


def moved(visit: Visit, move: Move) -> str:
    """The address of this page with those alone who went from one segment to the other, by name."""
    more = {**visit.asked.more, WAS: move.from_segment or NOBODY, NOW: move.to_segment}
    return f"{frame.address(visit, asked=visit.asked.but(more=more, page=1))}#movers"


def chosen(visit: Visit) -> tuple[str | None, str] | None:
    """From which segment to which one the movers are shown; None for all."""
    was, now = visit.asked.more.get(WAS), visit.asked.more.get(NOW)
    return (None if was == NOBODY else was, now) if was and now else None


def everybody(visit: Visit) -> str:
    """The address of this page with all movers."""
    more = {name: value for name, value in visit.asked.more.items() if name not in (WAS, NOW)}
    return f"{frame.address(visit, asked=visit.asked.but(more=more, page=1))}#movers"
