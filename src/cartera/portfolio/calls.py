"""Whom to contact today? Clients that cool with nothing planned, steps whose day has come, marks to look at again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import narwhals as nw

from cartera.facts.tables import Facts, Frame
from cartera.portfolio.activity import standing
from cartera.portfolio.amounts import TOTAL, at_stake, year_sales
from cartera.portfolio.changes import visible
from cartera.portfolio.dimensions import dimension_names, dimensions
from cartera.portfolio.policy import AnyPolicy
from cartera.portfolio.reviews import reviews
from cartera.portfolio.segments import at_risk_ids, inside_ids
from cartera.portfolio.timeline import timeline

COOLING, STEP, REVIEW = "cooling", "step", "review"
WHYS = (STEP, REVIEW, COOLING)
NEAR_DAYS = 30  # who leaves within a month counts in full, who leaves in n months an n-th
REACH = ("rep", "email", "phone")


def calls(facts: Facts, *, day: date, policy: AnyPolicy) -> Frame:
    """One row per client to contact on `day`. Silent are those with something coming or a next step on a later day.

    Columns: client_id, name, segment, why (step: its day has come; review: a mark to look at again; cooling: at risk
    and nothing is coming), due_on (of the step or review), step (its text), last_issued_on, days_since (that),
    leaves_on and days_left (when it leaves the portfolio if nobody acts), amount (net sales of the last 365 days),
    at_stake (of the 365 days up to its last invoice), nearness (1 when due or leaving within 30 days, else 30 by the
    days left), urgency (at_stake times nearness), rep, email, phone.
    """
    room = facts.room
    rows = standing(facts, day=day, policy=policy).select("client_id", "segment", "last_issued_on", "next_planned_on")
    reviewed = reviews(facts, day=day, until=day, policy=policy).select("client_id", "review_on")
    for more in (_steps(facts), reviewed, _leaving(facts, day, policy), at_stake(facts, day), year_sales(facts, day)):
        rows = rows.join(more, on="client_id", how="left")
    rows = room.keep(rows.with_columns(why=_why(day, policy)).filter(~nw.col("why").is_null()))
    known = [name for name in REACH if name in dimension_names(facts)]
    people = dimensions(facts, known, day=day)
    for more in (people, facts.clients.select("client_id", "name")):
        rows = rows.join(more, on="client_id", how="left")
    rows = rows.join(_nearness(facts, rows, day), on=["why", "leaves_on"], how="left")
    rows = rows.join(_silence(facts, rows, day), on="last_issued_on", how="left")
    sums = [nw.col(name).fill_null(0).cast(TOTAL).alias(name) for name in ("amount", "at_stake")]
    due = nw.when(nw.col("why") == STEP).then(nw.col("step_on")).when(nw.col("why") == REVIEW).then("review_on")
    worth = nw.col("at_stake").fill_null(0).cast(nw.Float64)
    reach = [nw.col(name) if name in known else nw.lit(None, nw.String).alias(name) for name in REACH]
    nearness = nw.col("nearness").fill_null(1.0)  # who leaves on no day joins no row of a day
    return rows.with_columns(due_on=due, nearness=nearness, urgency=worth * nearness).select(
        "client_id", nw.coalesce("name", "client_id").alias("name"), "segment", "why", "due_on", "step",
        "last_issued_on", "days_since", "leaves_on", "days_left", *sums, "nearness", "urgency", *reach,
    )  # fmt: skip


def _why(day: date, policy: AnyPolicy) -> nw.Expr:
    """Why the client is to be contacted, null when it is not."""
    waits = (nw.col("step_on") > day).fill_null(value=False)
    is_due = (nw.col("step_on") <= day).fill_null(value=False)
    cools = nw.col("segment").is_in(at_risk_ids(policy)) & nw.col("next_planned_on").is_null()
    return (
        nw.when(waits).then(nw.lit(None, nw.String)).when(is_due).then(nw.lit(STEP))
        .when(~nw.col("review_on").is_null()).then(nw.lit(REVIEW)).when(cools).then(nw.lit(COOLING))
    )  # fmt: skip


def _steps(facts: Facts) -> Frame:
    """client_id, step_on, step: of each client the step whose day comes last; while it is ahead, nobody is reminded."""
    last: dict[str, Any] = {}
    for one in sorted(facts.steps, key=lambda row: row["due_on"]):
        last[one["client_id"]] = one
    columns: dict[str, Sequence[Any]] = {
        "client_id": list(last),
        "step_on": [one["due_on"] for one in last.values()],
        "step": [one["text"] for one in last.values()],
    }
    return facts.room.table(columns, {"client_id": nw.String, "step_on": nw.Date, "step": nw.String})


def _leaving(facts: Facts, day: date, policy: AnyPolicy) -> Frame:
    """client_id, leaves_on: the first day after `day` on which the client is outside if nobody acts."""
    later = timeline(visible(facts, day), policy=policy).filter(
        (nw.col("from_on") > day) & ~nw.col("segment").is_in(inside_ids(policy))
    )
    return later.group_by("client_id").agg(leaves_on=nw.col("from_on").min())


def _nearness(facts: Facts, rows: Frame, day: date) -> Frame:
    """why, leaves_on, days_left, nearness of all that there are."""
    found = facts.room.rows(rows.select("why", "leaves_on").unique())
    left = [(row["leaves_on"] - day).days if row["leaves_on"] else None for row in found]
    columns = {
        "why": [row["why"] for row in found], "leaves_on": [row["leaves_on"] for row in found], "days_left": left,
        "nearness": [near(row["why"], days) for row, days in zip(found, left, strict=True)],
    }  # fmt: skip
    kinds = {"why": nw.String, "leaves_on": nw.Date, "days_left": nw.Int64, "nearness": nw.Float64}
    return facts.room.table(columns, kinds)


def near(why: str, days_left: int | None) -> float:
    """1 for what is due and for who leaves within 30 days, else 30 by the days that are left."""
    if why != COOLING or days_left is None or days_left <= NEAR_DAYS:
        return 1.0
    return NEAR_DAYS / days_left


def _silence(facts: Facts, rows: Frame, day: date) -> Frame:
    """last_issued_on, days_since of all that there are."""
    days = [row["last_issued_on"] for row in facts.room.rows(rows.select("last_issued_on").unique())]
    days = [one for one in days if one is not None]
    columns = {"last_issued_on": days, "days_since": [(day - one).days for one in days]}
    return facts.room.table(columns, {"last_issued_on": nw.Date, "days_since": nw.Int64})
