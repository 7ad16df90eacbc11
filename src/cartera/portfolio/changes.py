"""When did each client enter its segment, and when does it leave it if nobody acts, as far as is visible on a day?"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import narwhals as nw

from cartera.facts.tables import Facts, Frame
from cartera.portfolio.policy import AnyPolicy
from cartera.portfolio.timeline import timeline


def changes(facts: Facts, *, day: date, policy: AnyPolicy) -> Frame:
    """client_id, since_on, next_segment, next_on of every client born by `day`; next_* null when nothing changes."""
    runs = segment_runs(timeline(visible(facts, day), policy=policy))
    now = (nw.col("from_on") <= day) & (nw.col("next_on").is_null() | (nw.col("next_on") > day))
    return runs.filter(now).select("client_id", "next_segment", "next_on", since_on="from_on")


def segment_runs(intervals: Frame) -> Frame:
    """client_id, segment, from_on, next_segment, next_on: the timeline without edges at which only a reason changes."""
    before = nw.col("segment").shift(1).over("client_id", order_by="from_on")
    rows = intervals.with_columns(before=before)
    rows = rows.filter(nw.col("before").is_null() | (nw.col("before") != nw.col("segment")))
    after = {f"next_{c}": nw.col(c).shift(-1).over("client_id", order_by="from_on") for c in ("segment", "from_on")}
    return rows.with_columns(**after).select("client_id", "segment", "from_on", "next_segment", next_on="next_from_on")


def visible(facts: Facts, day: date) -> Facts:
    """The facts as `day` sees them: issued rows and marks dated by then, plans and future-dated invoices known by then.

    A row voided later still stands.
    """
    known = nw.col("known_on") <= day
    planned = nw.col("state") == "planned"
    seen = (~planned & (nw.col("issued_on") <= day)) | (planned & nw.col("known_on").is_null()) | known
    # A credit note acts from its date, whatever became known before.
    later_credit = (nw.col("kind") == "credit_note") & (nw.col("issued_on") > day)
    voided_later = nw.col("void_on") > day
    state = nw.when(voided_later & (nw.col("state") == "void")).then(nw.lit("issued")).otherwise(nw.col("state"))
    invoices = facts.invoices.filter(seen.fill_null(value=False) & ~later_credit).with_columns(
        state=state, void_on=nw.when(~voided_later).then(nw.col("void_on"))
    )
    return replace(facts, invoices=invoices, marks=facts.marks.filter(nw.col("marked_on") <= day))
