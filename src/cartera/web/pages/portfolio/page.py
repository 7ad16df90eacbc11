"""How healthy is the portfolio, in clients and in money? Its shape, its segments beside earlier ones, its risks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cartera.tongue import say, spoken, text
from cartera.views.segments import at_risk
from cartera.web import frame
from cartera.web.asking import ask
from cartera.web.door import Route
from cartera.web.doorways import doors
from cartera.web.kept import facts_alone
from cartera.web.pages.portfolio.bars import SHOWN, bars, shown
from cartera.web.pages.portfolio.split import split
from cartera.web.pictures import switches
from cartera.web.shown import cell
from cartera.web.splits import splits

if TYPE_CHECKING:
    from django.http import HttpResponse

    from cartera.views.view import Answer
    from cartera.web.door import Visit

SHAPES = {
    "can't tell": text("Can't tell", "shape"), "inaccurate": text("Inaccurate", "shape"),
    "declining": text("Declining", "shape"), "mature": text("Mature", "shape"), "growing": text("Growing", "shape"),
    "mixed": text("Mixed", "shape"),
}  # fmt: skip


def page(visit: Visit) -> HttpResponse:
    """The portfolio; with `by`, also one small picture per value of the dimension."""
    answer = ask(visit, "segments")
    rows = answer.rows.to_pylist()
    context: dict[str, Any] = {
        "title": say("Portfolio"), "answer": answer, "shape": shape(visit), "bars": bars(visit, answer),
        "shows": shows(visit), "switches": switches(visit, answer), "risk": risk(visit, answer),
        "reliance": reliance(visit), "splits": splits(visit), "split": split(visit) if visit.asked.by else None,
        "is_empty": not any(row["client_count"] for row in rows),
    }  # fmt: skip
    return frame.page(visit, "portfolio/page.html", context)


def shape(visit: Visit) -> dict[str, Any]:
    """The shape's word, why, and how many clients it is told of."""
    answer = ask(visit, "shape")
    row = answer.rows.to_pylist()[0]
    size = next(one for one in answer.columns if one.name == "client_count")
    return {
        "word": spoken(SHAPES[row["shape"]], "shape") if row["shape"] in SHAPES else row["shape"],
        "why": answer.sentence, "size": cell(size, row, doors(visit, answer)(size, row)),
    }  # fmt: skip


def shows(visit: Visit) -> list[frame.Chip]:
    """The switch between clients, money and what is planned."""
    names = {"clients": say("Clients"), "money": say("Money"), "planned": say("Planned")}
    return [
        frame.Chip(
            names[one], frame.address(visit, asked=visit.asked.but(more={**visit.asked.more, "show": one})),
            is_current=one == shown(visit),
        )
        for one in SHOWN
    ]  # fmt: skip


def risk(visit: Visit, answer: Answer) -> dict[str, Any]:
    """The clients that are cooling and what they were worth, with the address of their list."""
    from cartera.portfolio.segments import at_risk_ids

    count, worth = at_risk(answer.rows.to_pylist(), answer.query)
    asked = visit.asked.only("segment", *at_risk_ids(answer.query.policy)).but(by=(), more={})
    return {
        "count": count,
        "worth": worth,
        "currency": answer.currency,
        "href": frame.address(visit, "clients", asked=asked),
    }


def reliance(visit: Visit) -> dict[str, Any]:
    """How much hangs on the greatest clients, with a year before beside it."""
    answer = ask(visit, "concentration")
    named = [one for one in answer.columns if one.name in ("label", "client_count", "value", "last_year")]
    door = doors(visit, answer)
    rows = [row for row in answer.rows.to_pylist() if row["figure"].startswith("top_")]
    return {
        "sentence": answer.sentence, "heads": [one.head for one in named],
        "lines": [[cell(one, row, door(one, row)) for one in named] for row in rows],
    }  # fmt: skip


ROUTES = (Route("portfolio", page, "portfolio", keeps=facts_alone),)
