"""View `backtest`: would these rules have warned us of the clients that stopped?"""

from __future__ import annotations

from typing import Any

from cartera.facts.tables import Facts, Frame
from cartera.portfolio.backtest import backtest
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
        return f"Not enough history: on {row['cutoff_on']} the facts were too young for a client to have cooled down."
    if not row["client_count"]:
        return f"Not enough history: nobody was in the portfolio on {row['cutoff_on']}."
    ahead = row["median_days_to_lost"]
    when = f", a median of {ahead:.0f} days before they were lost" if ahead is not None else ""
    again = row["median_days_to_invoice"]
    after = f" (after a median of {again:.0f} days)" if again is not None else ""
    return (
        f"Of {row['stopped_count']:,} clients who stopped since {row['cutoff_on']}, the rules had announced"
        f" {row['announced_stopped_count']:,}{when}. Of {row['announced_count']:,} announced, {row['again_count']:,}"
        f" invoiced again{after} and {row['open_count']:,} have no outcome yet."
    )


VIEW = View(
    "backtest",
    "Would these rules have warned us?",
    answer,
    lambda _: COLUMNS,
    lambda _: ("cutoff_on",),
    sentence=sentence,
    example="cartera backtest demo",
)
