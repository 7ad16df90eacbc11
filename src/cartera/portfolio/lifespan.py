"""How long has each client been one, how much of that in the portfolio, and how often did it leave and come back?"""

from __future__ import annotations

from datetime import date

import narwhals as nw

from cartera.facts.tables import Facts, Frame
from cartera.portfolio.activity import standing
from cartera.portfolio.counting import sales_and_plans
from cartera.portfolio.lifetimes import days_apart, lifetimes
from cartera.portfolio.policy import AnyPolicy
from cartera.tongue import text

DEFINITIONS = (
    (
        "lifetime",
        text("A lifetime is an unbroken time in the portfolio; it ends when the client is lost or cancelled."),
    ),
    ("return", text("A return is the way back from lost or cancelled; it begins another lifetime.")),
    (
        "relationship",
        text("A relationship runs from the first invoice until the client left, or until now, gaps included."),
    ),
)


def lifespan(facts: Facts, *, day: date, policy: AnyPolicy) -> Frame:
    """One row per client born by `day`.

    Columns: client_id, name, segment, first_issued_on, last_issued_on, relationship_days (from the first counted
    invoice to the day it left the portfolio, or to `day` while it is in it; null when never invoiced), portfolio_days
    (inside, gaps left out), lifetime_count, ended_count (lost or cancelled), return_count (back from these), entered_on
    (the first day of its latest lifetime) and left_on (the first day after it; null while it goes on).
    """
    rows = standing(facts, day=day, policy=policy).select("client_id", "segment", "last_issued_on")
    names = facts.clients.select("client_id", "name")
    for more in (_lived(facts, day, policy), _first_invoices(facts, day), names):
        rows = rows.join(more, on="client_id", how="left")
    ends = nw.max_horizontal("first_issued_on", nw.col("left_on").fill_null(day))
    rows = facts.room.keep(rows.with_columns(end_on=nw.when(~nw.col("first_issued_on").is_null()).then(ends)))
    rows = days_apart(rows, facts, "first_issued_on", "end_on", "relationship_days")
    counts = [nw.col(n).fill_null(0).cast(nw.Int64) for n in COUNTS]
    return rows.select(
        "client_id", nw.coalesce("name", "client_id").alias("name"), "segment", "first_issued_on", "last_issued_on",
        "relationship_days", *counts, "entered_on", "left_on",
    )  # fmt: skip


COUNTS = ("portfolio_days", "lifetime_count", "ended_count", "return_count")


def _lived(facts: Facts, day: date, policy: AnyPolicy) -> Frame:
    """The lifetimes of each client counted, and the bounds of the latest."""
    lived = lifetimes(facts, day=day, policy=policy)
    ones = {"ended_count": nw.col("is_ended"), "return_count": nw.col("entry") == "returned"}
    lived = lived.with_columns(
        lifetime_count=nw.lit(1),
        **{name: nw.when(holds).then(nw.lit(1)).otherwise(nw.lit(0)) for name, holds in ones.items()},
        open_from=nw.when(nw.col("until_on").is_null()).then(nw.col("from_on")),
    )
    sums = {name: nw.col(name).sum() for name in COUNTS[1:]}
    rows = lived.group_by("client_id").agg(
        portfolio_days=nw.col("days").sum(), **sums, entered_on=nw.col("from_on").max(),
        open_from=nw.col("open_from").max(), last_end=nw.col("until_on").max(),
    )  # fmt: skip
    left = nw.when(nw.col("open_from").is_null()).then(nw.col("last_end"))
    return rows.with_columns(left_on=left).drop("open_from", "last_end")


def _first_invoices(facts: Facts, day: date) -> Frame:
    past = nw.col("counts") & (nw.col("issued_on") <= day)
    sold = sales_and_plans(facts, day).filter(past)
    return sold.group_by("client_id").agg(first_issued_on=nw.col("issued_on").min())
