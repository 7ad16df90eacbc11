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

WORD = "cells"


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
    return Square(told, href, move.share, is_plain=move.is_stay)
