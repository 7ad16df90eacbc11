"""How is each rep's portfolio, and who needs help or fewer clients? In the order of their names: nobody is ranked."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from cartera.calendar import add_months
from cartera.tongue import say, share
from cartera.views.multiples import multiples
from cartera.views.team import reps
from cartera.web import frame
from cartera.web.asking import ask, columns, day
from cartera.web.door import Route
from cartera.web.doorways import doors
from cartera.web.kept import facts_alone
from cartera.web.pages.portfolio.split import Piece, small
from cartera.web.shown import Cell, cell

if TYPE_CHECKING:
    from django.http import HttpResponse

    from cartera.views.view import Answer, Column
    from cartera.web.door import Visit

REP = "rep"
MOST_REPS = 1000


SHARES = {"active_count": "active_share", "entered_count": "entered_share", "planned_count": "planned_share"}
"""Column -> the one that stands small below it."""


@dataclass(frozen=True)
class Line:
    """One rep: its small bar and its numbers."""

    name: Cell
    pieces: tuple[Piece, ...]
    cells: tuple[tuple[Cell, str], ...]


def page(visit: Visit) -> HttpResponse:
    """The team, or the one rep who looks, with the average below."""
    since = visit.asked.since or add_months(day(visit), -1)
    visit = replace(visit, asked=visit.asked.but(since=since, by=()))
    answer = ask(visit, "team")
    named = [one for one in answer.columns if one.name not in (REP, "is_average", *SHARES.values())]
    made = lines(visit, answer, named)
    context: dict[str, Any] = {
        "title": say("Team"), "answer": answer, "sinces": sinces(visit),
        "heads": [f"{one.head}, {answer.currency}" if one.unit == "money" else one.head for one in named],
        "lines": made[:-1], "average": made[-1], "is_empty": not any(row[REP] for row in reps(answer.rows.to_pylist())),
    }  # fmt: skip
    return frame.page(visit, "team/page.html", context)


def lines(visit: Visit, answer: Answer, named: list[Column]) -> list[Line]:
    """A line per rep, and the average at the end."""
    pieces, door = bars(visit), doors(visit, answer)
    rep = next(one for one in answer.columns if one.name == REP)
    return [
        Line(
            cell(rep, row, "" if row["is_average"] else of_rep(visit, row[REP])), pieces.get(row[REP], ()),
            tuple((cell(one, row, door(one, row)), note(row, one.name)) for one in named),
        )
        for row in answer.rows.to_pylist()
    ]  # fmt: skip


def of_rep(visit: Visit, rep: str | None) -> str:
    """The list of the rep's clients."""
    asked = visit.asked.only(REP, rep or "").but(since=None, by=(), more={}, page=1, sort="")
    return frame.address(visit, "clients", asked=asked)


def note(row: dict[str, Any], name: str) -> str:
    """The share that belongs to a count."""
    return share(row[SHARES[name]]) if name in SHARES else ""


def bars(visit: Visit) -> dict[str | None, tuple[Piece, ...]]:
    """Rep -> its segments as pieces of a small bar."""
    if REP not in columns(visit):
        return {}
    split = replace(visit, asked=visit.asked.but(by=(REP,)))
    answer = ask(split, "composition")
    found = multiples(answer.rows.to_pylist(), answer.query, MOST_REPS)
    return {value: small(split, one).pieces for one in found for value in one.of}


def sinces(visit: Visit) -> list[frame.Chip]:
    """The earlier days that people ask for most."""
    here = day(visit)
    told = ((say("a month"), 1), (say("a quarter"), 3), (say("a year"), 12))
    return [
        frame.Chip(
            name, frame.address(visit, asked=visit.asked.but(since=add_months(here, -back))),
            is_current=visit.asked.since == add_months(here, -back),
        )
        for name, back in told
    ]  # fmt: skip


ROUTES = (Route("team", page, "team", keeps=facts_alone),)
