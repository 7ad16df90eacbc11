"""What if the windows were others? Two policies on the same facts and day: who changes segment."""

from __future__ import annotations

from datetime import date

import narwhals as nw

from cartera.facts.tables import Facts, Frame
from cartera.portfolio.activity import standing
from cartera.portfolio.amounts import TOTAL, year_sales
from cartera.portfolio.composition import composition
from cartera.portfolio.policy import AnyPolicy


def whatif(facts: Facts, *, day: date, policy: AnyPolicy, against: AnyPolicy) -> Frame:
    """One row per client that stands elsewhere under `against` than under `policy`.

    Columns: client_id, name, from_segment, to_segment, last_issued_on, amount (net sales of the last 365 days).
    """
    before = standing(facts, day=day, policy=policy).select("client_id", "last_issued_on", from_segment="segment")
    after = standing(facts, day=day, policy=against).select("client_id", to_segment="segment")
    rows = before.join(after, on="client_id").filter(nw.col("from_segment") != nw.col("to_segment"))
    rows = rows.join(year_sales(facts, day), on="client_id", how="left")
    rows = rows.join(facts.clients.select("client_id", "name"), on="client_id", how="left")
    return rows.select(
        "client_id", nw.coalesce("name", "client_id").alias("name"), "from_segment", "to_segment", "last_issued_on",
        nw.col("amount").fill_null(0).cast(TOTAL),
    )  # fmt: skip


def whatif_composition(facts: Facts, *, day: date, policy: AnyPolicy, against: AnyPolicy) -> Frame:
    """The two compositions side by side: segment, client_count, client_count_if, change, amount, amount_if.

    A segment that only one policy knows is 0 under the other.
    """
    now = composition(facts, day=day, policy=policy).select("segment", "client_count", "amount")
    then = composition(facts, day=day, policy=against).select(
        key="segment", count_if="client_count", amount_if="amount"
    )
    both = now.join(then, left_on="segment", right_on="key", how="full").select(
        nw.coalesce("segment", "key").alias("segment"), *(nw.col(n).fill_null(0) for n in ("client_count", "count_if")),
        *(nw.col(n).fill_null(0).cast(TOTAL) for n in ("amount", "amount_if")),
    )  # fmt: skip
    return both.select(
        "segment", "client_count", nw.col("count_if").alias("client_count_if"),
        (nw.col("count_if") - nw.col("client_count")).alias("change"), "amount", "amount_if",
    )  # fmt: skip
