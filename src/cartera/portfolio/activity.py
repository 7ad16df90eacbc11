"""Where does every client stand on a day, since when, why, and what happens next if nobody acts?

Read `standing` first: one pass over the invoices, the ladder as plain dates, then the rules over it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import narwhals as nw

from cartera.calendar import LAST_DAY
from cartera.facts.tables import Facts, Frame
from cartera.portfolio.calendars import countdown
from cartera.portfolio.changes import changes
from cartera.portfolio.counting import born_part, is_coming, sales_and_plans
from cartera.portfolio.explanation import explained
from cartera.portfolio.kopilot import settle
from cartera.portfolio.ladder import Threshold, thresholds
from cartera.portfolio.marks import mark_on
from cartera.portfolio.policy import AnyPolicy
from cartera.portfolio.timeline import timeline


def activity(facts: Facts, *, day: date, policy: AnyPolicy) -> Frame:
    """One row per client born on or before `day`, each in exactly one segment.

    Columns: client_id, name, segment, reason, since_on (start of the segment), next_segment and next_on (the next
    change of segment if nobody acts, null when none), days_left (days until it is lost, only while leaving),
    last_issued_on, next_planned_on, is_planned (something is coming), explanation (the same in one text).
    """
    rows = standing(facts, day=day, policy=policy)
    rows = rows.join(changes(facts, day=day, policy=policy), on="client_id", how="left")
    rows = rows.join(facts.clients.select("client_id", "name"), on="client_id", how="left")
    rows = rows.join(countdown(facts, day, policy), on=["last_issued_on", "segment"], how="left")
    rows = rows.with_columns(
        nw.coalesce("name", "client_id").alias("name"), is_planned=~nw.col("next_planned_on").is_null()
    )
    return explained(rows, policy).select(
        "client_id", "name", "segment", "reason", "since_on", "next_segment", "next_on", "days_left",
        "last_issued_on", "next_planned_on", "is_planned", "explanation",
    )  # fmt: skip


def standing(facts: Facts, *, day: date, policy: AnyPolicy) -> Frame:
    """client_id, segment, reason, last_issued_on, next_planned_on, born_on, marked_on of every client born by `day`.

    `marked_on` is the date of the mark in force, null when none holds.
    """
    seen = last_and_next(facts, day=day, policy=policy)
    if not policy.uses_plans_and_marks:
        on_day = timeline(facts, policy=policy).filter(
            (nw.col("from_on") <= day) & (nw.col("until_on").is_null() | (nw.col("until_on") > day))
        )
        return seen.join(on_day.select("client_id", "segment", "reason"), on="client_id").select(
            "client_id",
            "segment",
            "reason",
            "last_issued_on",
            "next_planned_on",
            "born_on",
            marked_on=nw.lit(None, nw.Date),
        )
    seen, mark = _with_mark(seen, facts, day)
    ladder, empty = thresholds(policy.ladder, day), thresholds(policy.empty_ladder, day)
    segment, reason = settle(
        nw.col("ladder_reason"), nw.col("ladder_segment"), ~nw.col("next_planned_on").is_null(), mark
    )
    return seen.with_columns(
        ladder_segment=_rung(ladder, empty, "segment"), ladder_reason=_rung(ladder, empty, "reason")
    ).select(
        "client_id", segment.alias("segment"), reason.alias("reason"), "last_issued_on", "next_planned_on", "born_on",
        marked_on=nw.when(~mark.is_null()).then(nw.col("marked_on")),
    )  # fmt: skip


def _with_mark(seen: Frame, facts: Facts, day: date) -> tuple[Frame, nw.Expr]:
    """The rows with `mark` and `marked_on`, and the mark that holds: nothing known or issued after it has lifted it."""
    if not facts.gives("marks"):
        return seen.with_columns(mark=nw.lit(None, nw.String), marked_on=nw.lit(None, nw.Date)), nw.col("mark")
    seen = seen.join(mark_on(facts, day), on="client_id", how="left")
    lifted = (nw.col("last_issued_on") > nw.col("marked_on")) | (nw.col("next_known_on") > nw.col("marked_on"))
    holds = nw.col("mark").is_in(["cancelled", "lost"]) & ~lifted.fill_null(value=False)
    return seen, nw.when(holds).then(nw.col("mark"))


def last_and_next(facts: Facts, *, day: date, policy: AnyPolicy) -> Frame:
    """Per client born by `day`: last_issued_on (L), next_planned_on (F), next_known_on (when the newest of what is
    coming became known), born_on.
    """
    rows = sales_and_plans(facts, day)
    coming = is_coming(facts, day, policy.horizon_end(day))
    past = nw.col("counts") & (nw.col("issued_on") <= day)
    seen = rows.select(
        "client_id",
        last_issued_on=nw.when(past).then(nw.col("issued_on")),
        next_planned_on=nw.when(coming).then(nw.col("issued_on")),
        next_known_on=nw.when(coming).then(nw.col("known_on")) if facts.gives("marks") else nw.lit(None, nw.Date),
        born_on=born_part(facts),
    ).group_by("client_id").agg(
        nw.col("last_issued_on").max(), nw.col("next_planned_on").min(), nw.col("next_known_on").max(),
        nw.col("born_on").min(),
    )  # fmt: skip
    if facts.gives("clients"):
        seen = _with_created(seen, facts)
    return seen.filter(nw.col("born_on") <= day)


def _with_created(seen: Frame, facts: Facts) -> Frame:
    """Also the clients without a sale, each born at the latest on the day it was created."""
    clients = facts.clients.select(key="client_id", created_on="created_on")
    both = seen.join(clients, left_on="client_id", right_on="key", how="full")
    return both.select(
        nw.coalesce("client_id", "key").alias("client_id"), "last_issued_on", "next_planned_on", "next_known_on",
        born_on=nw.min_horizontal("born_on", "created_on"),
    )  # fmt: skip


def _rung(ladder: Sequence[Threshold], empty: Sequence[Threshold], word: str) -> nw.Expr:
    """The ladder's word for a client: first threshold reached by its last invoice, else by the day it was born."""
    return _first(ladder, "last_issued_on", word, otherwise=_first(empty, "born_on", word, otherwise=None))


def _first(steps: Sequence[Threshold], base: str, word: str, otherwise: nw.Expr | None) -> nw.Expr:
    answer = otherwise
    for step in reversed(steps):
        value = nw.lit(getattr(step, word))
        reached = nw.col(base) >= min(step.from_on, LAST_DAY)
        answer = nw.when(reached).then(value) if answer is None else nw.when(reached).then(value).otherwise(answer)
    assert answer is not None, "a ladder has rungs"
    return answer
