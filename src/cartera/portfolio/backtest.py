"""Would these rules have warned us? Past cut-offs, with what was visible then, against what happened since."""

from __future__ import annotations

from datetime import date
from typing import Any

import narwhals as nw

from cartera.calendar import add_days, period_ends
from cartera.facts.tables import Facts, Frame
from cartera.portfolio.activity import standing
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
    invoice in (C, day]); announced_stopped_count (of the stopped, already cooling on C); median_days_to_lost (announced
    and stopped: days from C to the day it was lost, where that came by `day`); announced_count (cooling on C);
    again_count (of these, invoiced again: false alarms); median_days_to_invoice; lost_count; open_count (neither yet:
    no outcome); is_short_history (the facts begin less than a lifespan before C, so that few could be cooling yet).
    """
    first = add_days(day, -YEAR_DAYS)
    cutoffs = list(dict.fromkeys([first, *(end for end in period_ends(first, day, "month") if first < end < day)]))
    gone = timeline(facts, policy=policy).filter(
        ~nw.col("segment").is_in(inside_ids(policy)) & (nw.col("from_on") > first) & (nw.col("from_on") <= day)
    )
    gone = facts.room.keep(gone.select("client_id", "from_on"))
    frames = [facts.room.keep(_outcomes(facts, gone, cutoff, day, policy)) for cutoff in cutoffs]
    counts = [_counted(frame, cutoff) for frame, cutoff in zip(frames, cutoffs, strict=True)]
    oldest = facts.room.rows(facts.invoices.select(nw.col("issued_on").min()))[0]["issued_on"]
    return nw.concat(counts).with_columns(is_short_history=_is_short(oldest, policy))


def _outcomes(facts: Facts, gone: Frame, cutoff: date, day: date, policy: AnyPolicy) -> Frame:
    """Per client in the portfolio on the cut-off with an invoice: announced, days to the next invoice, days to lost."""
    then = standing(facts, day=cutoff, policy=policy).filter(
        nw.col("segment").is_in(inside_ids(policy)) & ~nw.col("last_issued_on").is_null()
    )
    then = then.select("client_id", announced=nw.col("segment").is_in(at_risk_ids(policy)))
    since = (nw.col("issued_on") > cutoff) & (nw.col("issued_on") <= day)
    again = sales_and_plans(facts, day).filter(nw.col("counts") & since)
    again = again.group_by("client_id").agg(again_on=nw.col("issued_on").min())
    gone = gone.filter(nw.col("from_on") > cutoff).group_by("client_id").agg(lost_on=nw.col("from_on").min())
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
    return sums.select(
        nw.lit(cutoff).alias("cutoff_on"), *COUNTS[:3], "median_days_to_lost", *COUNTS[3:5], "median_days_to_invoice",
        *COUNTS[5:],
    )  # fmt: skip


def _is_short(oldest: date | None, policy: AnyPolicy) -> nw.Expr:
    if oldest is None:
        return nw.lit(value=True)
    return nw.col("cutoff_on") < policy.lost_from(oldest)
