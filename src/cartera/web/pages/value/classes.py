"""How do the classes of clients spread over any dimension? A cross-table of which both sides can be chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cartera.errors import UnknownNameError
from cartera.portfolio.classes import CLASSIFICATIONS, SEGMENT
from cartera.tongue import say, spoken
from cartera.views.phrasing import head, label, word
from cartera.web.asking import ask
from cartera.web.frame import Chip, address
from cartera.web.grids import EMPTY, Grid, Side, Square
from cartera.web.pages.value.picking import choose, is_chosen, without
from cartera.web.pages.value.showing import told, value
from cartera.web.splits import splits

if TYPE_CHECKING:
    from cartera.views.view import Answer
    from cartera.web.door import Visit

WORD, USUAL = "class", "worth"
MOST_ACROSS, MOST_DOWN = 12, 24


def chosen(visit: Visit) -> tuple[str, str]:
    """The class and what it is crossed with. UnknownNameError: there is no such class."""
    name = visit.asked.more.get(WORD, USUAL)
    if name not in CLASSIFICATIONS:
        raise UnknownNameError("class", name, tuple(CLASSIFICATIONS), where=WORD)
    return name, visit.asked.by[0] if visit.asked.by else SEGMENT


def classes(visit: Visit) -> list[Chip]:
    """A chip per class that there is."""
    return [
        Chip(
            titled(name), address(visit, asked=visit.asked.but(more={**visit.asked.more, WORD: name})),
            is_current=name == chosen(visit)[0],
        )
        for name in CLASSIFICATIONS
    ]  # fmt: skip


def titled(name: str) -> str:
    """What a class is called."""
    return name.upper() if name in ("abc", "rfm") else spoken(name.replace("_", " ").capitalize(), "column")


def dimensions(visit: Visit) -> list[Chip]:
    """A chip per dimension, the segment first."""
    segment = Chip(say("Segment"), address(visit, asked=visit.asked.but(by=())), is_current=not visit.asked.by)
    return [segment, *splits(visit, none=False)]


def crossed(visit: Visit) -> dict[str, Any]:
    """The table, its sentence, and how many values have no place in it."""
    across, down = chosen(visit)
    answer = ask(without(visit, (across,)), "cross", by=(down, across))
    rows = answer.rows.to_pylist()
    most = max((value(visit, row) for row in rows), default=0) or 1
    names, columns = list(dict.fromkeys(row[down] for row in rows)), classes_of(rows, across)
    cells = {(row[down], row[across]): row for row in rows}
    lines = tuple(
        (
            side(name, down),
            tuple(square(visit, answer, cells.get((name, one)), (down, across), most) for one in columns),
        )
        for name in names[:MOST_DOWN]
    )  # fmt: skip
    corner = f"{titled(down)}, {titled(across)}"
    grid = Grid(answer.view.asks, corner, tuple(Side(head(one)) for one in columns), lines)
    return {"grid": grid, "sentence": answer.sentence, "more": max(0, len(names) - MOST_DOWN)}


def classes_of(rows: list[dict[str, Any]], name: str) -> list[str]:
    """The classes that occur, in their order."""
    return [one for one in CLASSIFICATIONS[name].classes if any(row[name] == one for row in rows)][:MOST_ACROSS]


def side(value: str | None, name: str) -> Side:
    """A value of the dimension at the left."""
    if name == SEGMENT:
        return Side(label(value), value or "")
    return Side(word("unknown") if value is None else str(value))


def square(visit: Visit, answer: Answer, row: dict[str, Any] | None, pair: tuple[str, str], most: Any) -> Square:
    """The clients of both."""
    if row is None:
        return EMPTY
    where = tuple((name, row[name] or "") for name in pair)
    share = float(value(visit, row) / most) if value(visit, row) > 0 else 0.0
    return Square(told(visit, answer, row), choose(visit, where), share, is_on=is_chosen(visit, where))
