"""What is usual for this client, and how long has it been silent? Its own cadence, beside the windows of the policy.

Rhythm explains and never moves a client: a silence measured in own gaps ranks clients worse than plain recency does.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import narwhals as nw

from cartera.calendar import add_days
from cartera.errors import PolicyError
from cartera.facts.tables import Facts, Frame
from cartera.portfolio.activity import standing
from cartera.portfolio.amounts import TOTAL, at_stake, year_sales
from cartera.portfolio.counting import sales_and_plans
from cartera.portfolio.gaps import MEDIAN, TENTHS, days_number, gaps, numbered_purchases, placed, quantile_part
from cartera.portfolio.policy import AnyPolicy
from cartera.portfolio.remarks import remarked
from cartera.tongue import say

BEYOND, WITHIN, UNKNOWN = "beyond its limit", "within its limit", "not enough history"
RECENT = "recent gap"
FIGURES = ("median_tenths", "recent_tenths", "limit_tenths")


@dataclass(frozen=True)
class RhythmLimits:
    """How a rhythm is read; ours.

    fewest_gaps: fewer are `not enough history`. limit_tenth: 9 for the limit under which 9 of 10 gaps end.
    recent_gaps: how far the recent gap looks back: the newest gap weighs this much, each older one 1 less, down to 0.
    """

    fewest_gaps: int = 4
    limit_tenth: int = 9
    recent_gaps: int = 8

    def __post_init__(self) -> None:
        """Refuse numbers without a meaning."""
        if self.fewest_gaps < 1 or self.recent_gaps < 1 or not MEDIAN <= self.limit_tenth <= TENTHS:
            found = f"{self.fewest_gaps} gaps, {self.limit_tenth} in 10, {self.recent_gaps} recent"
            fix = "A working example: fewest_gaps=4, limit_tenth=9, recent_gaps=8."
            raise PolicyError(f"no rhythm can be read with {found}.", fix=fix)


def rhythm(facts: Facts, *, day: date, policy: AnyPolicy, limits: RhythmLimits | None = None) -> Frame:
    """One row per client born by `day`.

    Columns: client_id, name, segment, rhythm (beyond its limit, within its limit, not enough history), gap_count,
    median_gap_days, recent_gap_days (mean, the newest gaps weighing most), limit_gap_days (9 of 10 gaps end by it),
    days_since (the last invoice), last_issued_on, next_expected_on (the last invoice and the median gap),
    is_beyond_limit, next_planned_on, late_plan_on (the newest plan that came due since the last invoice and was not
    issued), amount (net sales of the last 365 days), at_stake (of the 365 days up to its last invoice), remark (null
    when there is nothing to say: a planned invoice silences it). Gaps in days have one decimal; where the history is
    too short, they, next_expected_on and is_beyond_limit are null.
    """
    limits = limits or RhythmLimits()
    rows = standing(facts, day=day, policy=policy).select("client_id", "segment", "last_issued_on", "next_planned_on")
    names, cadence = facts.clients.select("client_id", "name"), _cadence(facts, day, limits)
    for more in (cadence, _late_plans(facts, day), year_sales(facts, day), at_stake(facts, day), names):
        rows = rows.join(more, on="client_id", how="left")
    late = nw.when(nw.col("last_issued_on").is_null() | (nw.col("late_plan_on") > nw.col("last_issued_on")))
    rows = rows.with_columns(
        nw.col("gap_count").fill_null(0), late_plan_on=late.then(nw.col("late_plan_on")),
        days_since=nw.lit(day.toordinal(), nw.Int64) - nw.col("last_number"),
    )  # fmt: skip
    rows = rows.with_columns(is_beyond_limit=nw.col("days_since") * TENTHS > nw.col("limit_tenths"))
    rows = facts.room.keep(rows)
    rows = rows.join(_expected(rows, facts), on=["last_number", "median_tenths"], how="left")
    days = {name.replace("_tenths", "_gap_days"): days_number(name) for name in FIGURES}
    return remarked(rows, policy, limits.limit_tenth).with_columns(**days, rhythm=_class()).select(
        "client_id", nw.coalesce("name", "client_id").alias("name"), "segment", "rhythm", "gap_count", *days,
        "days_since", "last_issued_on", "next_expected_on", "is_beyond_limit", "next_planned_on", "late_plan_on",
        *(nw.col(name).fill_null(0).cast(TOTAL) for name in ("amount", "at_stake")), "remark",
    )  # fmt: skip


def definitions(limits: RhythmLimits) -> list[tuple[str, str]]:
    """Every class, and every figure, with its sentence."""
    limit = {"tenths": limits.limit_tenth, "of": TENTHS}
    recent = say(
        "the mean of its last {count} gaps, the newest weighing {count} and each older one 1 less",
        count=limits.recent_gaps,
    )
    beyond = say(
        "silent for longer than its {tenths}-in-{of} limit, within which {tenths} of {of} of its gaps end", **limit
    )
    return [
        (BEYOND, beyond),
        (WITHIN, say("silent for no longer than its {tenths}-in-{of} limit", **limit)),
        (UNKNOWN, say("fewer than {count} gaps between its purchase dates", count=limits.fewest_gaps)),
        (RECENT, recent),
    ]


def _cadence(facts: Facts, day: date, limits: RhythmLimits) -> Frame:
    """client_id, last_number, gap_count and the three figures in tenths of a day, of every client that ever bought."""
    purchases = facts.room.keep(numbered_purchases(facts, day=day))
    lasts = purchases.group_by("client_id").agg(last_number=nw.col("number").max())
    age = nw.col("age")
    weight = nw.when(age < limits.recent_gaps).then(limits.recent_gaps - age).otherwise(nw.lit(0, nw.Int64))
    parts = placed(gaps(purchases)).select(
        "client_id", "gap_count", median=quantile_part(MEDIAN), limit=quantile_part(limits.limit_tenth),
        weight=weight, weighed=weight * nw.col("gap"),
    )  # fmt: skip
    sums = parts.group_by("client_id").agg(
        nw.col("gap_count").max(), *(nw.col(n).sum().cast(nw.Int64) for n in ("median", "limit", "weight", "weighed"))
    )
    # Half of the weight is added before whole numbers are divided: rounded to the nearest tenth.
    mean = (nw.col("weighed") * 2 * TENTHS + nw.col("weight")) // (nw.col("weight") * 2)
    figures = {"median_tenths": nw.col("median"), "recent_tenths": mean, "limit_tenths": nw.col("limit")}
    enough = nw.col("gap_count") >= limits.fewest_gaps
    told = {name: nw.when(enough).then(figure).cast(nw.Int64) for name, figure in figures.items()}
    return lasts.join(sums.select("client_id", "gap_count", **told), on="client_id", how="left")


def _class() -> nw.Expr:
    beyond = nw.when(nw.col("is_beyond_limit")).then(nw.lit(BEYOND)).otherwise(nw.lit(WITHIN))
    return nw.when(nw.col("is_beyond_limit").is_null()).then(nw.lit(UNKNOWN)).otherwise(beyond)


def _expected(rows: Frame, facts: Facts) -> Frame:
    """last_number, median_tenths, next_expected_on; half days count as whole ones."""
    wanted = rows.filter(~nw.col("median_tenths").is_null()).select("last_number", "median_tenths").unique()
    pairs = [(row["last_number"], row["median_tenths"]) for row in facts.room.rows(wanted)]
    columns: dict[str, list[Any]] = {
        "last_number": [last for last, _ in pairs],
        "median_tenths": [tenths for _, tenths in pairs],
        "next_expected_on": [
            add_days(date.fromordinal(last), (tenths + TENTHS // 2) // TENTHS) for last, tenths in pairs
        ],
    }
    types = {"last_number": nw.Int64, "median_tenths": nw.Int64, "next_expected_on": nw.Date}
    return facts.room.table(columns, types)


def _late_plans(facts: Facts, day: date) -> Frame:
    """client_id, late_plan_on: the newest plan known by `day` whose date has come."""
    known = nw.col("known_on").is_null() | (nw.col("known_on") <= day)
    due = nw.col("is_plan") & (nw.col("issued_on") <= day) & known
    rows = sales_and_plans(facts, day).filter(due)
    return rows.group_by("client_id").agg(late_plan_on=nw.col("issued_on").max())
