"""How far do clients come on the way to buying again and again? Stage k: at least k purchase dates in 365 days.

Beside it the same a year before: the same function on the day 365 days earlier, with what was visible then.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import narwhals as nw

from cartera.calendar import add_days
from cartera.facts.tables import Facts, Frame
from cartera.portfolio.amounts import TOTAL, YEAR_DAYS
from cartera.portfolio.frequency import FrequencyLimits, frequency
from cartera.portfolio.policy import AnyPolicy
from cartera.portfolio.recurring import recurring
from cartera.portfolio.segments import inside_ids

LAST_STAGE = 12  # a purchase a month
ZERO = Decimal(0)
TYPES: dict[str, Any] = {
    "stage": nw.Int64, "client_count": nw.Int64, "stop_count": nw.Int64, "drop_share": nw.Float64, "amount": TOTAL,
    "amount_share": nw.Float64, "is_recurring": nw.Boolean, "client_count_before": nw.Int64,
    "drop_share_before": nw.Float64, "amount_before": TOTAL, "amount_share_before": nw.Float64,
}  # fmt: skip


@dataclass(frozen=True)
class Stage:
    """Clients with at least so many purchase dates. stop_count: those with exactly so many; at the last stage, all."""

    client_count: int
    stop_count: int
    drop_share: float | None
    amount: Decimal
    amount_share: float | None


def funnel(facts: Facts, *, day: date, policy: AnyPolicy, limits: FrequencyLimits | None = None) -> Frame:
    """One row per stage 0..12: the clients with at least so many purchase dates in the last 365 days.

    Stage 0 is who was in the portfolio on `day` or bought in its 365 days. Columns: stage, client_count, stop_count
    (they come this far and no further; their sum is stage 0), drop_share (who of the stage do not reach the next, 0..1;
    null at the last and for an empty stage), amount (their net sales of the last 365 days), amount_share (of all net
    sales, those that name no client included; null when these are not above 0), is_recurring, and client_count_before,
    drop_share_before, amount_before, amount_share_before of the same a year before.
    """
    limits = limits or FrequencyLimits()
    now = _stages(facts, day, policy, limits)
    before = _stages(facts, add_days(day, -YEAR_DAYS), policy, limits)
    stages = list(range(LAST_STAGE + 1))
    columns: dict[str, list[Any]] = {"stage": stages, "is_recurring": [k >= limits.recurring for k in stages]}
    for name in ("client_count", "stop_count", "drop_share", "amount", "amount_share"):
        columns[name] = [getattr(stage, name) for stage in now]
        columns[f"{name}_before"] = [getattr(stage, name) for stage in before]
    return facts.room.table({name: columns[name] for name in TYPES}, TYPES)


def _stages(facts: Facts, day: date, policy: AnyPolicy, limits: FrequencyLimits) -> list[Stage]:
    found = _found(facts, day, policy, limits)
    revenue = recurring(facts, day=day, purchases=limits.recurring).revenue
    inside = [row for row in found if row["is_inside"] or row["purchase_count"] > 0]
    reached = [[row for row in inside if row["purchase_count"] >= k] for k in range(LAST_STAGE + 2)]
    counts = [sum(row["client_count"] for row in rows) for rows in reached]
    counts[-1] = 0  # nobody goes on from the last stage: there is no next
    amounts = [sum((row["amount"] for row in rows), ZERO) for rows in reached]
    return [
        Stage(
            counts[k],
            counts[k] - counts[k + 1],
            (counts[k] - counts[k + 1]) / counts[k] if k < LAST_STAGE and counts[k] else None,
            amounts[k],
            float(amounts[k] / revenue) if revenue > 0 else None,
        )
        for k in range(LAST_STAGE + 1)
    ]


def _found(facts: Facts, day: date, policy: AnyPolicy, limits: FrequencyLimits) -> list[dict[str, Any]]:
    """is_inside, purchase_count (as far as the funnel counts), client_count, amount: some dozen rows."""
    rows = frequency(facts, day=day, policy=policy, limits=limits).select(
        purchase_count=nw.min_horizontal("purchase_count", nw.lit(LAST_STAGE, nw.Int64)),
        is_inside=nw.col("segment").is_in(inside_ids(policy)),
        amount="amount",
    )
    counted = rows.group_by("purchase_count", "is_inside").agg(client_count=nw.len(), amount=nw.col("amount").sum())
    return facts.room.rows(counted)
