"""Which marks did somebody want to look at again? Those that hold on a day and whose review day has come."""

from __future__ import annotations

from datetime import date

import narwhals as nw

from cartera.facts.tables import Facts, Frame
from cartera.portfolio.activity import standing
from cartera.portfolio.marks import LONG_AGO, last_of_each, mark_on
from cartera.portfolio.policy import AnyPolicy


def reviews(facts: Facts, *, day: date, until: date, policy: AnyPolicy) -> Frame:
    """client_id, name, review_on, mark, marked_on, reason, by, note of marks that hold on `day`, to review by `until`.

    One row per client. A mark that an invoice or a plan lifted is looked at by that already.
    """
    holding = standing(facts, day=day, policy=policy).filter(~nw.col("marked_on").is_null())
    held = mark_on(facts, day).join(holding.select("client_id"), on="client_id", how="semi")
    told = facts.marks.with_columns(strength=nw.lit(0), recorded=nw.col("recorded_at").fill_null(LONG_AGO))
    told = told.join(held, on=["client_id", "mark", "marked_on"], how="semi")
    rows = last_of_each(told, ["client_id"], ["recorded", "review_on"]).filter(nw.col("review_on") <= until)
    rows = rows.join(facts.clients.select("client_id", "name"), on="client_id", how="left")
    return rows.select(
        "client_id", nw.coalesce("name", "client_id").alias("name"), "review_on", "mark", "marked_on", "reason", "by",
        "note",
    )  # fmt: skip
