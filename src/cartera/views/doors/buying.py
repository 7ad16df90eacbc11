"""Who stands behind the numbers of the views about buying: funnel, cohorts, bridge, wake-up, takings, concentration?"""

from __future__ import annotations

from datetime import date
from typing import Any

from cartera.calendar import add_days, add_months, next_period
from cartera.portfolio.amounts import YEAR_DAYS
from cartera.portfolio.bridge import MOVING
from cartera.portfolio.compared import KEPT, PARTS
from cartera.portfolio.concentration import HERFINDAHL
from cartera.portfolio.funnel import LAST_STAGE
from cartera.portfolio.picks import ALL, SINCE, in_period
from cartera.portfolio.prices import LINE_DIMENSIONS
from cartera.views.cohorts import every
from cartera.views.doors.kinds import Drawn, Rows, Selections
from cartera.views.selection import Selection, behind, either, of_dimensions
from cartera.views.view import Query

MONTHS = {"month": 1, "quarter": 3, "year": 12}
NOT_LISTED = ("unattributed", "corrected")  # who never bought has a part in the bridge and no place in a list
OUTSIDE_A_YEAR = ("window", "measure")  # options under which `top` would mean other clients


def funnel(row: dict[str, Any], query: Query) -> dict[str, Selection]:
    """Who came at least so far, now and a year before, and who came no further."""
    stage, open_stage = row["stage"], f"{row['stage']}+"
    stops = open_stage if stage == LAST_STAGE else f"{stage}"
    found = {
        "client_count": behind(row["client_count"], (("funnel", open_stage),)),
        "stop_count": behind(row["stop_count"], (("funnel", stops),)),
    }
    if query.where:  # it holds on the day asked for, not a year before
        return found
    before = behind(row["client_count_before"], (("funnel", open_stage),), day=add_days(query.day, -YEAR_DAYS))
    return found | {"client_count_before": before}


def cohorts(row: dict[str, Any], query: Query) -> dict[str, Selection]:
    """Who began in the period of the row and bought in the one of its age."""
    start = row["cohort_on"]
    later = add_months(start, MONTHS[every(query)] * row["age"])
    where = (*of_dimensions(row, query), ("began", _whole(start, query)), ("bought", _whole(later, query)))
    return {"client_count": behind(row["client_count"], where)}


def _whole(start: date, query: Query) -> str:
    return in_period(start, add_days(next_period(start, every(query)), -1))


def bridge(row: dict[str, Any], query: Query) -> dict[str, Selection]:
    """The clients of a part of the change; of a split one the cells are money."""
    if query.by or row["part"] not in PARTS or row["part"] in NOT_LISTED:
        return {}
    return {"client_count": behind(row["client_count"], _parts(query, row["part"]))}


def bridge_marks(rows: Rows, drawn: Drawn, query: Query) -> Selections:
    """The clients of each part that moves anything, all values of a dimension together."""
    if set(query.by) & set(LINE_DIMENSIONS):
        return [None] * len(drawn)
    counts = {} if query.by else {row["part"]: row["client_count"] for row in rows}
    moved = [
        part for part in MOVING if sum(row[part] if query.by else row["change"] * (row["part"] == part) for row in rows)
    ]
    steps = [None if part in NOT_LISTED else behind(counts.get(part), _parts(query, part)) for part in moved]
    return [None, *steps, None] if drawn else []


def wakeup(row: dict[str, Any], query: Query) -> dict[str, Selection]:
    """The clients of a rep who bought a year before, who left, who are new or back, and who bought."""
    rep = (("rep", row["rep"] or ""),)
    parts = {
        "client_count_before": ("lost", *KEPT), "lost_count": ("lost",), "won_count": ("new", "returned"),
        "client_count": ("new", "returned", *KEPT),
    }  # fmt: skip
    return {name: behind(row[name], rep, _parts(query, *found)) for name, found in parts.items()}


def _parts(query: Query, *parts: str) -> tuple[tuple[str, str], ...]:
    since = f"{SINCE}{query.since}" if query.since else ""
    return either("bridge", [f"{part}{since}" for part in parts])


def figures(row: dict[str, Any], query: Query) -> dict[str, Selection]:
    """Who was invoiced in the period of the row."""
    if not query.every:
        return {}
    days = in_period(add_days(row["after_on"], 1), row["until_on"])
    return {"client_count": behind(row["client_count"], (("bought", days),))}


def concentration(row: dict[str, Any], query: Query) -> dict[str, Selection]:
    """The greatest clients, and all with net sales."""
    if query.options.keys() & set(OUTSIDE_A_YEAR):
        return {}
    top = ALL if row["figure"] == HERFINDAHL else row["figure"].removeprefix("top_")
    return {"client_count": behind(row["client_count"], (("top", top),))}


def concentration_marks(rows: Rows, drawn: Drawn, query: Query) -> Selections:
    """The same; the last bar is everybody with net sales, of whom the row of the index tells."""
    return [concentration(row, query).get("client_count") for row in rows] if drawn else []


def reliance(_rows: Rows, drawn: Drawn, query: Query) -> Selections:
    """The greatest clients up to each point of the curve."""
    if query.options.keys() & set(OUTSIDE_A_YEAR):
        return [None] * len(drawn)
    return [behind(mark["x"], (("top", f"{mark['x']}"),)) if mark["x"] else None for mark in drawn]
