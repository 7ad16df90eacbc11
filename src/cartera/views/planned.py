"""View `planned`: how much is planned for the months to come, and where the plans come from."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from cartera import tongue
from cartera.facts.tables import Facts, Frame
from cartera.portfolio.planned_months import planned_months
from cartera.tongue import say, say_many
from cartera.views import overdue, phrasing
from cartera.views.view import Column, Picture, Query, View

COLUMNS = (
    Column("month_on", "Month", "date"),
    Column("source", "From", unknown="unknown"),
    Column("plan_count", "Plans", "count", total=True),
    Column("client_count", "Clients", "count"),
    Column("amount", "Planned", "money", total=True),
)
COLOURS = ("accent", "good", "new", "hibernating", "sleeping-away", "leaving", "muted")


def answer(facts: Facts, query: Query) -> Frame:
    """The rows of `portfolio.planned_months`."""
    return planned_months(facts, day=query.day)


def sentence(rows: list[dict[str, Any]], _: Query) -> str:
    """How much is planned in how many months, and in which one most."""
    if not rows:
        return say("Nothing is planned.")
    months: dict[date, Decimal] = {}
    for row in rows:
        months[row["month_on"]] = months.get(row["month_on"], Decimal(0)) + row["amount"]
    best = max(months, key=lambda month: (months[month], month))
    return say_many(
        "{count} plan to come, worth {money}; most in the month that begins on {month}, {most}.",
        "{count} plans to come, worth {money}; most in the month that begins on {month}, {most}.",
        count=phrasing.total(rows, "plan_count"), money=tongue.money(sum(months.values(), Decimal(0))), month=best,
        most=tongue.money(months[best]),
    )  # fmt: skip


def months(rows: list[dict[str, Any]], _: Query) -> list[dict[str, Any]]:
    """A stack per month, its sources one above the other."""
    sources = sorted({row["source"] or "unknown" for row in rows})
    return [
        {
            "month": row["month_on"].isoformat(), "segment": None, "clients": row["amount"], "group": source,
            "rank": sources.index(source), "colour": COLOURS[min(sources.index(source), len(COLOURS) - 1)],
            "label": say(
                "{month}, {source}: {money}", month=row["month_on"], source=source,
                money=tongue.money(row["amount"], places=2),
            ),
        }
        for row in rows for source in [row["source"] or "unknown"]
    ]  # fmt: skip


def notes(facts: Facts, query: Query) -> list[str]:
    """The plans that are late."""
    return overdue.notes(facts, day=query.day)


VIEW = View(
    "planned",
    "How much is planned for the months to come, and where does it come from?",
    answer,
    lambda _: COLUMNS,
    lambda _: ("month_on", "source"),
    picture=Picture("stacked_months", months),
    sentence=sentence,
    notes=notes,
    example="cartera show planned demo",
)
