"""View `coverage`: for whom something is planned, for whom nothing, and what these were worth."""

from __future__ import annotations

from typing import Any

from cartera import tongue
from cartera.facts.tables import Facts, Frame
from cartera.portfolio.coverage import coverage
from cartera.portfolio.segments import ranked
from cartera.tongue import say, say_many
from cartera.views import overdue, phrasing
from cartera.views.view import Column, Picture, Query, View

COLUMNS = (
    Column("segment", "Segment", "segment"),
    Column("client_count", "Clients", "count", total=True),
    Column("planned_count", "With a plan", "count", total=True),
    Column("planned_share", "Share", "share"),
    Column("planned_amount", "Planned", "money", total=True),
    Column("unplanned_count", "Without a plan", "count", total=True),
    Column("at_stake", "Their last year", "money", total=True),
)


def answer(facts: Facts, query: Query) -> Frame:
    """The rows of `portfolio.coverage`, with the segments' order."""
    return ranked(coverage(facts, day=query.day, policy=query.policy), facts, query.policy)


def sentence(rows: list[dict[str, Any]], _: Query) -> str:
    """For how many clients nothing is planned, and what they were worth."""
    size, without = phrasing.total(rows, "client_count"), phrasing.total(rows, "unplanned_count")
    if not size:
        return say("Nobody is in the portfolio.")
    if not without:
        return say("Something is planned for everybody in the portfolio.")
    return say_many(
        "Nothing is planned for {count} of {clients} in the portfolio, worth {worth} in its last year.",
        "Nothing is planned for {count} of {clients} in the portfolio, worth {worth} in their last year.",
        count=without, clients=phrasing.clients(size), worth=tongue.money(phrasing.total(rows, "at_stake")),
    )  # fmt: skip


def bars(rows: list[dict[str, Any]], _: Query) -> list[dict[str, Any]]:
    """One bar per segment: its clients for whom nothing is planned."""
    return [
        {
            "segment": row["segment"], "clients": row["unplanned_count"],
            "clients_text": tongue.number(row["unplanned_count"]),
            "label": say(
                "{segment}: {clients} without a plan", segment=phrasing.label(row["segment"]),
                clients=phrasing.clients(row["unplanned_count"]),
            ),
        }
        for row in rows
    ]  # fmt: skip


def notes(facts: Facts, query: Query) -> list[str]:
    """The plans that are late."""
    return overdue.notes(facts, day=query.day)


VIEW = View(
    "coverage",
    "For which clients is nothing planned, and what were they worth?",
    answer,
    lambda _: COLUMNS,
    lambda _: ("rank",),
    picture=Picture("ranked_bars", bars),
    sentence=sentence,
    notes=notes,
    example="cartera show coverage demo",
)
