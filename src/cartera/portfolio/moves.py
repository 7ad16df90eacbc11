"""Who moved between two days, from where to where, when, and what made it move?"""

from __future__ import annotations

from datetime import date

import narwhals as nw

from cartera.facts.tables import Facts, Frame
from cartera.portfolio.activity import standing
from cartera.portfolio.amounts import TOTAL, year_sales
from cartera.portfolio.calendars import base_days, rungs
from cartera.portfolio.causes import causes
from cartera.portfolio.changes import segment_runs
from cartera.portfolio.policy import AnyPolicy
from cartera.portfolio.timeline import timeline


def moves(facts: Facts, *, since: date, day: date, policy: AnyPolicy) -> Frame:
    """The matrix of moves: from_segment (null: not a client yet), to_segment, client_count, amount, is_stay.

    A cell counts clients, not events: who left and came back within the period stayed. amount: net sales of the last
    365 days on `day`.
    """
    rows = _both(facts, since, day, policy).join(year_sales(facts, day), on="client_id", how="left")
    cells = rows.group_by("from_segment", "to_segment").agg(
        client_count=nw.len().cast(nw.Int64), amount=nw.col("amount").sum().fill_null(0).cast(TOTAL)
    )
    stay = (nw.col("from_segment") == nw.col("to_segment")).fill_null(value=False)
    return cells.with_columns(is_stay=stay)


def movers(facts: Facts, *, since: date, day: date, policy: AnyPolicy) -> Frame:
    """One row per client whose segment on `day` is not the one of `since`.

    Columns: client_id, name, from_segment (null: not a client yet), to_segment, moved_on (the day it entered the
    segment of `day`), cause (invoice, plan, mark or time), amount (net sales of the last 365 days on `day`).
    """
    moved = _both(facts, since, day, policy).filter(
        nw.col("from_segment").is_null() | (nw.col("from_segment") != nw.col("to_segment"))
    )
    runs = segment_runs(timeline(facts, policy=policy)).filter(
        (nw.col("from_on") <= day) & (nw.col("next_on").is_null() | (nw.col("next_on") > day))
    )
    rows = moved.join(runs.select("client_id", moved_on="from_on"), on="client_id", how="left")
    rows = _with_turn(rows, facts, policy)
    rows = rows.join(causes(facts, policy), left_on=["client_id", "moved_on"], right_on=["client_id", "on"], how="left")
    by_time = (nw.col("turns_on") == nw.col("moved_on")).fill_null(value=False) & (
        nw.col("moved_on") != nw.col("base_on")
    )
    by_plan = nw.col("reason").is_in(["planned", "first", "returning"]) & nw.lit(policy.uses_plans_and_marks)
    otherwise = nw.when(by_plan).then(nw.lit("plan")).otherwise(nw.lit("time"))
    cause = nw.when(by_time).then(nw.lit("time")).otherwise(nw.coalesce(nw.col("cause"), otherwise))
    rows = rows.join(year_sales(facts, day), on="client_id", how="left")
    rows = rows.join(facts.clients.select("client_id", "name"), on="client_id", how="left")
    return rows.select(
        "client_id", nw.coalesce("name", "client_id").alias("name"), "from_segment", "to_segment", "moved_on",
        cause.alias("cause"), nw.col("amount").fill_null(0).cast(TOTAL),
    )  # fmt: skip


def _with_turn(rows: Frame, facts: Facts, policy: AnyPolicy) -> Frame:
    """With base_on (the last invoice, else the day it was born) and turns_on (when days alone bring it where it is)."""
    rows = rows.with_columns(
        base_on=nw.coalesce("last_issued_on", "born_on"), is_empty=nw.col("last_issued_on").is_null()
    )
    turns = rungs(facts, policy, base_days(facts)).select(
        "base_on", "is_empty", "reason", to_segment="segment", turns_on="rung_from"
    )
    return rows.join(turns, on=["base_on", "is_empty", "reason", "to_segment"], how="left")


def _both(facts: Facts, since: date, day: date, policy: AnyPolicy) -> Frame:
    before = standing(facts, day=since, policy=policy).select("client_id", from_segment="segment")
    after = standing(facts, day=day, policy=policy).select(
        "client_id", "reason", "last_issued_on", "born_on", to_segment="segment"
    )
    return after.join(before, on="client_id", how="left")
