"""View `segments`: where the portfolio stands, beside a month and a year before, and the money that is cooling."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from cartera import tongue
from cartera.facts.tables import Facts, Frame
from cartera.portfolio.amounts import YEAR_DAYS
from cartera.portfolio.before import segments_before
from cartera.portfolio.segments import at_risk_ids, inside_ids, ranked
from cartera.tongue import say, say_many
from cartera.views import composition, left_out, phrasing
from cartera.views.view import Column, Picture, Query, View


def answer(facts: Facts, query: Query) -> Frame:
    """The rows of `portfolio.segments_before`, in the order of the segments."""
    return ranked(segments_before(facts, day=query.day, policy=query.policy), facts, query.policy)


def columns(_: Query) -> tuple[Column, ...]:
    """The segment, its clients and its money now, and what changed."""
    return (
        Column("segment", "Segment", "segment"),
        Column("is_inside", "In the portfolio", "flag", minor=True),
        Column("client_count", "Clients", "count", total=True),
        Column("client_share", "Share of portfolio", "share"),
        Column("month_change", "In a month", "count", total=True, is_change=True),
        Column("year_change", "In a year", "count", total=True, is_change=True),
        Column("amount", say("Last {days} days", days=YEAR_DAYS), "money", total=True),
        Column("amount_share", "Share of money", "share", minor=True),
        Column("month_amount_change", "Money in a month", "money", total=True, minor=True, is_change=True),
        Column("year_amount_change", "Money in a year", "money", total=True, minor=True, is_change=True),
        Column("at_stake", "Their last year", "money", total=True, minor=True),
        Column("planned_amount", "Planned", "money", total=True),
    )


def sentence(rows: list[dict[str, Any]], query: Query) -> str:
    """How many are in the portfolio, how much they were than before, and the money that is cooling."""
    inside = [row for row in rows if row["segment"] in inside_ids(query.policy)]
    size = phrasing.total(inside, "client_count")
    if not size:
        return phrasing.nobody_inside()
    count, worth = at_risk(rows, query)
    cooling = say_many(
        "{clients} in the portfolio; {count} is cooling and was worth {worth} in its last year.",
        "{clients} in the portfolio; {count} are cooling and were worth {worth} in their last year.",
        count=count, clients=phrasing.clients(size), worth=tongue.money(worth),
    )  # fmt: skip
    calm = say("{clients} in the portfolio; nobody is cooling.", clients=phrasing.clients(size))
    return cooling if count else calm


def at_risk(rows: list[dict[str, Any]], query: Query) -> tuple[int, Decimal]:
    """How many clients are cooling, and what they were worth in the year up to their last invoice."""
    cooling = [row for row in rows if row["segment"] in at_risk_ids(query.policy)]
    return phrasing.total(cooling, "client_count"), sum((row["at_stake"] for row in cooling), Decimal(0))


def bars(rows: list[dict[str, Any]], query: Query) -> list[dict[str, Any]]:
    """One bar per segment."""
    return composition.bars(rows, query)


def notes(facts: Facts, query: Query) -> list[str]:
    """What the amounts leave out."""
    return left_out.year_notes(facts, day=query.day)


VIEW = View(
    "segments",
    "Where does the portfolio stand, and what changed in a month and in a year?",
    answer,
    columns,
    lambda _: ("rank",),
    picture=Picture("ranked_bars", bars),
    sentence=sentence,
    notes=notes,
    example="cartera show segments demo",
)
