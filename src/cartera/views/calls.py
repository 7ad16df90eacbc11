"""View `calls`: whom to contact today, by the money at stake and by how near the day is on which they leave."""

from __future__ import annotations

from typing import Any

from cartera import tongue
from cartera.facts.tables import Facts, Frame
from cartera.portfolio.calls import NEAR_DAYS, REVIEW, STEP, WHYS, calls
from cartera.tongue import say, say_many
from cartera.views import left_out, phrasing
from cartera.views.view import Column, Query, View

COLUMNS = (
    Column("client_id", "Id", link="client_id", minor=True),
    Column("name", "Client", link="client_id"),
    Column("segment", "Segment", "segment"),
    Column("why", "Why", values=WHYS),
    Column("due_on", "Due on", "date", minor=True),
    Column("step", "Next step", minor=True),
    Column("last_issued_on", "Last invoice", "date", minor=True),
    Column("days_since", "Days since", "days", minor=True),
    Column("leaves_on", "Leaves on", "date"),
    Column("days_left", "In days", "days"),
    Column("amount", "Last 365 days", "money", total=True, minor=True),
    Column("at_stake", "Its last year", "money", total=True),
    Column("nearness", "Nearness", "share", minor=True),
    Column("urgency", "Urgency", "number", minor=True),
    Column("rep", "Rep"),
    Column("email", "E-mail", minor=True),
    Column("phone", "Phone", minor=True),
)
MOST = 10  # as many as a person calls in a week beside its other work


def answer(facts: Facts, query: Query) -> Frame:
    """The rows of `portfolio.calls`."""
    return calls(facts, day=query.day, policy=query.policy)


def sentence(rows: list[dict[str, Any]], _: Query) -> str:
    """How many of them to call this week, what is at stake, and who leaves first."""
    if not rows:
        return say("Nobody needs you today.")
    first = rows[:MOST]
    worth = tongue.money_short(phrasing.total(first, "at_stake"))
    told = say_many(
        "{count} client to call this week: {worth} at stake", "{count} clients to call this week: {worth} at stake",
        count=len(first), worth=worth,
    )  # fmt: skip
    leaving = min((row for row in first if row["leaves_on"]), key=lambda row: row["leaves_on"], default=None)
    if leaving is None:
        return f"{told}."
    if len(first) == 1:
        return say("{told}; it leaves on {day}.", told=told, day=leaving["leaves_on"])
    return say("{told}; the first, {name}, leaves on {day}.", told=told, name=leaving["name"], day=leaving["leaves_on"])


def notes(facts: Facts, query: Query) -> list[str]:
    """How the rows are ranked, and what the amounts leave out."""
    return [formula(), *left_out.year_notes(facts, day=query.day)]


def formula() -> str:
    """How the rows are ranked."""
    return say(
        "Ranked by the money of its last year times nearness: 1 for what is due and for who leaves within {days} days,"
        " else {days} by the days left.",
        days=NEAR_DAYS,
    )


def next_up(coming: list[dict[str, Any]]) -> str:
    """Who changes next, of the rows of the view `coming`; empty when nobody does."""
    first = min(coming, key=lambda row: (row["next_on"], row["client_id"]), default=None)
    if first is None:
        return ""
    return say(
        "Next: {name} is {segment} from {day} on.",
        name=first["name"], segment=phrasing.label(first["next_segment"]), day=first["next_on"],
    )  # fmt: skip


def why_said(row: dict[str, Any]) -> str:
    """Why this client is to be contacted, in one line."""
    if row["why"] == STEP:
        due = say("next step since {day}", day=row["due_on"])
        return say("{due}: {step}", due=due, step=row["step"]) if row["step"] else due
    if row["why"] == REVIEW:
        return say("to be looked at again since {day}", day=row["due_on"])
    parts = [_silence(row), say("nothing planned")]
    if row["days_left"] is not None:
        parts.append(say_many("leaves in {count} day", "leaves in {count} days", count=row["days_left"]))
    return tongue.listed(parts)


def _silence(row: dict[str, Any]) -> str:
    if row["days_since"] is None:
        return say("never invoiced")
    return say_many(
        "last invoice {count} day ago", "last invoice {count} days ago", count=row["days_since"]
    )  # fmt: skip


VIEW = View(
    "calls",
    "Whom to contact today?",
    answer,
    lambda _: COLUMNS,
    lambda _: ("-urgency", "client_id"),
    sentence=sentence,
    notes=notes,
    example="cartera show calls demo",
)
