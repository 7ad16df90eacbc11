"""Over which unbroken stretches of days was each client in the portfolio? One row per lifetime, also those that go on.

Cut out of the timeline at the portfolio's border; only the crossings up to the day asked for are looked at.
"""

from __future__ import annotations

from datetime import date

import narwhals as nw

from cartera.facts.tables import Facts, Frame
from cartera.portfolio.crossings import ENDINGS, came_as, gone_as
from cartera.portfolio.policy import AnyPolicy
from cartera.portfolio.segments import inside_ids
from cartera.portfolio.timeline import timeline


def lifetimes(facts: Facts, *, day: date, policy: AnyPolicy) -> Frame:
    """One row per unbroken time in the portfolio that began by `day`.

    Columns: client_id, from_on, until_on (the first day outside; null while it goes on), entry (opened, returned,
    reopened), exit (lost, cancelled, unused; null while it goes on), is_ended (lost or cancelled), days (from from_on
    to until_on, or to `day`). Who goes out as never invoiced was not lost: that lifetime is not ended.
    """
    rows = _crossings(facts, day, policy)
    gone = gone_as(nw.col("next_segment"), nw.col("next_reason"))
    rows = rows.filter("is_inside").select(
        "client_id",
        "from_on",
        until_on="next_from_on",
        entry=came_as(nw.col("is_first"), nw.col("reason_before")),
        exit=nw.when(~nw.col("next_from_on").is_null()).then(gone),
        end_on=nw.col("next_from_on").fill_null(day),
    )
    ended = nw.col("exit").is_in(list(ENDINGS)).fill_null(value=False)
    rows = facts.room.keep(rows.with_columns(is_ended=ended))
    return days_apart(rows, facts, "from_on", "end_on", "days").drop("end_on")


def days_apart(rows: Frame, facts: Facts, start: str, end: str, name: str) -> Frame:
    """The rows, which must be kept ones, with the days from `start` to `end`; null where one of them is unknown."""
    kept = rows
    for column in (start, end):
        found = facts.room.rows(kept.select(column).unique())
        days = sorted(row[column] for row in found if row[column] is not None)
        numbers = facts.room.table(
            {f"key_{column}": days, f"number_{column}": [on.toordinal() for on in days]},
            {f"key_{column}": nw.Date, f"number_{column}": nw.Int64},
        )
        rows = rows.join(numbers, left_on=column, right_on=f"key_{column}", how="left")
    apart = nw.col(f"number_{end}") - nw.col(f"number_{start}")
    return rows.with_columns(apart.alias(name)).drop(f"number_{start}", f"number_{end}")


def _crossings(facts: Facts, day: date, policy: AnyPolicy) -> Frame:
    """The timeline's intervals that begin with a crossing of the portfolio's border, in or out, and what follows."""
    rows = timeline(facts, policy=policy).filter(nw.col("from_on") <= day)
    rows = rows.with_columns(is_inside=nw.col("segment").is_in(inside_ids(policy)))
    before = {"was_inside": nw.col("is_inside").shift(1), "reason_before": nw.col("reason").shift(1)}
    rows = rows.with_columns(**{name: e.over("client_id", order_by="from_on") for name, e in before.items()})
    rows = rows.filter(nw.col("is_inside") != nw.col("was_inside").fill_null(value=False))
    around = {f"next_{name}": nw.col(name).shift(-1) for name in ("from_on", "segment", "reason")}
    around["prior_on"] = nw.col("from_on").shift(1)
    rows = rows.with_columns(**{name: e.over("client_id", order_by="from_on") for name, e in around.items()})
    return rows.with_columns(is_first=nw.col("prior_on").is_null())
