"""On which dates did a client buy? Two invoices of one day are one purchase; a credited or voided one is none."""

from __future__ import annotations

from datetime import date

import narwhals as nw

from cartera.calendar import add_days
from cartera.facts.tables import Facts, Frame
from cartera.portfolio.amounts import YEAR_DAYS
from cartera.portfolio.counting import sales_and_plans


def purchase_dates(facts: Facts, *, day: date, after: date | None = None) -> Frame:
    """client_id, issued_on: the distinct issue dates of counted invoices with after < issued_on <= `day`."""
    on = nw.col("issued_on")
    past = nw.col("counts") & (on <= day)
    rows = sales_and_plans(facts, day).filter(past if after is None else past & (on > after))
    return rows.select("client_id", "issued_on").unique()


def year_purchases(facts: Facts, day: date) -> Frame:
    """client_id, purchase_count: purchase dates of the last 365 days, of every client that has any."""
    rows = purchase_dates(facts, day=day, after=add_days(day, -YEAR_DAYS))
    return rows.group_by("client_id").agg(purchase_count=nw.len().cast(nw.Int64))
