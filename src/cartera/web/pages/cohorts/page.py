"""Do the clients won in a period stay? A grid of periods by age, and how long clients last."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from cartera.errors import UnknownNameError
from cartera.portfolio.cohorts import PERIODS
from cartera.tongue import say
from cartera.web import frame
from cartera.web.asking import ask
from cartera.web.door import Route
from cartera.web.kept import facts_alone
from cartera.web.pages.cohorts.ages import grid
from cartera.web.pages.value.showing import shows
from cartera.web.pictures import figure

if TYPE_CHECKING:
    from django.http import HttpResponse

    from cartera.web.door import Visit

FEWEST = 2  # periods; one alone has nothing beside it
ALL_SINCE = date(1970, 1, 1)


def page(visit: Visit) -> HttpResponse:
    """The page; of months unless the address says otherwise."""
    visit = replace(visit, asked=visit.asked.but(every=every(visit), by=()))
    answer = ask(visit, "cohorts")
    rows = answer.rows.to_pylist()
    context: dict[str, Any] = {
        "title": say("Cohorts"), "answer": answer, "everies": everies(visit), "sinces": sinces(visit),
        "shows": shows(visit), "is_empty": len({row["cohort_on"] for row in rows}) < FEWEST,
        "grid": grid(visit, answer), "lasting": figure(visit, "survival", asked=visit.asked.but(every="", since=None)),
    }  # fmt: skip
    return frame.page(visit, "cohorts/page.html", context)


def every(visit: Visit) -> str:
    """The period that makes a cohort. UnknownNameError: there is no such period."""
    asked = visit.asked.every or PERIODS[0]
    if asked not in PERIODS:
        raise UnknownNameError("period of cohorts", asked, PERIODS, where="every")
    return asked


def everies(visit: Visit) -> list[frame.Chip]:
    """The switch between periods."""
    names = {"month": say("Months"), "quarter": say("Quarters"), "year": say("Years")}
    return [
        frame.Chip(
            names[one], frame.address(visit, asked=visit.asked.but(every=one)), is_current=one == visit.asked.every
        )
        for one in PERIODS
    ]


def sinces(visit: Visit) -> list[frame.Chip]:
    """The last dozen of cohorts, or all."""
    told = ((say("the last ones"), None), (say("all"), ALL_SINCE))
    return [
        frame.Chip(name, frame.address(visit, asked=visit.asked.but(since=one)), is_current=visit.asked.since == one)
        for name, one in told
    ]


ROUTES = (Route("cohorts", page, "cohorts", keeps=facts_alone),)
