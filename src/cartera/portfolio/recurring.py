"""Which part of the revenue recurs? Net sales to the clients that come back, as a part of all net sales of the year.

The one answer behind the figures and the funnel, on the day and, for the year before, as the books stood 365 days
earlier.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import narwhals as nw

from cartera.calendar import add_days
from cartera.facts.tables import Facts
from cartera.portfolio.amounts import TOTAL, YEAR_DAYS, net_sales
from cartera.portfolio.purchase_dates import year_purchases
from cartera.tongue import text

BASE = text("all net sales of the last 365 days, those that name no client included")
AS_OF_THEN = text("a year before: as the books stood 365 days earlier")


@dataclass(frozen=True)
class Recurring:
    """revenue: all net sales of the 365 days, also those that name no client. amount: of them to recurring clients."""

    revenue: Decimal
    amount: Decimal
    client_count: int


def recurring(facts: Facts, *, day: date, purchases: int) -> Recurring:
    """The revenue of the last 365 days on `day`, and what recurs: of clients with at least so many purchase dates."""
    sales = net_sales(facts, after=add_days(day, -YEAR_DAYS), day=day).select("client_id", "amount")
    rows = year_purchases(facts, day).filter(nw.col("purchase_count") >= purchases).select("client_id", one=nw.lit(1))
    rows = sales.join(rows, on="client_id", how="left")
    returns = nw.when(nw.col("one") == 1).then(nw.col("amount"))
    sums = rows.select(
        revenue=nw.col("amount").sum().cast(TOTAL), amount=returns.sum().cast(TOTAL), client_count=nw.col("one").sum()
    )
    found = facts.room.rows(sums)[0]
    return Recurring(found["revenue"] or Decimal(0), found["amount"] or Decimal(0), int(found["client_count"] or 0))
