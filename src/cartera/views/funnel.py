"""View `funnel`: how many clients come back once, twice, ... twelve times a year, and where they stop."""

from __future__ import annotations

from typing import Any

from cartera import tongue
from cartera.facts.tables import Facts, Frame
from cartera.portfolio.amounts import YEAR_DAYS
from cartera.portfolio.compared import period, short_history
from cartera.portfolio.frequency import NEARLY, RECURRING, FrequencyLimits, definitions
from cartera.portfolio.funnel import funnel
from cartera.portfolio.recurring import AS_OF_THEN, BASE
from cartera.views import left_out, phrasing
from cartera.views.class_bars import defined
from cartera.views.view import Column, Picture, Query, View

LIMITS = FrequencyLimits()
COLUMNS = (
    Column("stage", "Purchase dates, at least", "count"),
    Column("client_count", "Clients", "count"),
    Column("stop_count", "Stop here", "count", total=True),
    Column("drop_share", "Drop to the next", "share"),
    Column("amount", f"Last {YEAR_DAYS} days", "money"),
    Column("amount_share", "Share of revenue", "share"),
    Column("is_recurring", "Recurring", "flag", minor=True),
    Column("client_count_before", "Clients a year ago", "count"),
    Column("drop_share_before", "Drop a year ago", "share"),
    Column("amount_before", "Amount a year ago", "money", minor=True),
    Column("amount_share_before", "Share a year ago", "share", minor=True),
)


def answer(facts: Facts, query: Query) -> Frame:
    """The rows of `portfolio.funnel`."""
    return funnel(facts, day=query.day, policy=query.policy, limits=LIMITS)


def sentence(rows: list[dict[str, Any]], _: Query) -> str:
    """How many bought, how many are recurring with which share of the revenue, how many nearly."""
    everybody, bought, nearly, recurring = (rows[k] for k in (0, 1, LIMITS.recurring - 1, LIMITS.recurring))
    if not everybody["client_count"]:
        return f"Nobody is in the portfolio or bought in the last {YEAR_DAYS} days."
    size = phrasing.clients(everybody["client_count"])
    if not bought["client_count"]:
        return f"0 of {size} bought in the last {YEAR_DAYS} days."
    before = recurring["amount_share_before"]
    ago = "" if before is None else f" ({tongue.share(before)} a year before)"
    are = "is" if recurring["client_count"] == 1 else "are"
    return (
        f"{bought['client_count']:,} of {size} bought in the last {YEAR_DAYS} days; {recurring['client_count']:,} {are}"
        f" recurring, with {tongue.share(recurring['amount_share'])} of the revenue{ago};"
        f" {nearly['stop_count']:,} nearly recurring, one purchase short."
    )


def bars(rows: list[dict[str, Any]], _: Query) -> list[dict[str, Any]]:
    """One bar per stage, the recurring ones in the accent."""
    return [
        {
            "name": _name(row["stage"]), "clients": row["client_count"], "clients_text": f"{row['client_count']:,}",
            "colour": "accent" if row["is_recurring"] else "muted", "label": _label(row),
        }
        for row in rows
    ]  # fmt: skip


def notes(facts: Facts, query: Query) -> list[str]:
    """What the words mean, whether the year before is whole, and what the amounts leave out."""
    base = "The row 0 holds the clients in the portfolio, and those who bought and have left it since."
    revenue = f"Revenue is {BASE}; {AS_OF_THEN}, segments and voided documents included."
    words = [pair for pair in definitions(LIMITS) if pair[0] in (RECURRING, NEARLY)]
    apart = left_out.year_notes(facts, day=query.day)
    return [base, defined(words), revenue, *short_history(facts, period(query.day)), *apart]


def _name(stage: int) -> str:
    return f"{stage} or more" if stage else "All"


def _label(row: dict[str, Any]) -> str:
    told = f"{_name(row['stage'])} purchase dates: {phrasing.clients(row['client_count'])}"
    drop = row["drop_share"]
    return told if drop is None else f"{told}, {tongue.share(drop)} of them no more than that"


VIEW = View(
    "funnel",
    "How many clients come back again and again, and where do they stop?",
    answer,
    lambda _: COLUMNS,
    lambda _: ("stage",),
    picture=Picture("ranked_bars", bars),
    sentence=sentence,
    notes=notes,
    example="cartera show funnel demo",
)
