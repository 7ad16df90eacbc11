"""Who are best, loyal, small? Do clients come back? Who is off its own beat? Every cell filters the other parts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cartera.portfolio.rhythm import BEYOND
from cartera.tongue import say
from cartera.web import frame
from cartera.web.asking import ask
from cartera.web.door import Route
from cartera.web.doorways import doors
from cartera.web.kept import facts_alone
from cartera.web.pages.value.classes import classes, crossed, dimensions
from cartera.web.pages.value.picking import without
from cartera.web.pages.value.scores import scores
from cartera.web.pages.value.showing import shows
from cartera.web.pages.value.stages import stages
from cartera.web.pictures import figure
from cartera.web.rows import in_order, part, sized, totals
from cartera.web.shown import table

if TYPE_CHECKING:
    from django.http import HttpResponse

    from cartera.web.door import Visit

FEWEST = 5  # clients; fewer cannot be ranked
LISTED = ("name", "segment", "last_issued_on", "amount", "at_stake", "rep")
OFF_BEAT = ("name", "segment", "days_since", "median_gap_days", "limit_gap_days", "next_expected_on", "at_stake")
MOST_OFF_BEAT = 20


def page(visit: Visit) -> HttpResponse:
    """The page; with fewer than five clients their list alone."""
    answer = ask(visit, "worth")
    is_few = ask(without(visit, None), "clients").rows.num_rows < FEWEST
    context: dict[str, Any] = {"title": say("Value"), "answer": answer, "list": listed(visit), "is_few": is_few}
    if not is_few:
        context |= {
            "shows": shows(visit), "scores": scores(visit), "stages": stages(visit),
            "reliance": figure(visit, "abc", asked=without(visit, ("top", "abc")).asked),
            "crossed": crossed(visit), "classes": classes(visit), "dimensions": dimensions(visit),
            "rhythm": rhythm(visit),
        }  # fmt: skip
    return frame.page(visit, "value/page.html", context)


def listed(visit: Visit) -> dict[str, Any]:
    """The clients of the whole filter, some at a time."""
    answer = ask(visit, "clients")
    rows = in_order(answer.rows, visit.asked.sort or "-amount", answer.columns)
    named = [one for name in LISTED for one in answer.columns if one.name == name]
    made = table(answer, part(visit, rows), columns=named, totals=totals(rows, named), door=doors(visit, answer))
    href = frame.address(visit, "clients")
    return {"table": made, "pages": sized(visit, rows.num_rows), "count": rows.num_rows, "href": href}


def rhythm(visit: Visit) -> dict[str, Any]:
    """Who is silent for longer than its own limit, the most at stake first, with the address of all of them."""
    answer = ask(visit, "rhythm")
    late = [row for row in answer.rows.to_pylist() if row["is_beyond_limit"]]
    late.sort(key=lambda row: (-row["at_stake"], row["client_id"]))
    named = [one for name in OFF_BEAT for one in answer.columns if one.name == name]
    made = table(answer, late[:MOST_OFF_BEAT], columns=named, totals={}, door=doors(visit, answer))
    asked = visit.asked.only("rhythm", BEYOND).but(by=(), more={}, page=1, sort="")
    href = frame.address(visit, "clients", asked=asked)
    return {"sentence": answer.sentence, "table": made, "count": len(late), "href": href}


ROUTES = (Route("value", page, "value", keeps=facts_alone),)
