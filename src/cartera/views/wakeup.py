"""View `wakeup`: is it the sales force or the portfolio, when sales fall?"""

from __future__ import annotations

from typing import Any

from cartera.facts.tables import Facts, Frame
from cartera.portfolio.compared import period, short_history, unrated
from cartera.portfolio.wakeup import WakeUpLimits, definitions, verdict, wakeup
from cartera.tongue import say, say_in
from cartera.views import phrasing
from cartera.views.view import Column, Picture, Query, View

COLUMNS = (
    Column("rep", "Rep", unknown="unknown"),
    Column("client_count_before", "Bought a year before", "count", total=True),
    Column("lost_count", "Lost", "count", total=True),
    Column("won_count", "New or returned", "count", total=True),
    Column("client_count", "Bought", "count", total=True, minor=True),
    Column("amount_before", "A year before", "money", total=True),
    Column("lost", "Lost clients", "money", total=True),
    Column("won", "New and returned", "money", total=True),
    Column("kept", "Clients kept", "money", total=True),
    Column("amount", "This period", "money", total=True),
    Column("change", "Change", "money", total=True),
    Column("change_share", "in %", "share"),
    Column("verdict", "Verdict", minor=True, is_worded=True),
)
LIMITS = WakeUpLimits()
MOST_STEPS = 10  # as many as there is room for


def answer(facts: Facts, query: Query) -> Frame:
    """The rows of `portfolio.wakeup`."""
    return wakeup(facts, day=query.day, policy=query.policy, since=query.since)


def sentence(rows: list[dict[str, Any]], _: Query) -> str:
    """The verdict's own sentence."""
    return verdict(rows, LIMITS)[1]


def notes(facts: Facts, query: Query) -> list[str]:
    """The two periods, when each verdict holds, and what no amount holds."""
    chosen = period(query.day, query.since)
    meanings = "; ".join(phrasing.named(phrasing.word(word), when) for word, when in definitions(LIMITS))
    return [
        chosen.sentence,
        say("The first verdict that holds: {meanings}.", meanings=meanings),
        *short_history(facts, chosen),
        *unrated(facts, chosen),
    ]


def steps(rows: list[dict[str, Any]], _: Query) -> list[dict[str, Any]]:
    """The bridge from last year's sales to this period's, a step per rep, those who move most by name."""
    if not rows:
        return []
    at = phrasing.total(rows, "amount_before")
    drawn = [phrasing.level(say_in("column", "A year before"), at)]
    most = sorted(rows, key=lambda row: -abs(row["change"]))[:MOST_STEPS]
    named = [(row["rep"] or phrasing.word("unknown"), row["change"]) for row in rows if row in most]
    rest = phrasing.total([row for row in rows if row not in most], "change")
    for name, change in [*named, (say("Others"), rest)]:
        if change:
            drawn.append(phrasing.step(name, at, change, "good" if change > 0 else "lost"))
            at += change
    return [*drawn, phrasing.level(say_in("column", "This period"), at)]


VIEW = View(
    "wakeup",
    "When sales fall, is it the sales force or the portfolio?",
    answer,
    lambda _: COLUMNS,
    lambda _: ("change", "rep"),
    picture=Picture("bridge", steps),
    sentence=sentence,
    notes=notes,
    example="cartera show wakeup demo",
    takes=frozenset({"since"}),
)
