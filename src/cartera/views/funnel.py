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
from cartera.tongue import number, say, say_many, spoken
from cartera.views import left_out, phrasing
from cartera.views.class_bars import defined
from cartera.views.view import Column, Picture, Query, View

LIMITS = FrequencyLimits()
COLUMNS = (
    Column("stage", "Purchase dates, at least", "count"),
    Column("client_count", "Clients", "count"),
    Column("stop_count", "Stop here", "count", total=True),
    Column("drop_share", "Drop to the next", "share"),
    Column("amount", "Last 365 days", "money"),
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
        return say("Nobody is in the portfolio or bought in the last {days} days.", days=YEAR_DAYS)
    size = phrasing.clients(everybody["client_count"])
    if not bought["client_count"]:
        return say("0 of {clients} bought in the last {days} days.", clients=size, days=YEAR_DAYS)
    told = {
        "bought": number(bought["client_count"]), "clients": size, "days": YEAR_DAYS, "nearly": nearly["stop_count"],
        "share": _with_last_year(recurring),
    }  # fmt: skip
    return say_many(
        "{bought} of {clients} bought in the last {days} days; {count} is recurring, with {share};"
        " {nearly} nearly recurring, one purchase short.",
        "{bought} of {clients} bought in the last {days} days; {count} are recurring, with {share};"
        " {nearly} nearly recurring, one purchase short.",
        count=recurring["client_count"], **told,
    )  # fmt: skip


def _with_last_year(row: dict[str, Any]) -> str:
    share, before = tongue.share(row["amount_share"]), row["amount_share_before"]
    if before is None:
        return say("{share} of the revenue", share=share)
    return say("{share} of the revenue ({before} a year before)", share=share, before=tongue.share(before))


def bars(rows: list[dict[str, Any]], _: Query) -> list[dict[str, Any]]:
    """One bar per stage, the recurring ones in the accent."""
    return [
        {
            "name": _name(row["stage"]), "clients": row["client_count"], "clients_text": number(row["client_count"]),
            "colour": "accent" if row["is_recurring"] else "muted", "label": _label(row),
        }
        for row in rows
    ]  # fmt: skip


def notes(facts: Facts, query: Query) -> list[str]:
    """What the words mean, whether the year before is whole, and what the amounts leave out."""
    base = say("The row 0 holds the clients in the portfolio, and those who bought and have left it since.")
    revenue = say(
        "Revenue is {base}; {then}, segments and voided documents included.",
        base=spoken(BASE), then=spoken(AS_OF_THEN),
    )  # fmt: skip
    words = [pair for pair in definitions(LIMITS) if pair[0] in (RECURRING, NEARLY)]
    apart = left_out.year_notes(facts, day=query.day)
    return [base, defined(words), revenue, *short_history(facts, period(query.day)), *apart]


def _name(stage: int) -> str:
    return say("{count} or more", count=stage) if stage else say("All")


def _label(row: dict[str, Any]) -> str:
    told = {"stage": _name(row["stage"]), "clients": phrasing.clients(row["client_count"])}
    if row["drop_share"] is None:
        return say("{stage} purchase dates: {clients}", **told)
    drop = tongue.share(row["drop_share"])
    return say("{stage} purchase dates: {clients}, {share} of them no more than that", share=drop, **told)


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
