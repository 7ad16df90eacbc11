"""View `timeline`: from which day until which was, is and will every client be in which segment?"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from cartera.errors import InputError
from cartera.facts.tables import Facts, Frame
from cartera.portfolio.timeline import timeline
from cartera.tongue import say, say_many
from cartera.views import phrasing
from cartera.views.client import interval
from cartera.views.view import Column, Picture, Query, View

COLUMNS = (
    Column("client_id", "Id", link="client_id"),
    Column("segment", "Segment", "segment"),
    Column("reason", "Reason", is_worded=True),
    Column("from_on", "From", "date"),
    Column("until_on", "Until", "date"),
)
AHEAD = timedelta(days=400)  # how far a strip runs on when its last interval is open


def answer(facts: Facts, query: Query) -> Frame:
    """The rows of `portfolio.timeline`."""
    return timeline(facts, policy=query.policy)


def strip(rows: list[dict[str, Any]], query: Query) -> list[dict[str, Any]]:
    """The ribbon of the one client in the rows; InputError when there are several, because a strip shows one."""
    clients = {row["client_id"] for row in rows}
    if len(clients) > 1:
        raise InputError(
            say("a picture of the timeline shows one client, and {count} were asked for.", count=len(clients)),
            fix=say("Name it: --where client_id={client}", client=min(clients)),
        )
    ribbon = [
        {
            "kind": "segment", "segment": row["segment"], "from_on": row["from_on"].isoformat(),
            "until_on": (row["until_on"] or max(query.day, row["from_on"]) + AHEAD).isoformat(),
            "expected": row["from_on"] > query.day,
            "label": interval(phrasing.label(row["segment"]), row["from_on"], row["until_on"]),
        }
        for row in rows
    ]  # fmt: skip
    return [*ribbon, {"kind": "day", "from_on": query.day.isoformat()}] if ribbon else []


def sentence(rows: list[dict[str, Any]], _: Query) -> str:
    """How many intervals of how many clients."""
    return say_many(
        "{count} intervals of {clients}.", "{count} intervals of {clients}.",
        count=len(rows), clients=phrasing.clients(len({row["client_id"] for row in rows})),
    )  # fmt: skip


VIEW = View(
    "timeline",
    "In which segment is every client, from which day until which?",
    answer,
    lambda _: COLUMNS,
    lambda _: ("client_id", "from_on"),
    picture=Picture("strip", strip),
    sentence=sentence,
    example="cartera show timeline demo --where name='Corvinwick Academy'",
)
