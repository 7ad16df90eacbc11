"""View `lifespan`: how long each client has been one, how often it left and came back."""

from __future__ import annotations

from statistics import median
from typing import Any

from cartera.facts.tables import Facts, Frame
from cartera.portfolio.lifespan import DEFINITIONS, lifespan
from cartera.portfolio.segments import inside_ids
from cartera.tongue import number, say_many, spoken
from cartera.views import phrasing
from cartera.views.view import Column, Query, View

COLUMNS = (
    Column("client_id", "Id", link="client_id", minor=True),
    Column("name", "Client", link="client_id"),
    Column("segment", "Segment", "segment"),
    Column("first_issued_on", "First invoice", "date", minor=True),
    Column("last_issued_on", "Last invoice", "date", minor=True),
    Column("relationship_days", "Relationship (days)", "days"),
    Column("portfolio_days", "In the portfolio (days)", "days"),
    Column("lifetime_count", "Lifetimes", "count", total=True),
    Column("ended_count", "Ended", "count", total=True),
    Column("return_count", "Returns", "count", total=True),
    Column("entered_on", "Came in", "date"),
    Column("left_on", "Left", "date"),
)


def answer(facts: Facts, query: Query) -> Frame:
    """The rows of `portfolio.lifespan`."""
    return lifespan(facts, day=query.day, policy=query.policy)


def sentence(rows: list[dict[str, Any]], query: Query) -> str:
    """How long those who are in the portfolio have been in it, how many lifetimes ended, who came back."""
    if not rows:
        return phrasing.no_client()
    inside = [row["portfolio_days"] for row in rows if row["segment"] in inside_ids(query.policy)]
    ended, back = phrasing.total(rows, "ended_count"), sum(row["return_count"] > 0 for row in rows)
    return say_many(
        "{inside}; {count} lifetime has ended and {back} came back.",
        "{inside}; {count} lifetimes have ended and {back} came back.",
        count=ended, inside=_so_far(inside), back=phrasing.clients(back),
    )  # fmt: skip


def _so_far(days: list[int]) -> str:
    """How many are in the portfolio, and for how long."""
    if not days:
        return say_many("{count} client in the portfolio", "{count} clients in the portfolio", count=0)
    return say_many(
        "{count} client in the portfolio, for {days} days so far",
        "{count} clients in the portfolio, half of them for {days} days or more so far",
        count=len(days), days=number(median(days)),
    )  # fmt: skip


def notes(_facts: Facts, _query: Query) -> list[str]:
    """What a lifetime, a return and a relationship are."""
    return [spoken(meaning) for _, meaning in DEFINITIONS]


VIEW = View(
    "lifespan",
    "How long do I keep each client, and who left and came back?",
    answer,
    lambda _: COLUMNS,
    lambda _: ("-relationship_days", "client_id"),
    sentence=sentence,
    notes=notes,
    example="cartera show lifespan demo",
)
