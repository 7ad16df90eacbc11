"""Who stands behind the numbers of the views about the days to come: ahead, planned, coverage?"""

from __future__ import annotations

from typing import Any

from cartera.calendar import add_days, next_period
from cartera.portfolio.other_day import AHEAD, AT
from cartera.portfolio.picks import ALL, FROM, NO_PLAN, in_period
from cartera.views.selection import Selection, behind
from cartera.views.view import Query

UNBORN = "no_activity"


def ahead(row: dict[str, Any], query: Query) -> dict[str, Selection]:
    """Who then stands in the segment; of a supposition nobody, because no rule says it of these facts."""
    if query.options.get("suppose") or query.options.get("planned", "counted") != "counted":
        return {}
    if row["segment"] == UNBORN:  # some begin only then, and today's list does not hold them yet
        return {}
    return {"client_count": behind(row["client_count"], ((f"{AHEAD}{AT}{row['on']}", row["segment"]),))}


def planned(row: dict[str, Any], _query: Query) -> dict[str, Selection]:
    """The clients with a plan of the month and the source."""
    days = in_period(row["month_on"], add_days(next_period(row["month_on"], "month"), -1))
    return {"client_count": behind(row["client_count"], (("planned", f"{days}{FROM}{row['source'] or ''}"),))}


def coverage(row: dict[str, Any], _query: Query) -> dict[str, Selection]:
    """The clients of the segment, with and without a plan."""
    segment = (("segment", row["segment"]),)
    return {
        "client_count": behind(row["client_count"], segment),
        "planned_count": behind(row["planned_count"], segment, (("planned", ALL),)),
        "unplanned_count": behind(row["unplanned_count"], segment, (("planned", NO_PLAN),)),
    }
