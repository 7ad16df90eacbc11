"""How many clients, and how much money, stand in each segment on a day, or at the end of every day, week or month?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import narwhals as nw

from cartera.calendar import add_days, period_ends, period_start
from cartera.facts.tables import Facts, Frame
from cartera.portfolio.activity import standing
from cartera.portfolio.amounts import TOTAL, year_sales
from cartera.portfolio.dimensions import clients_where, dimensions, refuse_names
from cartera.portfolio.policy import AnyPolicy
from cartera.portfolio.segments import segment_table
from cartera.portfolio.timeline import timeline

FIGURES = ("segment", "rank", "client_count", "client_share", "amount")
OVER_TIME = ("on", "is_unfinished")


def composition(facts: Facts, *, day: date, policy: AnyPolicy, by: Sequence[str] = ()) -> Frame:
    """One row per segment of the policy, also the empty ones, and per value of the dimensions `by`.

    Columns: the dimensions, segment, client_count, client_share (of the portfolio, 0..1; null for the segments outside
    it and for an empty portfolio), amount (net sales of the last 365 days).
    """
    refuse_names(by, ("client_id", *FIGURES))
    return _composed(standing(facts, day=day, policy=policy), facts, day, policy, by)


def composition_over_time(
    facts: Facts,
    *,
    since: date,
    day: date,
    every: str,
    policy: AnyPolicy,
    by: Sequence[str] = (),
    where: Sequence[tuple[str, str]] = (),
) -> Frame:
    """`composition` at the end of every period from the one that holds `since` to `day`.

    every: day, week, month, quarter or year. where: only clients whose dimensions have these values on that day. Two
    more columns lead: on (the last day of the period, or `day`) and is_unfinished (the period goes on after `day`).
    """
    refuse_names(by, ("client_id", *OVER_TIME, *FIGURES))
    intervals = facts.room.keep(timeline(facts, policy=policy))
    parts = []
    for end in period_ends(since, day, every):
        holds = (nw.col("from_on") <= end) & (nw.col("until_on").is_null() | (nw.col("until_on") > end))
        stands = intervals.filter(holds)
        if where:
            stands = stands.join(clients_where(facts, where, day=end), on="client_id", how="semi")
        part = facts.room.keep(_composed(stands, facts, end, policy, by))
        is_open = nw.lit(period_start(add_days(end, 1), every) <= end)
        parts.append(
            part.select(nw.lit(end).alias("on"), is_open.alias("is_unfinished"), *part.collect_schema().names())
        )
    return nw.concat(parts)


def _composed(stands: Frame, facts: Facts, day: date, policy: AnyPolicy, by: Sequence[str]) -> Frame:
    # A user's column may be called anything: inside, the dimensions have names of their own.
    inner = {name: f"dimension_{n}" for n, name in enumerate(by)}
    rows = stands.select("client_id", "segment").join(year_sales(facts, day), on="client_id", how="left")
    if by:
        rows = rows.join(dimensions(facts, by, day=day).rename(inner), on="client_id", how="left")
    keys = list(inner.values())
    counted = rows.group_by(*keys, "segment").agg(client_count=nw.len().cast(nw.Int64), amount=nw.col("amount").sum())
    shared = _shared(_complete(facts.room.keep(counted), facts, policy, keys), keys)
    return shared.rename({key: name for name, key in inner.items()})


def _complete(counted: Frame, facts: Facts, policy: AnyPolicy, by: list[str]) -> Frame:
    """Every segment for every value of the dimensions; nulls of a dimension stay a value of their own."""
    # A join never matches nulls: where a dimension is unknown, both sides get the same stand-in for the join alone.
    keys = {f"key_{name}": nw.col(name).fill_null("\0") for name in by} or {"whole": nw.lit(1)}
    found = counted.with_columns(**keys)
    if by:
        grid = found.select(*by, *keys).unique().join(segment_table(facts, policy), how="cross")
        rows = grid.join(found.drop(*by), on=[*keys, "segment"], how="left")
    else:
        rows = segment_table(facts, policy).with_columns(**keys).join(found, on=[*keys, "segment"], how="left")
    return rows.with_columns(nw.col("client_count").fill_null(0), nw.col("amount").fill_null(0).cast(TOTAL))


def _shared(rows: Frame, by: list[str]) -> Frame:
    """With each segment's share of the portfolio it is in."""
    keys = [f"key_{name}" for name in by] or ["whole"]
    rows = rows.with_columns(inside=nw.when(nw.col("is_inside")).then(nw.col("client_count")))
    size = nw.col("inside").sum().over(*keys)
    rows = rows.with_columns(size=size)
    share = nw.when(nw.col("is_inside") & (nw.col("size") > 0)).then(nw.col("client_count") / nw.col("size"))
    return rows.with_columns(client_share=share).select(*by, "segment", "client_count", "client_share", "amount")
