"""Who stands behind the numbers of a rep: its clients, those active, cooled lately, leaving, opened, planned for?"""

from __future__ import annotations

from typing import Any

from cartera.portfolio.other_day import AT
from cartera.portfolio.picks import ALL
from cartera.portfolio.segments import inside_ids
from cartera.portfolio.team import ACTIVE, cooling
from cartera.views.doors.kinds import Drawn, Rows, Selections
from cartera.views.selection import Selection, behind, either
from cartera.views.team import reps, since
from cartera.views.view import Query

SEGMENT = "segment"


def cells(row: dict[str, Any], query: Query) -> dict[str, Selection]:
    """The clients of the rep; of the average nobody."""
    if row["is_average"]:
        return {}
    then = f"{SEGMENT}{AT}{since(query)}"
    first, last = cooling(query.policy)
    elsewhere = ["", *(one.id for one in query.policy.segments if one.id != first)]
    inside = either(SEGMENT, inside_ids(query.policy))
    found = {
        "client_count": inside, "active_count": ((SEGMENT, ACTIVE),), "leaving_count": ((SEGMENT, last),),
        "entered_count": ((SEGMENT, first), *either(then, elsewhere)), "opened_count": (*inside, (then, "")),
        "planned_count": (*inside, ("planned", ALL)),
    }  # fmt: skip
    rep = (("rep", row["rep"] or ""),)
    return {name: behind(row[name], rep, where) for name, where in found.items()}


def marks(rows: Rows, _drawn: Drawn, query: Query) -> Selections:
    """The clients who are leaving."""
    return [cells(row, query)["leaving_count"] for row in reps(list(rows))]
