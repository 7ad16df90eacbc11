"""Views `moves` and `movers`: who went from where to where between two days, and why."""

from __future__ import annotations

from datetime import date
from typing import Any

from cartera import tongue
from cartera.calendar import add_months
from cartera.facts.tables import Facts, Frame
from cartera.portfolio.moves import movers, moves
from cartera.portfolio.segments import ranked
from cartera.tongue import Value, say, say_many, text
from cartera.views import phrasing
from cartera.views.view import Column, Picture, Query, View

FROM = Column("from_segment", "From", "segment", unknown="Not a client yet")
CAUSES = (text("invoice", "value"), text("plan", "value"), text("mark", "value"), text("time", "value"))
MATRIX = (
    FROM,
    Column("to_segment", "To", "segment"),
    Column("client_count", "Clients", "count", total=True),
    Column("amount", "Last 365 days", "money", total=True),
    Column("is_stay", "Stayed", "flag"),
)
LIST = (
    Column("client_id", "Id", link="client_id", minor=True),
    Column("name", "Client", link="client_id"),
    FROM,
    Column("to_segment", "To", "segment"),
    Column("moved_on", "On", "date"),
    Column("cause", "Cause", values=CAUSES),
    Column("amount", "Last 365 days", "money", total=True),
)


def since(query: Query) -> date:
    """The earlier of the two days: a month before, unless the query says otherwise."""
    return query.since or add_months(query.day, -1)


def answer(facts: Facts, query: Query) -> Frame:
    """The rows of `portfolio.moves`."""
    rows = moves(facts, since=since(query), day=query.day, policy=query.policy)
    rows = ranked(rows, facts, query.policy, "from_segment", "from_rank")
    return ranked(rows, facts, query.policy, "to_segment", "to_rank")


def answer_movers(facts: Facts, query: Query) -> Frame:
    """The rows of `portfolio.movers`."""
    return movers(facts, since=since(query), day=query.day, policy=query.policy)


def sentence(rows: list[dict[str, Any]], query: Query) -> str:
    """How many changed segment, and how many are new."""
    fresh = sum(row["client_count"] for row in rows if row["from_segment"] is None)
    moved = sum(row["client_count"] for row in rows if row["from_segment"] and not row["is_stay"])
    told: dict[str, Value] = {"day": since(query), "clients": phrasing.clients(moved)}
    if not fresh:
        return say("Since {day}, {clients} changed segment and nobody became a client.", **told)
    return say_many(
        "Since {day}, {clients} changed segment and {count} became a client.",
        "Since {day}, {clients} changed segment and {count} became clients.",
        count=fresh, **told,
    )  # fmt: skip


def sentence_movers(rows: list[dict[str, Any]], query: Query) -> str:
    """How many moved, and by what."""
    causes = {cause: sum(row["cause"] == cause for row in rows) for cause in CAUSES}
    told = tongue.listed(
        say("{count} by {cause}", count=count, cause=phrasing.word(cause)) for cause, count in causes.items() if count
    )
    if not told:
        return say("Nobody moved since {day}.", day=since(query))
    return say_many(
        "{count} client moved since {day}: {causes}.", "{count} clients moved since {day}: {causes}.",
        count=len(rows), day=since(query), causes=told,
    )  # fmt: skip


def cells(rows: list[dict[str, Any]], query: Query) -> list[dict[str, Any]]:
    """The matrix: tint by the share of those who started in the same segment."""
    starts: dict[Any, int] = {}
    for row in rows:
        starts[row["from_segment"]] = starts.get(row["from_segment"], 0) + row["client_count"]
    ranks = {segment.id: n for n, segment in enumerate(query.policy.segments)}
    return [
        {
            "x": row["to_segment"], "y": phrasing.label(row["from_segment"]), "x_rank": ranks[row["to_segment"]],
            "y_rank": ranks.get(row["from_segment"], -1), "share": row["client_count"] / starts[row["from_segment"]],
            "text": tongue.number(row["client_count"]), "stayed": row["is_stay"],
            "label": say(
                "{before} to {after}: {clients}",
                before=phrasing.label(row["from_segment"]), after=phrasing.label(row["to_segment"]),
                clients=phrasing.clients(row["client_count"]),
            ),
        }
        for row in rows
    ]  # fmt: skip


VIEW = View(
    "moves",
    "How many clients moved between two days, from where to where?",
    answer,
    lambda _: MATRIX,
    lambda _: ("from_rank", "to_rank"),
    picture=Picture("grid", cells),
    spread=("to_segment", "client_count"),
    sentence=sentence,
    takes=frozenset({"since"}),
    example="cartera show moves demo --since 2026-01-01",
)
MOVERS = View(
    "movers",
    "Who moved between two days, when, and what made it move?",
    answer_movers,
    lambda _: LIST,
    lambda _: ("-moved_on", "client_id"),
    sentence=sentence_movers,
    takes=frozenset({"since"}),
    example="cartera show movers demo --since 2026-01-01",
)
