"""How do sales run, month by month or day by day, beside the same period a year before?"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import narwhals as nw

from cartera.calendar import add_days, add_months, days_between, next_period, period_start, periods_between, year_before
from cartera.facts.tables import Facts, Frame
from cartera.portfolio.amounts import TOTAL, in_currency, is_sales, reporting_currency
from cartera.portfolio.counting import sales_and_plans
from cartera.portfolio.figures import ratio

MONTHS_BACK = 11


def takings(facts: Facts, *, day: date, every: str, since: date | None = None) -> Frame:
    """One row per period of (since, day], of the last twelve months unless `since` says otherwise.

    every: day, week, month, quarter or year. Columns: after_on, until_on (after_on < date <= until_on), is_unfinished
    (the period goes on after `day`), amount (net sales), last_year (the same days a year before), change,
    invoice_count, client_count (named clients with an invoice that counts), average_invoice (null without one).
    """
    periods = periods_between(first_end(day, every, since), day, every)
    before = [(year_before(after), year_before(until)) for after, until in periods]
    now, last = (_sold(facts, day, one) for one in (periods, before))
    bought = _bought(facts, day, periods)
    rows = []
    for at, (after, until) in enumerate(periods):
        found = bought.get(at, {})
        named, count = now.get(at, {}).get("named") or Decimal(0), found.get("invoice_count") or 0
        amount, earlier = (one.get(at, {}).get("amount") or Decimal(0) for one in (now, last))
        rows.append({
            "after_on": after, "until_on": until,
            "is_unfinished": add_days(next_period(period_start(until, every), every), -1) > until,
            "amount": amount, "last_year": earlier, "change": amount - earlier, "invoice_count": count,
            "client_count": found.get("client_count") or 0, "average_invoice": ratio(named, Decimal(count)),
        })  # fmt: skip
    return facts.room.table({name: [row[name] for row in rows] for name in TYPES}, TYPES)


TYPES: dict[str, Any] = {
    "after_on": nw.Date, "until_on": nw.Date, "is_unfinished": nw.Boolean, "amount": TOTAL, "last_year": TOTAL,
    "change": TOTAL, "invoice_count": nw.Int64, "client_count": nw.Int64, "average_invoice": TOTAL,
}  # fmt: skip
Periods = list[tuple[date, date]]


def first_end(day: date, every: str, since: date | None = None) -> date:
    """The day after which the first period begins: `since`, or so that twelve months are shown."""
    return since or add_days(period_start(add_months(period_start(day, "month"), -MONTHS_BACK), every), -1)


def _dated(facts: Facts, periods: Periods) -> Frame:
    """on, at: to which period each day belongs, by its number."""
    days = [(on, at) for at, (after, until) in enumerate(periods) for on in days_between(after, until) if on > after]
    columns: dict[str, list[Any]] = {"on": [on for on, _ in days], "at": [at for _, at in days]}
    return facts.room.table(columns, {"on": nw.Date, "at": nw.Int64})


def _sold(facts: Facts, day: date, periods: Periods) -> dict[int, dict[str, Any]]:
    value = in_currency(reporting_currency(facts))
    rows = facts.invoices.filter(is_sales(day)).join(_dated(facts, periods), left_on="issued_on", right_on="on")
    rows = rows.select("at", amount=value, named=nw.when(~nw.col("client_id").is_null()).then(value))
    sums = rows.group_by("at").agg(nw.col("amount").sum().cast(TOTAL), nw.col("named").sum().cast(TOTAL))
    return {row["at"]: row for row in facts.room.rows(sums)}


def _bought(facts: Facts, day: date, periods: Periods) -> dict[int, dict[str, Any]]:
    counted = sales_and_plans(facts, day).filter(nw.col("counts") & (nw.col("issued_on") <= day))
    rows = counted.join(_dated(facts, periods), left_on="issued_on", right_on="on")
    each = rows.group_by("client_id", "at").agg(invoices=nw.len())
    sums = each.group_by("at").agg(invoice_count=nw.col("invoices").sum().cast(nw.Int64), client_count=nw.len())
    return {row["at"]: row for row in facts.room.rows(sums)}
