"""Which clients exactly, where do they stand, with which money, rep and contact?"""

from __future__ import annotations

from datetime import date

import narwhals as nw

from cartera.facts.tables import Facts, Frame
from cartera.portfolio.activity import activity
from cartera.portfolio.amounts import TOTAL, at_stake, net_sales, planned_sales, year_sales
from cartera.portfolio.dimensions import dimension_names, dimensions
from cartera.portfolio.policy import AnyPolicy

CONTACT = ("email", "phone", "city", "country")


def clients(facts: Facts, *, day: date, policy: AnyPolicy) -> Frame:
    """One row per client born by `day`: its activity, its money and how to reach it.

    Columns: client_id, name, segment, reason, since_on, next_segment, next_on, last_issued_on, amount (net sales of the
    last 365 days), at_stake (of the 365 days up to its last invoice), total_amount (of all time), planned_amount,
    next_planned_on, rep, email, phone, city, country, explanation.
    """
    rows = activity(facts, day=day, policy=policy)
    total = net_sales(facts, after=None, day=day).select("client_id", total_amount="amount")
    known = dimension_names(facts)
    named = [name for name in ("rep", *CONTACT) if name in known]
    money = [year_sales(facts, day), at_stake(facts, day), total]
    planned = planned_sales(facts, day=day, horizon_end=policy.horizon_end(day))
    for more in (*money, planned, dimensions(facts, named, day=day)):
        rows = rows.join(more, on="client_id", how="left")
    sums = [nw.col(n).fill_null(0).cast(TOTAL) for n in ("amount", "at_stake", "total_amount", "planned_amount")]
    return rows.select(
        "client_id", "name", "segment", "reason", "since_on", "next_segment", "next_on", "last_issued_on", *sums,
        "next_planned_on", "rep", *CONTACT, "explanation",
    )  # fmt: skip
