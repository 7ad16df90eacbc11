"""Which views have doors, and why do the others have none? One line per view, so that none is forgotten."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from cartera.views import frequency, rhythm, status, volume, worth
from cartera.views.doors import buying, classes, ladder, plans, team
from cartera.views.doors.kinds import Door, Selections, counted
from cartera.views.selection import Selection
from cartera.views.view import Query, View

DOORS: Mapping[str, Door] = {
    "composition": Door(ladder.composition, ladder.composition_marks),
    "segments": counted(ladder.composition),
    "ahead": counted(plans.ahead),
    "planned": counted(plans.planned),
    "coverage": counted(plans.coverage, "unplanned_count"),
    "shape": Door(ladder.shape),
    "client": Door(marks=classes.profile),
    "timeline": Door(marks=classes.timeline),
    "moves": counted(ladder.moves),
    "balance": Door(ladder.balance, ladder.balance_marks),
    "retention": Door(ladder.retained, ladder.retained_marks),
    "figures": counted(buying.figures),
    "bridge": Door(buying.bridge, buying.bridge_marks),
    "wakeup": Door(buying.wakeup),
    "team": Door(team.cells, team.marks),
    "rfm_grid": Door(classes.rfm_grid, classes.rfm_grid_marks),
    "worth": classes.classed("worth", worth.CLASSES),
    "volume": classes.classed("volume", volume.CLASSES),
    "frequency": classes.classed("frequency", frequency.CLASSES),
    "rhythm": classes.classed("rhythm", rhythm.CLASSES),
    "status": classes.classed("status", status.CLASSES),
    "abc": Door(marks=buying.reliance),
    "concentration": Door(buying.concentration, buying.concentration_marks),
    "funnel": counted(buying.funnel),
    "cross": counted(classes.cross),
    "custom": Door(classes.custom, classes.custom_marks),
    "cohorts": counted(buying.cohorts),
}
A_ROW_IS_A_CLIENT = "every row is a client, whose columns name it"
SHUT: Mapping[str, str] = {
    **dict.fromkeys(
        ("clients", "activity", "calls", "coming", "movers", "whatif", "rfm", "lifespan"), A_ROW_IS_A_CLIENT
    ),
    "backtest": "it counts announcements, of which one client may have several",
    "receivables": "its rows are debtors and documents; a bar is the money of an age",
    "survival": "it counts lifetimes, of which one client may have several",
    "signals": "each of its sentences is of its own kind; the pages that they lead to have the doors",
    "windows": "it counts gaps between purchases",
    "rules": "it counts nothing",
    "whatif_segments": "its rows are of two sets of rules; whatif lists the clients",
}


def cells(view: View, row: dict[str, Any], query: Query) -> dict[str, Selection]:
    """Column -> what stands behind the row's number in it; only the columns that have a door."""
    return DOORS[view.name].cells(row, query) if view.name in DOORS else {}


def marks(view: View, rows: Sequence[dict[str, Any]], drawn: Sequence[dict[str, Any]], query: Query) -> Selections:
    """What stands behind every mark of the view's picture, in the order of its rows; None behind one without a door."""
    return DOORS[view.name].marks(rows, drawn, query) if view.name in DOORS else [None] * len(drawn)
