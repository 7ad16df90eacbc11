"""Who stands behind the numbers of the views about segments: composition, shape, moves, balance, retention?"""

from __future__ import annotations

from datetime import date
from typing import Any

from cartera.calendar import add_months
from cartera.portfolio.crossings import ENDINGS
from cartera.portfolio.other_day import AT, FATE
from cartera.portfolio.retention import FATES
from cartera.portfolio.segments import inside_ids
from cartera.views import retention
from cartera.views.balance import MONTHS_BACK
from cartera.views.doors.kinds import Drawn, Rows, Selections
from cartera.views.moves import since
from cartera.views.selection import Selection, behind, either, of_dimensions
from cartera.views.view import Query

SEGMENT = "segment"


def composition(row: dict[str, Any], query: Query) -> dict[str, Selection]:
    """The clients of a segment, and of a value of each dimension; over time on the day of the row."""
    where = of_dimensions(row, query)
    return {"client_count": behind(row["client_count"], where, ((SEGMENT, row[SEGMENT]),), day=row.get("on"))}


def composition_marks(rows: Rows, drawn: Drawn, query: Query) -> Selections:
    """Of a stack the segment on its day, all values of the dimensions together; of a bar what its row says."""
    if query.every:
        return [
            behind(mark["clients"], ((SEGMENT, mark[SEGMENT]),), day=date.fromisoformat(mark["month"]))
            for mark in drawn
        ]
    shown = [row for row in rows if row["client_count"]] if query.by else rows
    return [composition(row, query)["client_count"] for row in shown]


def shape(row: dict[str, Any], query: Query) -> dict[str, Selection]:
    """Everybody in the portfolio."""
    return {"client_count": behind(row["client_count"], _inside(query))}


def moves(row: dict[str, Any], query: Query) -> dict[str, Selection]:
    """Who stood in the one segment on the earlier day and stands in the other one now."""
    was = (f"{SEGMENT}{AT}{since(query)}", row["from_segment"] or "")
    return {"client_count": behind(row["client_count"], (was, (SEGMENT, row["to_segment"])))}


def balance(row: dict[str, Any], query: Query) -> dict[str, Selection]:
    """Who is in the portfolio before and after; the flows between are crossings, of which one client may have many."""
    where = of_dimensions(row, query)
    ends = (("size_before", row["after_on"]), ("size_after", row["until_on"]))
    return {name: behind(row[name], where, _inside(query), day=on) for name, on in ends}


def balance_marks(_rows: Rows, drawn: Drawn, query: Query) -> Selections:
    """The first and the last size, all values of the dimensions together."""
    if not drawn:
        return []
    first = query.since or add_months(query.day, -MONTHS_BACK)
    levels = [behind(drawn[n]["to"], _inside(query), day=on) for n, on in ((0, first), (-1, query.day))]
    return [levels[0], *(None for _ in drawn[2:]), levels[1]]


def retained(row: dict[str, Any], query: Query) -> dict[str, Selection]:
    """Who was in the portfolio at the start, with that value of each dimension then, and what became of them."""
    start, end = row["after_on"], row["until_on"]
    where = tuple((f"{name}{AT}{start}", value) for name, value in of_dimensions(row, query))
    began = either(f"{SEGMENT}{AT}{start}", inside_ids(query.policy))
    ended = {f"{fate}_count": ((f"{FATE}{AT}{end}", fate),) for fate in FATES}
    found = {name: behind(row[name], where, began, fate) for name, fate in ended.items()}
    return {"client_count": behind(row["client_count"], where, began)} | found


def retained_marks(rows: Rows, _drawn: Drawn, query: Query) -> Selections:
    """What became of the clients of one period; of several the clients lost and cancelled in each."""
    if len(rows) == 1:
        return [retained(rows[0], query)[name] for name in retention.FATES]
    return [_churned(row, query) for row in rows if row["client_count"]]


def _churned(row: dict[str, Any], query: Query) -> Selection:
    found = retained(row, query)["client_count"]
    count = sum(row[f"{fate}_count"] for fate in ENDINGS)
    return behind(count, found.where, either(f"{FATE}{AT}{row['until_on']}", ENDINGS))


def _inside(query: Query) -> tuple[tuple[str, str], ...]:
    return either(SEGMENT, inside_ids(query.policy))
