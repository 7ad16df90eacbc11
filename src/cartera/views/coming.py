"""View `coming`: who changes segment next, when, and how much is at stake, if nobody acts."""

from __future__ import annotations

from typing import Any

from cartera import tongue
from cartera.facts.tables import Facts, Frame
from cartera.portfolio.ahead import without_plans
from cartera.portfolio.coming import coming
from cartera.tongue import say, say_many
from cartera.views import left_out, overdue, phrasing
from cartera.views.view import Column, Query, View

COLUMNS = (
    Column("client_id", "Id", link="client_id", minor=True),
    Column("name", "Client", link="client_id"),
    Column("segment", "Now", "segment"),
    Column("next_segment", "Next", "segment"),
    Column("next_on", "On", "date"),
    Column("days_until", "In days", "days"),
    Column("at_stake", "Its last year", "money", total=True),
    Column("planned_amount", "Planned", "money", total=True, minor=True),
    Column("next_planned_on", "Next planned", "date", minor=True),
)
SOON_DAYS = 30
IGNORED = "ignored"


def answer(facts: Facts, query: Query) -> Frame:
    """The rows of `portfolio.coming`. options: `planned` ignored leaves out what is planned."""
    facts = without_plans(facts, query.day) if query.options.get("planned") == IGNORED else facts
    return coming(facts, day=query.day, policy=query.policy)


def sentence(rows: list[dict[str, Any]], query: Query) -> str:
    """Who leaves the portfolio within 30 days, and what they were worth."""
    outside = {segment.id for segment in query.policy.segments if not segment.inside}
    leaving = [row for row in rows if row["next_segment"] in outside]
    soon = [row for row in leaving if row["days_until"] <= SOON_DAYS]
    if not soon:
        first = min(leaving, key=lambda row: row["next_on"], default=None)
        nobody = say("Nobody leaves within {days} days.", days=SOON_DAYS)
        if first is None:
            return nobody
        return nobody + " " + say("The first to go is {name} on {day}.", name=first["name"], day=first["next_on"])
    first = min(soon, key=lambda row: row["next_on"])
    return say_many(
        "{count} client leaves within {days} days if nobody acts, worth {worth} in its last year;"
        " it is {name} on {day}.",
        "{count} clients leave within {days} days if nobody acts, worth {worth} in their last year;"
        " the first is {name} on {day}.",
        count=len(soon), days=SOON_DAYS, worth=tongue.money(phrasing.total(soon, "at_stake")), name=first["name"],
        day=first["next_on"],
    )  # fmt: skip


def notes(facts: Facts, query: Query) -> list[str]:
    """What the amounts leave out, and the plans that are late."""
    return [*left_out.year_notes(facts, day=query.day), *overdue.notes(facts, day=query.day)]


VIEW = View(
    "coming",
    "Who changes segment next, when, and how much is at stake?",
    answer,
    lambda _: COLUMNS,
    lambda _: ("next_on", "-at_stake", "client_id"),
    sentence=sentence,
    notes=notes,
    takes=frozenset({"planned"}),
    example="cartera show coming demo --where segment=leaving",
)
