"""How do the segments stand beside a month and a year before, in clients, in money and in what is planned?"""

from __future__ import annotations

from datetime import date

import narwhals as nw

from cartera.calendar import add_months
from cartera.facts.tables import Facts, Frame
from cartera.portfolio.activity import standing
from cartera.portfolio.amounts import TOTAL, at_stake, planned_sales
from cartera.portfolio.composition import composition
from cartera.portfolio.policy import AnyPolicy
from cartera.portfolio.segments import segment_table

BEFORE = {"month": 1, "year": 12}
"""Name of the earlier day -> how many months it lies back."""


def segments_before(facts: Facts, *, day: date, policy: AnyPolicy) -> Frame:
    """One row per segment of the policy, also the empty ones; nothing of before where facts began later.

    Columns: segment, is_inside, client_count, client_share (of the portfolio; null outside), month_change, year_change
    (clients more or fewer than then), amount (net sales of the last 365 days), amount_share, month_amount_change,
    year_amount_change, at_stake (of the 365 days up to the last invoice of each client), planned_amount.
    """
    rows = facts.room.keep(_now(facts, day, policy))
    for name, months in BEFORE.items():
        then = composition(facts, day=add_months(day, -months), policy=policy)
        then = then.select(key="segment", count="client_count", sold="amount")
        known = nw.col("count").sum().over("whole") > 0
        then = then.with_columns(whole=nw.lit(1)).with_columns(is_known=known)
        rows = rows.join(then.drop("whole"), left_on="segment", right_on="key", how="left")
        rows = rows.with_columns(
            nw.when(nw.col("is_known")).then(nw.col("client_count") - nw.col("count")).alias(f"{name}_change"),
            nw.when(nw.col("is_known")).then(nw.col("amount") - nw.col("sold")).alias(f"{name}_amount_change"),
        ).drop("count", "sold", "is_known")
    money = ("month_amount_change", "year_amount_change")
    return rows.with_columns(*(nw.col(name).cast(TOTAL) for name in money))


def _now(facts: Facts, day: date, policy: AnyPolicy) -> Frame:
    stands = standing(facts, day=day, policy=policy).select("client_id", key="segment")
    for money in (at_stake(facts, day), planned_sales(facts, day=day, horizon_end=policy.horizon_end(day))):
        stands = stands.join(money, on="client_id", how="left")
    sums = stands.group_by("key").agg(at_stake=nw.col("at_stake").sum(), planned_amount=nw.col("planned_amount").sum())
    rows = composition(facts, day=day, policy=policy)
    inside = segment_table(facts, policy).select(inside="segment", is_inside="is_inside")
    rows = rows.join(inside, left_on="segment", right_on="inside", how="left")
    rows = rows.join(sums, left_on="segment", right_on="key", how="left")
    rows = rows.with_columns(
        nw.col("at_stake").fill_null(0).cast(TOTAL), nw.col("planned_amount").fill_null(0).cast(TOTAL),
        whole=nw.lit(1), sold=nw.col("amount").cast(nw.Float64),
    ).with_columns(total=nw.col("sold").sum().over("whole"))  # fmt: skip
    share = nw.when(nw.col("total") > 0).then(nw.col("sold") / nw.col("total"))
    return rows.with_columns(amount_share=share).drop("whole", "sold", "total")
