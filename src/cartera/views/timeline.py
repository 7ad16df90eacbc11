"""View `timeline`: from which day until which was, is and will every client be in which segment?"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from cartera.facts.tables import Facts, Frame
from cartera.portfolio.timeline import timeline
from cartera.views import phrasing
from cartera.views.view import Column, Picture, Query, View

COLUMNS = (
    Column("client_id", "Id", link="client_id"),
    Column("segment", "Segment", "segment"),
    Column("reason", "Reason"),
    Column("from_on", "From", "date"),
    Column("until_on", "Until", "date"),
)
AHEAD = timedelta(days=400)  # how far a strip runs on when its last interval is open


def answer(facts: Facts, query: Query) -> Frame:
    """The rows of `portfolio.timeline`."""
    return timeline(facts, policy=query.policy)


def strip(rows: list[dict[str, Any]], query: Query) -> list[dict[str, Any]]:
    """The ribbon of the first client in the rows: one client is what a strip can show."""
    own = [row for row in rows if row["client_id"] == rows[0]["client_id"]] if rows else []
    ribbon = [
        {
            "kind": "segment", "segment": row["segment"], "from_on": row["from_on"].isoformat(),
            "until_on": (row["until_on"] or max(query.day, row["from_on"]) + AHEAD).isoformat(),
            "expected": row["from_on"] > query.day,
            "label": f"{phrasing.label(row['segment'])} from {row['from_on']} until {row['until_on'] or 'on'}",
        }
        for row in own
    ]  # fmt: skip
    return [*ribbon, {"kind": "day", "from_on": query.day.isoformat()}] if ribbon else []


VIEW = View(
    "timeline",
    "In which segment is every client, from which day until which?",
    answer,
    lambda _: COLUMNS,
    lambda _: ("client_id", "from_on"),
    picture=Picture("strip", strip),
    example="cartera show timeline demo --where name='Corvinwick Academy'",
)
