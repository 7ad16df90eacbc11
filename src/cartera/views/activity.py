"""View `activity`: every client with its segment, why, since when and what comes next."""

from __future__ import annotations

from cartera.facts.tables import Facts, Frame
from cartera.portfolio.activity import activity
from cartera.views import overdue
from cartera.views.view import Column, Query, View

COLUMNS = (
    Column("client_id", "Id", link="client_id", minor=True),
    Column("name", "Client", link="client_id"),
    Column("segment", "Segment", "segment"),
    Column("reason", "Reason", minor=True, is_worded=True),
    Column("since_on", "Since", "date"),
    Column("next_segment", "Next", "segment"),
    Column("next_on", "On", "date"),
    Column("days_left", "Days left", "days", minor=True),
    Column("last_issued_on", "Last invoice", "date"),
    Column("next_planned_on", "Next planned", "date", minor=True),
    Column("is_planned", "Planned", "flag", minor=True),
    Column("explanation", "Why", minor=True),
)


def answer(facts: Facts, query: Query) -> Frame:
    """The rows of `portfolio.activity`."""
    return activity(facts, day=query.day, policy=query.policy)


def notes(facts: Facts, query: Query) -> list[str]:
    """The plans that are late."""
    return overdue.notes(facts, day=query.day)


VIEW = View(
    "activity",
    "Where does every client stand, why, and what happens next if nobody acts?",
    answer,
    lambda _: COLUMNS,
    lambda _: ("client_id",),
    notes=notes,
    example="cartera show activity demo --where rep='Marta Ruiz'",
)
