"""View `rhythm`: who is silent for longer than is usual for that very client, though the rules still say active."""

from __future__ import annotations

from typing import Any

import narwhals as nw

from cartera import tongue
from cartera.facts.tables import Facts, Frame
from cartera.portfolio.gaps import TENTHS
from cartera.portfolio.rhythm import BEYOND, UNKNOWN, WITHIN, RhythmLimits, definitions, rhythm
from cartera.tongue import Value, number, say, say_many
from cartera.views import phrasing
from cartera.views.class_bars import class_bars, defined
from cartera.views.view import Column, Picture, Query, View

LIMITS = RhythmLimits()
CLASSES = (BEYOND, WITHIN, UNKNOWN)
COLUMNS = (
    Column("client_id", "Id", link="client_id", minor=True),
    Column("name", "Client", link="client_id"),
    Column("segment", "Segment", "segment"),
    Column("rhythm", "Rhythm", minor=True, is_worded=True),
    Column("days_since", "Days since", "days"),
    Column("median_gap_days", "Usual", "number"),
    Column("limit_gap_days", "9-in-10 limit", "number"),
    Column("recent_gap_days", "Recent gap", "number", minor=True),
    Column("gap_count", "Gaps", "count", minor=True),
    Column("last_issued_on", "Last invoice", "date", minor=True),
    Column("next_expected_on", "Expected", "date"),
    Column("is_beyond_limit", "Beyond", "flag"),
    Column("next_planned_on", "Next planned", "date", minor=True),
    Column("late_plan_on", "Late plan", "date", minor=True),
    Column("amount", "Last 365 days", "money", total=True, minor=True),
    Column("at_stake", "Its last year", "money", total=True),
    Column("remark", "Remark", minor=True),
)


def answer(facts: Facts, query: Query) -> Frame:
    """The rows of `portfolio.rhythm`, with their rank: worth a call first, not enough history last."""
    rows = rhythm(facts, day=query.day, policy=query.policy, limits=LIMITS)
    beyond, unsaid = nw.col("is_beyond_limit"), nw.col("remark").is_null()
    late = nw.when(unsaid).then(nw.lit(1)).otherwise(nw.lit(0))
    known = nw.when(beyond).then(late).otherwise(nw.lit(2))
    return rows.with_columns(rank=nw.when(beyond.is_null()).then(nw.lit(3)).otherwise(known))


def sentence(rows: list[dict[str, Any]], _: Query) -> str:
    """How many are beyond their own limit with nothing planned, what they are worth, and how many cannot be told."""
    known = [row for row in rows if row["rhythm"] != UNKNOWN]
    if not rows:
        return phrasing.no_client()
    if not known:
        return say(
            "Not enough history: none of {clients} has {gaps} gaps between purchases.",
            clients=phrasing.clients(len(rows)), gaps=LIMITS.fewest_gaps,
        )  # fmt: skip
    late = [row for row in known if row["rhythm"] == BEYOND and row["remark"]]
    more = len(rows) - len(known)
    rest = say_many("{count} client has not enough history.", "{count} clients have not enough history.", count=more)
    return f"{_silent(late, len(known))} {rest}" if more else _silent(late, len(known))


def _silent(late: list[dict[str, Any]], known: int) -> str:
    told: dict[str, Value] = {
        "late": number(len(late)), "clients": phrasing.clients(known), "tenths": LIMITS.limit_tenth, "of": TENTHS,
    }  # fmt: skip
    count = 1 if known == 1 else len(late)  # 0 of 1 client is, 0 of 2 clients are
    if not late:
        return say_many(
            "{late} of {clients} with a rhythm is silent for longer than its own {tenths}-in-{of} limit,"
            " with nothing planned.",
            "{late} of {clients} with a rhythm are silent for longer than their own {tenths}-in-{of} limit,"
            " with nothing planned.",
            count=count, **told,
        )  # fmt: skip
    return say_many(
        "{late} of {clients} with a rhythm is silent for longer than its own {tenths}-in-{of} limit,"
        " with nothing planned, worth {worth} in its last year.",
        "{late} of {clients} with a rhythm are silent for longer than their own {tenths}-in-{of} limit,"
        " with nothing planned, worth {worth} in their last year.",
        count=count, worth=tongue.money(phrasing.total(late, "at_stake")), **told,
    )  # fmt: skip


def bars(rows: list[dict[str, Any]], _: Query) -> list[dict[str, Any]]:
    """One bar per class."""
    return class_bars(rows, "rhythm", CLASSES)


def notes(_: Facts, __: Query) -> list[str]:
    """What the words mean."""
    return [defined(definitions(LIMITS))]


VIEW = View(
    "rhythm",
    "Who is silent for longer than is usual for that client?",
    answer,
    lambda _: COLUMNS,
    lambda _: ("rank", "-at_stake", "client_id"),
    picture=Picture("ranked_bars", bars),
    sentence=sentence,
    notes=notes,
    example="cartera show rhythm demo --where segment=active",
)
