"""View `frequency`: how often each client buys, and who is one purchase short of coming back regularly."""

from __future__ import annotations

from collections import Counter
from typing import Any

from cartera.facts.tables import Facts, Frame
from cartera.portfolio.amounts import YEAR_DAYS
from cartera.portfolio.frequency import (
    FREQUENT,
    NEARLY,
    NONE,
    OCCASIONAL,
    REGULAR,
    FrequencyLimits,
    definitions,
    frequency,
)
from cartera.tongue import say, say_many
from cartera.views import left_out, phrasing
from cartera.views.class_bars import class_bars, defined
from cartera.views.view import Column, Picture, Query, View

LIMITS = FrequencyLimits()
CLASSES = (FREQUENT, REGULAR, OCCASIONAL, NONE)
COLUMNS = (
    Column("client_id", "Id", link="client_id", minor=True),
    Column("name", "Client", link="client_id"),
    Column("segment", "Segment", "segment"),
    Column("purchase_count", "Purchase dates", "count", total=True),
    Column("frequency", "Frequency", is_worded=True),
    Column("recurrence", "Recurrence", is_worded=True),
    Column("last_issued_on", "Last invoice", "date", minor=True),
    Column("amount", "Last 365 days", "money", total=True),
)


def answer(facts: Facts, query: Query) -> Frame:
    """The rows of `portfolio.frequency`."""
    return frequency(facts, day=query.day, policy=query.policy, limits=LIMITS)


def sentence(rows: list[dict[str, Any]], _: Query) -> str:
    """How many bought, in which classes, and how many are nearly recurring."""
    if not rows:
        return phrasing.no_client()
    counts = Counter(row["frequency"] for row in rows)
    bought = len(rows) - counts[NONE]
    if not bought:
        size = phrasing.clients(len(rows))
        return say("0 of {clients} bought in the last {days} days.", clients=size, days=YEAR_DAYS)
    return say_many(
        "{bought} of {clients} bought in the last {days} days: {classes};"
        " {count} is nearly recurring, with purchases on exactly {dates} dates.",
        "{bought} of {clients} bought in the last {days} days: {classes};"
        " {count} are nearly recurring, with purchases on exactly {dates} dates.",
        count=sum(row["recurrence"] == NEARLY for row in rows), bought=bought, clients=phrasing.clients(len(rows)),
        days=YEAR_DAYS, classes=phrasing.tally((counts[name], name) for name in CLASSES if name != NONE),
        dates=LIMITS.recurring - 1,
    )  # fmt: skip


def bars(rows: list[dict[str, Any]], _: Query) -> list[dict[str, Any]]:
    """One bar per class of frequency."""
    return class_bars(rows, "frequency", CLASSES)


def notes(facts: Facts, query: Query) -> list[str]:
    """What the words mean, and what the amounts leave out."""
    return [defined(definitions(LIMITS)), *left_out.year_notes(facts, day=query.day)]


VIEW = View(
    "frequency",
    "How often does each client buy, and who is nearly recurring?",
    answer,
    lambda _: COLUMNS,
    lambda _: ("-purchase_count", "-amount", "client_id"),
    picture=Picture("ranked_bars", bars),
    sentence=sentence,
    notes=notes,
    example="cartera show frequency demo",
)
