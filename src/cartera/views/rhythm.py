"""View `rhythm`: who is silent for longer than is usual for that very client, though the rules still say active."""

from __future__ import annotations

from typing import Any

import narwhals as nw

from cartera import tongue
from cartera.facts.tables import Facts, Frame
from cartera.portfolio.gaps import TENTHS
from cartera.portfolio.rhythm import BEYOND, UNKNOWN, WITHIN, RhythmLimits, definitions, rhythm
from cartera.views import phrasing
from cartera.views.class_bars import class_bars, defined
from cartera.views.view import Column, Picture, Query, View

LIMITS = RhythmLimits()
CLASSES = (BEYOND, WITHIN, UNKNOWN)
COLUMNS = (
    Column("client_id", "Id", link="client_id", minor=True),
    Column("name", "Client", link="client_id"),
    Column("segment", "Segment", "segment"),
    Column("rhythm", "Rhythm", minor=True),
    Column("days_since", "Days since", "days"),
    Column("median_gap_days", "Usual", "number"),
    Column("limit_gap_days", f"{LIMITS.limit_tenth}-in-{TENTHS} limit", "number"),
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
        return "No client yet."
    if not known:
        nobody = f"none of {phrasing.clients(len(rows))} has {LIMITS.fewest_gaps} gaps between purchases"
        return f"Not enough history: {nobody}."
    late = [row for row in known if row["rhythm"] == BEYOND and row["remark"]]
    told = 1 if len(known) == 1 else len(late)  # 0 of 1 client is, 0 of 2 clients are
    are, their = phrasing.are(told), phrasing.their(told)
    worth = f", worth {tongue.money(phrasing.total(late, 'at_stake'))} in {their} last year" if late else ""
    more = len(rows) - len(known)
    rest = f" {phrasing.clients(more)} {'has' if more == 1 else 'have'} not enough history." if more else ""
    return (
        f"{len(late):,} of {phrasing.clients(len(known))} with a rhythm {are} silent for longer than {their} own"
        f" {LIMITS.limit_tenth}-in-{TENTHS} limit, with nothing planned{worth}.{rest}"
    )


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
