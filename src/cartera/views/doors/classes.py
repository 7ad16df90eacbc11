"""Who stands behind the numbers of the views that class clients, cross classes, score, or tell of one client?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from cartera.portfolio import client as parts
from cartera.portfolio.classes import CLASSIFICATIONS
from cartera.portfolio.cross import both
from cartera.views.custom import CLIENT as BY_CLIENT
from cartera.views.doors.kinds import Door, Drawn, Rows, Selections
from cartera.views.selection import CLIENT, Selection, behind
from cartera.views.view import Query

OTHER_CLASSES = ("window", "measure", "scores", "frequency")  # options under which a class means other clients


def classed(name: str, classes: Sequence[str]) -> Door:
    """A door of a view that has a bar for every class of a name, in their order."""

    def marks(rows: Rows, drawn: Drawn, query: Query) -> Selections:
        if query.options.keys() & set(OTHER_CLASSES):
            return [None] * len(drawn)
        counts = {one: sum(row[name] == one for row in rows) for one in classes}
        return [behind(counts[one], ((name, one),)) for one in classes] if drawn else []

    return Door(marks=marks)


def rfm_grid(row: dict[str, Any], query: Query) -> dict[str, Selection]:
    """The clients of a cell of the grid, or those without a purchase."""
    if query.options.keys() & set(OTHER_CLASSES):
        return {}
    scores = tuple((name, "" if row[name] is None else f"{row[name]}") for name in ("r_score", "fm_score"))
    return {"client_count": behind(row["client_count"], scores)}


def rfm_grid_marks(rows: Rows, _drawn: Drawn, query: Query) -> Selections:
    """The cells of the grid."""
    return [rfm_grid(row, query).get("client_count") for row in rows if row["r_score"] is not None]


def cross(row: dict[str, Any], query: Query) -> dict[str, Selection]:
    """The clients of both classes."""
    pair = both(query.by)
    if any(row[name] is None and name in CLASSIFICATIONS for name in pair):
        return {}
    return {"client_count": behind(row["client_count"], [(name, row[name] or "") for name in pair])}


def custom(row: dict[str, Any], query: Query) -> dict[str, Selection]:
    """The clients of a custom segment."""
    return {} if query.by else {"client_count": behind(row["client_count"], (("custom", row["custom"]),))}


def custom_marks(rows: Rows, _drawn: Drawn, query: Query) -> Selections:
    """The same, also of a list, which has a row per client."""
    if query.by != (BY_CLIENT,):
        return [custom(row, query)["client_count"] for row in rows]
    names = [row["custom"] for row in rows]
    return [behind(names.count(name), (("custom", name),)) for name in dict.fromkeys(names)]


def profile(rows: Rows, drawn: Drawn, _query: Query) -> Selections:
    """The client on the day on which a segment, an invoice or a plan begins."""
    client_id = next(row["text"] for row in rows if row["section"] == parts.CLIENT)
    return strip(client_id, drawn)


def timeline(rows: Rows, drawn: Drawn, _query: Query) -> Selections:
    """The client on the day on which a segment begins."""
    return strip(rows[0]["client_id"], drawn) if rows else []


def strip(client_id: str, drawn: Drawn) -> Selections:
    """The profile of the client on the day of each mark that is an event."""
    return [
        Selection(((BY_CLIENT, client_id),), None, date.fromisoformat(mark["from_on"]), CLIENT)
        if mark["kind"] in ("segment", "invoice") else None
        for mark in drawn
    ]  # fmt: skip
