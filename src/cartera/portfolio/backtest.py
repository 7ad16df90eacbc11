"""Would these rules have warned us? Past cut-offs, with what was visible then, against what happened since."""

from __future__ import annotations

from datetime import date
from typing import Any

import narwhals as nw

from cartera.calendar import add_days, period_ends
from cartera.facts.tables import Facts, Frame
from cartera.portfolio.amounts import YEAR_DAYS
from cartera.portfolio.counting import sales_and_plans
from cartera.portfolio.policy import AnyPolicy
from cartera.portfolio.segments import at_risk_ids, inside_ids
from cartera.portfolio.timeline import timeline

COUNTS = ("client_count", "stopped_count", "announced_stopped_count", "announced_count", "again_count", "lost_count",
          "open_count")  # fmt: skip


def backtest(facts: Facts, *, day: date, policy: AnyPolicy) -> Frame:
    """One row per cut-off C: `day` - 365 and every month end between it and `day`.

    Columns: cutoff_on; client_count (in the portfolio on C with an invoice); stopped_count (of these, without a counted
    invoice in (C, day]); announced_stopped_count, announced_stopped_share (of the stopped, already cooling on C);
    median_days_to_lost (announced and stopped: days from C to the day it was lost, where that came by `day`);
    announced_count (cooling on C); again_count, again_share (of these, invoiced again: false alarms);
    median_days_to_invoice; lost_count; open_count (neither yet: no outcome); is_short_history (the facts begin less
    than a lifespan before C, so that few could be cooling yet).
    """
    first = add_days(day, -YEAR_DAYS)
    cutoffs = list(dict.fromkeys([first, *(end for end in period_ends(first, day, "month") if first < end < day)]))
    keep = facts.room.keep
    intervals = keep(timeline(facts, policy=policy).filter(nw.col("from_on") <= day))
    sold = sales_and_plans(facts, day).filter(nw.col("counts") & (nw.col("issued_on") <= day))
    sold = keep(sold.filter(nw.col("issued_on") > first).select("client_id", "issued_on"))
    rows = [keep(_outcomes(facts, intervals, sold, (cutoff, day), policy)) for cutoff in cutoffs]
    counts = [_counted(outcomes, cutoff) for outcomes, cutoff in zip(rows, cutoffs, strict=True)]
    oldest = facts.room.rows(facts.invoices.select(nw.col("issued_on").min()))[0]["issued_on"]
    return nw.concat(counts).with_columns(is_short_history=_is_short(oldest, policy))


def _outcomes(facts: Facts, intervals: Frame, sold: Frame, period: tuple[date, date], policy: AnyPolicy) -> Frame:
    """Per client in the portfolio on the cut-off with an invoice: announced, days to the next invoice, days to lost.

    The timeline on the cut-off is what was visible then: nothing dated or known later changes it.
    """
    cutoff, day = period
    inside = nw.col("segment").is_in(inside_ids(policy))
    holds = (nw.col("from_on") <= cutoff) & (nw.col("until_on").is_null() | (nw.col("until_on") > cutoff))
    then = intervals.filter(inside & holds & ~nw.col("reason").is_in(list(policy.without_invoice)))
    then = then.select("client_id", announced=nw.col("segment").is_in(at_risk_ids(policy)))
    again = sold.filter(nw.col("issued_on") > cutoff).group_by("client_id").agg(again_on=nw.col("issued_on").min())
    gone = intervals.filter(~inside & (nw.col("from_on") > cutoff))
    gone = gone.group_by("client_id").agg(lost_on=nw.col("from_on").min())
    rows = then.join(again, on="client_id", how="left").join(gone, on="client_id", how="left")
    for name in ("again", "lost"):
        rows = rows.join(_days_after(facts, cutoff, day, name), on=f"{name}_on", how="left")
    return rows.select("client_id", "announced", "again_days", "lost_days")


def _days_after(facts: Facts, cutoff: date, day: date, name: str) -> Frame:
    days = range(1, (day - cutoff).days + 1)
    columns: dict[str, list[Any]] = {f"{name}_on": [add_days(cutoff, n) for n in days], f"{name}_days": list(days)}
    return facts.room.table(columns, {f"{name}_on": nw.Date, f"{name}_days": nw.Int64})


def _counted(rows: Frame, cutoff: date) -> Frame:
    """One row of counts and medians."""
    stopped, announced = nw.col("again_days").is_null(), nw.col("announced")
    lost = stopped & ~nw.col("lost_days").is_null()
    ones = {
        "client_count": nw.lit(value=True), "stopped_count": stopped, "announced_stopped_count": stopped & announced,
        "announced_count": announced, "again_count": announced & ~stopped, "lost_count": announced & lost,
        "open_count": announced & stopped & ~lost,
    }  # fmt: skip
    rows = rows.with_columns(
        **{n: nw.when(e).then(nw.lit(1)).otherwise(nw.lit(0)).cast(nw.Int64) for n, e in ones.items()},
        to_lost=nw.when(announced & lost).then(nw.col("lost_days")),
        to_invoice=nw.when(announced & ~stopped).then(nw.col("again_days")),
    )
    sums = rows.select(
        *(nw.col(n).sum().fill_null(0).cast(nw.Int64) for n in COUNTS),
        median_days_to_lost=nw.col("to_lost").cast(nw.Float64).median(),
        median_days_to_invoice=nw.col("to_invoice").cast(nw.Float64).median(),
    )
    sums = sums.with_columns(
        announced_stopped_share=_share("announced_stopped_count", "stopped_count"),
        again_share=_share("again_count", "announced_count"),
    )
    return sums.select(
        nw.lit(cutoff).alias("cutoff_on"), *COUNTS[:3], "announced_stopped_share", "median_days_to_lost", *COUNTS[3:5],
        "again_share", "median_days_to_invoice", *COUNTS[5:],
    )  # fmt: skip


def _share(part: str, whole: str) -> nw.Expr:
    return nw.when(nw.col(whole) > 0).then(nw.col(part) / nw.col(whole))


def _is_short(oldest: date | None, policy: AnyPolicy) -> nw.Expr:
    if oldest is None:
        return nw.lit(value=True)
    return nw.col("cutoff_on") < policy.lost_from(oldest)
