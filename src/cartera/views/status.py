"""View `status`: who could buy, who may, who does and comes back, who does, and who no longer does."""

from __future__ import annotations

from collections import Counter
from typing import Any

from cartera.facts.tables import Facts, Frame
from cartera.portfolio.frequency import FrequencyLimits
from cartera.portfolio.status import STATUSES, definitions, not_told, status
from cartera.tongue import say, say_many
from cartera.views import left_out, phrasing
from cartera.views.class_bars import class_bars, defined
from cartera.views.view import Column, Picture, Query, View

LIMITS = FrequencyLimits()
CLASSES = tuple(one.id for one in STATUSES)
COLUMNS = (
    Column("client_id", "Id", link="client_id", minor=True),
    Column("name", "Client", link="client_id"),
    Column("status", "Status", is_worded=True),
    Column("segment", "Segment", "segment"),
    Column("interest", "Interest", "flag", minor=True),
    Column("can_pay", "Can pay", "flag", minor=True),
    Column("purchase_count", "Purchase dates", "count", total=True),
    Column("last_issued_on", "Last invoice", "date", minor=True),
    Column("next_planned_on", "Next planned", "date"),
    Column("amount", "Last 365 days", "money", total=True),
)


def answer(facts: Facts, query: Query) -> Frame:
    """The rows of `portfolio.status`."""
    return status(facts, day=query.day, policy=query.policy, limits=LIMITS)


def sentence(rows: list[dict[str, Any]], _: Query) -> str:
    """How many clients have each status."""
    if not rows:
        return phrasing.no_client()
    counts = Counter(row["status"] for row in rows)
    told = phrasing.tally((counts[name], name) for name in CLASSES if counts[name])
    return say_many("{count} client: {classes}.", "{count} clients: {classes}.", count=len(rows), classes=told)


def bars(rows: list[dict[str, Any]], _: Query) -> list[dict[str, Any]]:
    """One bar per status."""
    return class_bars(rows, "status", CLASSES)


def notes(facts: Facts, query: Query) -> list[str]:
    """What the words mean, what is missing to tell them apart, and what the amounts leave out."""
    told, missing = [defined(definitions(LIMITS))], not_told(facts)
    if len(missing) > 1:
        told.append(
            say(
                "No column says interest and can_pay, so the rest decides who is potential: to tell them, add the"
                " columns to the clients table, with true or false."
            )
        )
    elif missing:
        told.append(
            say(
                "No column says {column}, so the rest decides who is potential: to tell them, add the column to the"
                " clients table, with true or false.",
                column=missing[0],
            )
        )
    return told + left_out.year_notes(facts, day=query.day)


VIEW = View(
    "status",
    "Who could buy, who buys once in a while, who keeps buying, and who no longer does?",
    answer,
    lambda _: COLUMNS,
    lambda _: ("-amount", "client_id"),
    picture=Picture("ranked_bars", bars),
    sentence=sentence,
    notes=notes,
    example="cartera show status demo",
)
