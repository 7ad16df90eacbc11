"""How is each rep's portfolio beside the team's: who cools, who leaves, who came, for whom is something planned?"""

from __future__ import annotations

from datetime import date

import narwhals as nw

from cartera.facts.tables import Facts, Frame
from cartera.portfolio.activity import standing
from cartera.portfolio.amounts import TOTAL, at_stake
from cartera.portfolio.dimensions import dimension_names, dimensions
from cartera.portfolio.policy import AnyPolicy
from cartera.portfolio.rounding import half_up
from cartera.portfolio.segments import at_risk_ids, inside_ids

REP, ACTIVE = "rep", "active"
AVERAGE = "(average)"  # stands where the name of a rep would
COUNTS = ("client_count", "active_count", "entered_count", "leaving_count", "opened_count", "planned_count")
FEWEST_REPS = 3  # the average of fewer would tell one rep what another one has


def team(facts: Facts, *, day: date, since: date, policy: AnyPolicy, whole: Facts | None = None) -> Frame:
    """One row per rep with clients in the portfolio, then one of the average rep of `whole` (is_average).

    Columns: rep (null: nobody's), is_average, client_count (in the portfolio), active_count, entered_count (stand in
    the first cooling segment, and stood elsewhere on `since`), leaving_count (in the last one), leaving_amount (net
    sales of the 365 days up to the last invoice of each), opened_count (no client on `since`), planned_count (something
    is coming), and active_share, entered_share, planned_share of client_count. The average is null where `whole` are
    more than `facts` and have fewer than three reps; its counts are rounded.
    """
    own = facts.room.keep(_counted(facts, day, since, policy))
    all_of = own if whole is None else facts.room.keep(_counted(whole, day, since, policy))
    average = _average(all_of.filter(~nw.col(REP).is_null()), is_told=whole is None)
    rows = nw.concat([own.with_columns(is_average=nw.lit(value=False)), average.select(*own.columns, "is_average")])
    size = nw.when(nw.col("client_count") > 0).then(nw.col("client_count"))
    shares = {f"{name}_share": nw.col(f"{name}_count") / size for name in (ACTIVE, "entered", "planned")}
    return rows.with_columns(**shares)


def cooling(policy: AnyPolicy) -> tuple[str, str]:
    """The first and the last of the segments in which clients cool."""
    ids = at_risk_ids(policy)
    return ids[0], ids[-1]


def _counted(facts: Facts, day: date, since: date, policy: AnyPolicy) -> Frame:
    first, last = cooling(policy)
    rows = standing(facts, day=day, policy=policy).filter(nw.col("segment").is_in(inside_ids(policy)))
    rows = rows.select("client_id", "segment", "next_planned_on")
    then = standing(facts, day=since, policy=policy).select("client_id", was="segment")
    for more in (then, at_stake(facts, day), _reps(facts, day)):
        rows = rows.join(more, on="client_id", how="left")
    segment, was = nw.col("segment"), nw.col("was")
    flags = {
        "client_count": nw.lit(value=True), "active_count": segment == ACTIVE,
        "entered_count": (segment == first) & (was.is_null() | (was != first)), "leaving_count": segment == last,
        "opened_count": was.is_null(), "planned_count": ~nw.col("next_planned_on").is_null(),
    }  # fmt: skip
    one, none = nw.lit(1), nw.lit(0)
    rows = rows.with_columns(
        **{name: nw.when(flag).then(one).otherwise(none) for name, flag in flags.items()},
        leaving_amount=nw.when(segment == last).then(nw.col("at_stake")),
    )
    counts = [nw.col(name).sum().cast(nw.Int64) for name in COUNTS]
    summed = rows.group_by(REP).agg(*counts, nw.col("leaving_amount").sum())
    return summed.with_columns(nw.col("leaving_amount").fill_null(0).cast(TOTAL))


def _reps(facts: Facts, day: date) -> Frame:
    if REP in dimension_names(facts):
        return dimensions(facts, [REP], day=day)
    return dimensions(facts, (), day=day).with_columns(nw.lit(None, nw.String).alias(REP))


def _average(rows: Frame, *, is_told: bool) -> Frame:
    told = nw.col("reps") >= (1 if is_told else FEWEST_REPS)
    counts = [half_up(nw.col(name).mean()).cast(nw.Int64) for name in COUNTS]
    money = half_up(nw.col("leaving_amount").cast(nw.Float64).mean(), 2).cast(TOTAL)
    found = rows.select(*counts, money.alias("leaving_amount"), nw.len().alias("reps"))
    values = [nw.when(told).then(nw.col(name)).alias(name) for name in (*COUNTS, "leaving_amount")]
    return found.with_columns(*values, is_average=nw.lit(value=True)).with_columns(nw.lit(AVERAGE).alias(REP))
