"""Of the clients in the portfolio at a period's start, how many are still in it at its end, and how many were lost?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import narwhals as nw

from cartera.calendar import LAST_DAY, add_days, period_start, periods_between
from cartera.facts.tables import Facts, Frame
from cartera.portfolio.crossings import ENDINGS, gone_as
from cartera.portfolio.dimensions import dimension_spans, refuse_names
from cartera.portfolio.policy import AnyPolicy
from cartera.portfolio.segments import inside_ids
from cartera.portfolio.timeline import timeline
from cartera.tongue import text

FATES = ("kept", *ENDINGS, "unused")
COLUMNS = (
    "after_on", "until_on", "is_unfinished", "client_count", *(f"{fate}_count" for fate in FATES), "retention_share",
    "churn_share",
)  # fmt: skip
UNKNOWN = "\0"  # stands for an unknown value where rows are joined: a join never matches nulls
DEFINITIONS = (
    (
        "retention",
        text("Retention is the share of the clients in the portfolio at the start who are in it at the end."),
    ),
    ("churn", text("Churn is the share of them who at the end are lost or cancelled.")),
    ("unused", text("Who left without ever having been invoiced is unused, which is neither.")),
)


def retention(
    facts: Facts, *, since: date, day: date, policy: AnyPolicy, every: str | None = None, by: Sequence[str] = ()
) -> Frame:
    """One row per period of (since, day] and per value that the dimensions `by` had at its start; a single period
    without `every` (day, week, month, quarter, year).

    Columns: the dimensions, after_on and until_on (the period is after_on < date <= until_on), is_unfinished (it goes
    on after `day`), client_count (in the portfolio on after_on); of these on until_on kept_count (in it), lost_count,
    cancelled_count and unused_count (out as never invoiced), which add up to them; retention_share, churn_share (lost
    and cancelled), null where nobody was there.
    """
    refuse_names(by, ("client_id", *COLUMNS))
    periods = _periods(facts, since, day, every)
    rows = _states(facts, day, policy).join(periods.select("after_on", "until_on"), how="cross")
    rows = facts.room.keep(rows.filter(_holds("after_on") | _holds("until_on")))
    starts = rows.filter(nw.col("is_inside") & _holds("after_on")).select("client_id", "after_on", "until_on")
    ends = rows.filter(_holds("until_on")).select("client_id", "until_on", "fate")
    both = starts.join(ends, on=["client_id", "until_on"])
    for name in by:
        both = _with_value(both, facts, name)
    counted = facts.room.keep(_counted(both, by))
    grid = periods.join(counted.select(*by).unique(), how="cross") if by else periods
    filled = grid.join(counted, on=[*by, "after_on"], how="left")
    return _shares(filled, by)


def _periods(facts: Facts, since: date, day: date, every: str | None) -> Frame:
    periods = periods_between(since, day, every)
    ends = [until for _, until in periods]
    is_open = [every is not None and period_start(add_days(end, 1), every) <= end for end in ends]
    columns: dict[str, list[Any]] = {
        "after_on": [after for after, _ in periods],
        "until_on": ends,
        "is_unfinished": is_open,
    }
    return facts.room.table(columns, {"after_on": nw.Date, "until_on": nw.Date, "is_unfinished": nw.Boolean})


def _states(facts: Facts, day: date, policy: AnyPolicy) -> Frame:
    """client_id, held_from, held_until, is_inside, fate of every interval that began by `day`."""
    rows = timeline(facts, policy=policy).filter(nw.col("from_on") <= day)
    rows = rows.with_columns(is_inside=nw.col("segment").is_in(inside_ids(policy)))
    gone = gone_as(nw.col("segment"), nw.col("reason"))
    fate = nw.when(nw.col("is_inside")).then(nw.lit("kept")).otherwise(gone)
    until = nw.col("until_on").fill_null(LAST_DAY)
    return rows.select("client_id", "is_inside", held_from="from_on", held_until=until, fate=fate)


def _holds(on: str) -> nw.Expr:
    return (nw.col("held_from") <= nw.col(on)) & (nw.col(on) < nw.col("held_until"))


def _with_value(rows: Frame, facts: Facts, name: str) -> Frame:
    """The rows with the client's value of the dimension at the start of the period."""
    rows = facts.room.keep(rows)
    spans = dimension_spans(facts, name).select("client_id", "value", held_from="from_on", held_until="until_on")
    known = rows.select("client_id", "after_on").join(spans, on="client_id").filter(_holds("after_on"))
    known = known.select("client_id", "after_on", nw.col("value").alias(name))
    rows = rows.join(known, on=["client_id", "after_on"], how="left")
    return rows.with_columns(nw.col(name).fill_null(UNKNOWN))


def _counted(both: Frame, by: Sequence[str]) -> Frame:
    ones = {f"{f}_count": nw.when(nw.col("fate") == f).then(nw.lit(1)).otherwise(nw.lit(0)) for f in FATES}
    rows = both.with_columns(client_count=nw.lit(1), **ones)
    return rows.group_by(*by, "after_on").agg(*(nw.col(n).sum() for n in ("client_count", *ones)))


def _shares(rows: Frame, by: Sequence[str]) -> Frame:
    counts = [f"{name}_count" for name in ("client", *FATES)]
    rows = rows.with_columns(nw.col(n).fill_null(0).cast(nw.Int64) for n in counts)
    churned = nw.col("lost_count") + nw.col("cancelled_count")
    some = nw.col("client_count") > 0
    return rows.select(
        *(nw.when(nw.col(n) != UNKNOWN).then(nw.col(n)).alias(n) for n in by), "after_on", "until_on", "is_unfinished",
        *counts, retention_share=nw.when(some).then(nw.col("kept_count") / nw.col("client_count")),
        churn_share=nw.when(some).then(churned / nw.col("client_count")),
    )  # fmt: skip
