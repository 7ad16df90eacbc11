"""For whom is something planned, for whom is nothing, and what were these worth, segment by segment?"""

from __future__ import annotations

from datetime import date

import narwhals as nw

from cartera.facts.tables import Facts, Frame
from cartera.portfolio.activity import standing
from cartera.portfolio.amounts import TOTAL, at_stake, planned_sales
from cartera.portfolio.policy import AnyPolicy
from cartera.portfolio.segments import segment_table


def coverage(facts: Facts, *, day: date, policy: AnyPolicy) -> Frame:
    """One row per segment of the portfolio, also the empty ones.

    Columns: segment, client_count, planned_count (of whom something is coming), planned_amount, unplanned_count,
    at_stake (of those for whom nothing is coming: net sales of the 365 days up to the last invoice of each),
    planned_share (planned_count of client_count, 0..1; null for an empty segment).
    """
    rows = standing(facts, day=day, policy=policy).select("client_id", "segment", "next_planned_on")
    for more in (at_stake(facts, day), planned_sales(facts, day=day, horizon_end=policy.horizon_end(day))):
        rows = rows.join(more, on="client_id", how="left")
    is_planned = ~nw.col("next_planned_on").is_null()
    one, none = nw.lit(1), nw.lit(0)
    counted = rows.with_columns(
        planned=nw.when(is_planned).then(one).otherwise(none),
        left=nw.when(is_planned).then(none).otherwise(one),
        worth=nw.when(~is_planned).then(nw.col("at_stake")),
    ).group_by("segment").agg(
        client_count=nw.len(), planned_count=nw.col("planned").sum(), unplanned_count=nw.col("left").sum(),
        planned_amount=nw.col("planned_amount").sum(), at_stake=nw.col("worth").sum(),
    )  # fmt: skip
    grid = segment_table(facts, policy).filter(nw.col("is_inside")).select("segment")
    rows = grid.join(facts.room.keep(counted), on="segment", how="left")
    counts = [nw.col(n).fill_null(0).cast(nw.Int64) for n in ("client_count", "planned_count", "unplanned_count")]
    rows = rows.with_columns(*counts, *(nw.col(n).fill_null(0).cast(TOTAL) for n in ("planned_amount", "at_stake")))
    share = nw.when(nw.col("client_count") > 0).then(nw.col("planned_count") / nw.col("client_count"))
    return rows.with_columns(planned_share=share)
