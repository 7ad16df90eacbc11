"""View `lifespan`: how long each client has been one, how often it left and came back."""

from __future__ import annotations

from statistics import median
from typing import Any

from cartera.facts.tables import Facts, Frame
from cartera.portfolio.lifespan import DEFINITIONS, lifespan
from cartera.portfolio.segments import inside_ids
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
        return "No client yet."
    inside = [row["portfolio_days"] for row in rows if row["segment"] in inside_ids(query.policy)]
    ended, back = phrasing.total(rows, "ended_count"), sum(row["return_count"] > 0 for row in rows)
    half = "" if len(inside) == 1 else "half of them "
    so_far = f", {half}for {median(inside):,.0f} days{' or more' if half else ''} so far" if inside else ""
    have = "lifetime has" if ended == 1 else "lifetimes have"
    return (
        f"{phrasing.clients(len(inside))} in the portfolio{so_far}; {ended:,} {have} ended and"
        f" {phrasing.clients(back)} came back."
    )


def notes(_facts: Facts, _query: Query) -> list[str]:
    """What a lifetime, a return and a relationship are."""
    return [text for _, text in DEFINITIONS]


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
