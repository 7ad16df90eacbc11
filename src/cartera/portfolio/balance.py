"""How did the portfolio grow or shrink, and does it add up? Size before, what came in, what went out, size after.

Flows are crossings of the portfolio's border, each on its own day, so months add up to the year.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import narwhals as nw

from cartera.calendar import FIRST_DAY, LAST_DAY, days_between, periods_between
from cartera.facts.tables import Facts, Frame
from cartera.portfolio.crossings import came_as, gone_as
from cartera.portfolio.dimensions import dimension_spans, refuse_names
from cartera.portfolio.policy import AnyPolicy
from cartera.portfolio.segments import inside_ids
from cartera.portfolio.timeline import timeline

FLOWS = ("opened", "returned", "reopened", "lost", "cancelled", "unused", "entered_filter", "left_filter")
GAINS = ("opened", "returned", "reopened", "entered_filter")


def balance(
    facts: Facts,
    *,
    since: date,
    day: date,
    policy: AnyPolicy,
    by: str | None = None,
    where: Sequence[tuple[str, str]] = (),
    every: str | None = None,
) -> Frame:
    """One row per period of (since, day] and per value of the dimension `by`.

    Columns: by (if any), after_on and until_on (the period is after_on < date <= until_on), size_before; the flows
    opened (first time in the portfolio), returned (from lost or cancelled), reopened (back from never invoiced), lost,
    cancelled, unused (left as never invoiced), entered_filter and left_filter (the dimension changed inside the
    portfolio); size_after. Always size_after = size_before + gains - losses.
    """
    refuse_names([by] if by else [], ("after_on", "until_on", "size_before", *FLOWS, "size_after"))
    periods = periods_between(since, day, every)
    rows = facts.room.keep(_states(facts, policy, by, where))
    flows = facts.room.keep(_flows(rows, facts, periods))
    sizes = facts.room.keep(_sizes(rows, facts, list(dict.fromkeys([since, *(until for _, until in periods)]))))
    frame = _grid(flows, sizes, facts, periods)
    frame = frame.join(flows, on=["value", "until_on"], how="left")
    for at, name in (("after_on", "size_before"), ("until_on", "size_after")):
        size = sizes.select("value", nw.col("on").alias(at), nw.col("size").alias(name))
        frame = frame.join(size, on=["value", at], how="left")
    counts = [nw.col(n).fill_null(0).cast(nw.Int64) for n in ("size_before", *FLOWS, "size_after")]
    shown = [nw.when(nw.col("value") != UNKNOWN).then(nw.col("value")).alias(by)] if by else []
    return frame.select(*shown, "after_on", "until_on", *counts)


UNKNOWN = "\0"  # the value of clients of whom the dimension says nothing


def _states(facts: Facts, policy: AnyPolicy, by: str | None, where: Sequence[tuple[str, str]]) -> Frame:
    """The timeline cut where a dimension changes, with value, is_inside (the portfolio), is_kept (by the filter)."""
    rows = timeline(facts, policy=policy).with_columns(
        nw.col("until_on").fill_null(LAST_DAY),
        is_inside=nw.col("segment").is_in(inside_ids(policy)),
        is_kept=nw.lit(True),
    )
    rows = _cut(rows, facts, by, "value") if by else rows.with_columns(value=nw.lit(""))
    for name in dict.fromkeys(name for name, _ in where):
        wanted = [value for n, value in where if n == name]
        rows = _cut(rows, facts, name, "chosen")
        rows = rows.with_columns(is_kept=nw.col("is_kept") & nw.col("chosen").is_in(wanted)).drop("chosen")
    return rows.with_columns(nw.col("value").fill_null(UNKNOWN))


def _cut(rows: Frame, facts: Facts, name: str, column: str) -> Frame:
    """The intervals cut at every change of the dimension, with its value, or unknown on days without one."""
    spans = facts.room.keep(_filled_spans(dimension_spans(facts, name), facts))
    both = rows.join(spans, on="client_id", how="left")
    both = both.with_columns(
        from_on=nw.max_horizontal("from_on", nw.col("value_from").fill_null(FIRST_DAY)),
        until_on=nw.min_horizontal("until_on", nw.col("value_until").fill_null(LAST_DAY)),
    )
    kept = both.filter(nw.col("from_on") < nw.col("until_on"))
    return kept.with_columns(nw.col("spanned").fill_null(UNKNOWN).alias(column)).drop(
        "spanned", "value_from", "value_until"
    )


def _filled_spans(spans: Frame, facts: Facts) -> Frame:
    """Spans of every day: what lies before the first known value, or between two, is a span of unknown."""
    spans = facts.room.keep(spans)
    prior = nw.col("until_on").shift(1).over("client_id", order_by="from_on").fill_null(FIRST_DAY)
    gaps = spans.with_columns(start=prior).filter(nw.col("start") < nw.col("from_on"))
    named = {"spanned": nw.col("value"), "value_from": nw.col("from_on"), "value_until": nw.col("until_on")}
    last = spans.group_by("client_id").agg(value_from=nw.col("until_on").max()).filter(nw.col("value_from") < LAST_DAY)
    return nw.concat([
        spans.select("client_id", **named),
        gaps.select("client_id", spanned=nw.lit(UNKNOWN), value_from="start", value_until="from_on"),
        last.select("client_id", nw.lit(UNKNOWN).alias("spanned"), "value_from", nw.lit(LAST_DAY).alias("value_until")),
    ])  # fmt: skip


def _flows(rows: Frame, facts: Facts, periods: list[tuple[date, date]]) -> Frame:
    """value, until_on and one count per flow: the crossings of each period."""
    was = {
        n: nw.col(n).shift(1).over("client_id", order_by="from_on") for n in ("is_inside", "is_kept", "value", "reason")
    }
    seen = nw.col("is_inside").cast(nw.Int64).cum_sum().over("client_id", order_by="from_on")
    rows = rows.with_columns(**{f"was_{n}": e for n, e in was.items()}, seen=seen)
    rows = rows.with_columns(
        was_in=(nw.col("was_is_inside") & nw.col("was_is_kept")).fill_null(value=False),
        now_in=nw.col("is_inside") & nw.col("is_kept"),
        same=(nw.col("was_value") == nw.col("value")).fill_null(value=False),
        was_inside=nw.col("was_is_inside").fill_null(value=False),
    )
    entries = rows.filter(nw.col("now_in") & ~(nw.col("was_in") & nw.col("same"))).select(
        "value", "from_on", flow=_entry()
    )
    exits = rows.filter(nw.col("was_in") & ~(nw.col("now_in") & nw.col("same"))).select(
        nw.col("was_value").alias("value"), "from_on", flow=_exit()
    )
    dated = nw.concat([entries, exits]).join(_period_days(facts, periods), left_on="from_on", right_on="on")
    counts = {f: nw.when(nw.col("flow") == f).then(nw.lit(1)).otherwise(nw.lit(0)) for f in FLOWS}
    return dated.with_columns(**counts).group_by("value", "until_on").agg(*(nw.col(f).sum() for f in FLOWS))


def _entry() -> nw.Expr:
    came = came_as(nw.col("seen") == 1, nw.col("was_reason"))
    return nw.when(nw.col("was_inside")).then(nw.lit("entered_filter")).otherwise(came)


def _exit() -> nw.Expr:
    gone = gone_as(nw.col("segment"), nw.col("reason"))
    return nw.when(nw.col("is_inside")).then(nw.lit("left_filter")).otherwise(gone)


def _period_days(facts: Facts, periods: list[tuple[date, date]]) -> Frame:
    """on, until_on: which period each day belongs to; the first day of none is in it."""
    days = [(on, until) for after, until in periods for on in days_between(after, until) if on > after]
    columns = {"on": [on for on, _ in days], "until_on": [until for _, until in days]}
    return facts.room.table(columns, {"on": nw.Date, "until_on": nw.Date})


def _sizes(rows: Frame, facts: Facts, ends: list[date]) -> Frame:
    """value, on, size: clients inside and kept at the end of each day given, counted, not derived from the flows."""
    at = facts.room.table({"on": ends}, {"on": nw.Date})
    held = rows.filter(nw.col("is_inside") & nw.col("is_kept")).join(at, how="cross")
    held = held.filter((nw.col("from_on") <= nw.col("on")) & (nw.col("on") < nw.col("until_on")))
    return held.group_by("value", "on").agg(size=nw.len().cast(nw.Int64))


def _grid(flows: Frame, sizes: Frame, facts: Facts, periods: list[tuple[date, date]]) -> Frame:
    columns = {"after_on": [a for a, _ in periods], "until_on": [u for _, u in periods]}
    values = nw.concat([flows.select("value"), sizes.select("value")]).unique()
    if not facts.room.rows(values.head(1)):
        values = facts.room.table({"value": [""]}, {"value": nw.String})
    return values.join(facts.room.table(columns, {"after_on": nw.Date, "until_on": nw.Date}), how="cross")
