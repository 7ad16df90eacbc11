"""View `backtest`: would these rules have warned us of the clients that stopped?"""

from __future__ import annotations

from typing import Any

from cartera.facts.tables import Facts, Frame
from cartera.portfolio.backtest import backtest
from cartera.tongue import number, say, say_many
from cartera.views.view import Column, Query, View

COLUMNS = (
    Column("cutoff_on", "Cut-off", "date"),
    Column("client_count", "Clients", "count"),
    Column("stopped_count", "Stopped", "count"),
    Column("announced_stopped_count", "of these announced", "count"),
    Column("announced_stopped_share", "share", "share"),
    Column("median_days_to_lost", "Days to lost", "number"),
    Column("announced_count", "Announced", "count"),
    Column("again_count", "Invoiced again", "count"),
    Column("again_share", "share", "share"),
    Column("median_days_to_invoice", "after days", "number"),
    Column("lost_count", "Lost since", "count"),
    Column("open_count", "No outcome", "count"),
    Column("is_short_history", "Short history", "flag"),
)


def answer(facts: Facts, query: Query) -> Frame:
    """The rows of `portfolio.backtest`."""
    return backtest(facts, day=query.day, policy=query.policy)


def sentence(rows: list[dict[str, Any]], _: Query) -> str:
    """The first cut-off in words: a year is long enough for an outcome."""
    row = rows[0]
    if row["is_short_history"]:
        return say(
            "Not enough history: on {day} the facts were too young for a client to have cooled down.",
            day=row["cutoff_on"],
        )
    if not row["client_count"]:
        return say("Not enough history: nobody was in the portfolio on {day}.", day=row["cutoff_on"])
    return f"{_announced(row)} {_again(row)}"


def _announced(row: dict[str, Any]) -> str:
    ahead, counts = row["median_days_to_lost"], {"day": row["cutoff_on"], "announced": row["announced_stopped_count"]}
    if ahead is None:
        return say_many(
            "Of {count} clients who stopped since {day}, the rules had announced {announced}.",
            "Of {count} clients who stopped since {day}, the rules had announced {announced}.",
            count=row["stopped_count"], **counts,
        )  # fmt: skip
    return say_many(
        "Of {count} clients who stopped since {day}, the rules had announced {announced}, a median of {days} days"
        " before they were lost.",
        "Of {count} clients who stopped since {day}, the rules had announced {announced}, a median of {days} days"
        " before they were lost.",
        count=row["stopped_count"], days=number(ahead), **counts,
    )  # fmt: skip


def _again(row: dict[str, Any]) -> str:
    days, counts = row["median_days_to_invoice"], {"again": row["again_count"], "open": row["open_count"]}
    if days is None:
        return say_many(
            "Of {count} announced, {again} invoiced again and {open} have no outcome yet.",
            "Of {count} announced, {again} invoiced again and {open} have no outcome yet.",
            count=row["announced_count"], **counts,
        )  # fmt: skip
    return say_many(
        "Of {count} announced, {again} invoiced again (after a median of {days} days) and {open} have no outcome yet.",
        "Of {count} announced, {again} invoiced again (after a median of {days} days) and {open} have no outcome yet.",
        count=row["announced_count"], days=number(days), **counts,
    )  # fmt: skip


VIEW = View(
    "backtest",
    "Would these rules have warned us?",
    answer,
    lambda _: COLUMNS,
    lambda _: ("cutoff_on",),
    sentence=sentence,
    example="cartera backtest demo",
)
