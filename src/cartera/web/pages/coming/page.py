"""Who leaves next, when, and how much is at stake? A ladder of dates, and what some plans would change."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from cartera.calendar import add_months
from cartera.portfolio.ahead import MONTHS
from cartera.tongue import say
from cartera.views.horizons import horizons
from cartera.web import acts, frame
from cartera.web.asking import ask, day
from cartera.web.door import Route
from cartera.web.kept import facts_alone
from cartera.web.pages.coming.ladder import rungs
from cartera.web.pictures import figure

if TYPE_CHECKING:
    from django.http import HttpResponse

    from cartera.web.door import Visit

SUPPOSE, PLANNED, COUNTED, IGNORED = "suppose", "planned", "counted", "ignored"


def page(visit: Visit) -> HttpResponse:
    """The page; what is ticked stands in its address and is written nowhere."""
    ticked = supposed(visit)
    visit = replace(visit, asked=visit.asked.but(more=with_word(visit, SUPPOSE, ",".join(ticked))))
    answer = ask(visit, "coming")
    found = horizons(answer.rows.to_pylist(), answer.query, ticked)
    context: dict[str, Any] = {
        "title": say("Coming"), "answer": answer, "horizons": rungs(visit, answer, found, ticked),
        "curve": figure(visit, "ahead"), "plain": plain(visit) if ticked else "", "ticked": ticked,
        "plans": plans(visit), "write": write(visit, ticked), "nobody": nobody(visit), "kept": kept(visit),
        "end": add_months(day(visit), MONTHS),
    }  # fmt: skip
    return frame.page(visit, "coming/page.html", context)


def supposed(visit: Visit) -> tuple[str, ...]:
    """The clients that are ticked: in the address as one word, or one by one from the form."""
    told = visit.request.GET.getlist(SUPPOSE)
    return tuple(dict.fromkeys(one for words in told for one in words.split(",") if one))


def with_word(visit: Visit, name: str, value: str) -> dict[str, str]:
    """The page's own words with this one; without it where it is empty."""
    return {key: told for key, told in {**visit.asked.more, name: value}.items() if told}


def plain(visit: Visit) -> str:
    """The months ahead in one sentence, with nothing supposed."""
    asked = visit.asked.but(more=with_word(visit, SUPPOSE, ""))
    return ask(replace(visit, asked=asked), "ahead").sentence


def plans(visit: Visit) -> list[frame.Chip]:
    """Whether what is planned counts."""
    now = visit.asked.more.get(PLANNED, COUNTED)
    told = ((COUNTED, say("Planned counted")), (IGNORED, say("Planned ignored")))
    words = {one: with_word(visit, PLANNED, "" if one == COUNTED else one) for one, _ in told}
    return [
        frame.Chip(name, frame.address(visit, asked=visit.asked.but(more=words[one])), is_current=one == now)
        for one, name in told
    ]


def write(visit: Visit, ticked: tuple[str, ...]) -> str:
    """Where the supposed plans are written; empty where this person may not, or on a day that is over."""
    may = ticked and visit.scope.allows("plan") and acts.standing(visit) != "over"
    return acts.address(visit, "plan", ticked) if may else ""


def nobody(visit: Visit) -> str:
    """The address of the page with nothing ticked."""
    return frame.address(visit, asked=visit.asked.but(more=with_word(visit, SUPPOSE, "")))


def kept(visit: Visit) -> list[tuple[str, str]]:
    """What the form keeps of the address."""
    return [
        (name, value) for name, values in visit.request.GET.lists() for value in values if name not in (SUPPOSE, "page")
    ]


ROUTES = (Route("coming", page, "coming", keeps=facts_alone),)
