"""View `signals`: which questions need an answer first, each with a dot: act, watch, fine, or can't tell."""

from __future__ import annotations

from typing import Any

from cartera.facts.tables import Facts, Frame
from cartera.portfolio.signals import ACT, WATCH, SignalLimits, signals
from cartera.tongue import say, say_many, text
from cartera.views import left_out
from cartera.views.view import Column, Query, View

NAMES = (
    text("shape", "value"), text("active", "value"), text("leaving", "value"), text("plans", "value"),
    text("concentration", "value"), text("sales", "value"), text("fresh", "value"),
)  # fmt: skip
DOTS = (text("act", "value"), text("watch", "value"), text("fine", "value"), text("can't tell", "value"))
COLUMNS = (
    Column("signal", "Question", values=NAMES),
    Column("state", "Dot", values=DOTS),
    Column("sentence", "Answer"),
    Column("value", "Share", "share", minor=True),
    Column("client_count", "Clients", "count", minor=True),
)


def answer(facts: Facts, query: Query) -> Frame:
    """The rows of `portfolio.signals`."""
    return signals(facts, day=query.day, policy=query.policy)


def sentence(rows: list[dict[str, Any]], _: Query) -> str:
    """How many need somebody to act, and how many to watch."""
    act, watch = (sum(row["state"] == state for row in rows) for state in (ACT, WATCH))
    if not act and not watch:
        return say("Nothing asks for action.")
    return say(
        "{act}; {watch}.",
        act=say_many("{count} question asks for action", "{count} questions ask for action", count=act),
        watch=say_many("{count} is to be watched", "{count} are to be watched", count=watch),
    )  # fmt: skip


def notes(facts: Facts, query: Query) -> list[str]:
    """Where the colours change, and what the amounts leave out."""
    limits = SignalLimits()
    told = say(
        "Act: below {active} % active, {leaving} % of the sales leaving within {days} days, a broken plan, {greatest} %"
        " with one client, sales down by {fall} %, no invoice for {stale} days.",
        active=_percent(limits.active_watch), leaving=_percent(limits.leaving_act), days=limits.leaving_days,
        greatest=_percent(limits.greatest_act), fall=_percent(limits.fall_act), stale=limits.stale_days,
    )  # fmt: skip
    return [told, *left_out.year_notes(facts, day=query.day)]


def _percent(part: float) -> int:
    return round(part * 100)


VIEW = View(
    "signals",
    "Which questions need an answer first?",
    answer,
    lambda _: COLUMNS,
    lambda _: ("rank",),
    sentence=sentence,
    notes=notes,
    example="cartera show signals demo",
)
