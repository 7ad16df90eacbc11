"""How much is a client worth, and how much is planned? Net of tax, credit notes at their own date, one currency."""

from __future__ import annotations

from datetime import date

import narwhals as nw

from cartera.calendar import add_days, days_between
from cartera.facts.tables import Facts, Frame
from cartera.money import NO_CURRENCY
from cartera.portfolio.counting import is_issued, is_planned, sales_and_plans, stands

YEAR_DAYS = 365  # the last 365 days on D are (D - 365, D], so that this year tiles with last year
TOTAL = nw.Decimal(38, 4)


def reporting_currency(facts: Facts) -> str:
    """The currency of every amount: the one the facts name, else the commonest one of the invoices."""
    if facts.currency:
        return facts.currency
    used = facts.invoices.select("currency").group_by("currency").agg(count=nw.len())
    rows = facts.room.rows(used)
    return min(rows, key=lambda r: (-r["count"], r["currency"]))["currency"] if rows else NO_CURRENCY


def in_currency(currency: str) -> nw.Expr:
    """The amount in that currency: at the document's own rate, or as it stands; null where no rate is known."""
    same = nw.col("currency") == currency
    return nw.coalesce(nw.col("base_amount"), nw.when(same).then(nw.col("amount")))


def reported(facts: Facts) -> nw.Expr:
    """The amount in the reporting currency, null where no rate is known; as it stands where no currency was given."""
    given = facts.gives("invoices.currency", "invoices.base_amount")
    return in_currency(reporting_currency(facts)) if given else nw.col("amount")


def is_sales(day: date) -> nw.Expr:
    """Rows that make net sales on `day`: issued invoices and credit notes not voided by then."""
    wrong_sign = (nw.col("kind") == "credit_note") & (nw.col("amount") > 0)
    return is_issued() & stands(day) & ~wrong_sign.fill_null(value=False) & (nw.col("issued_on") <= day)


def makes_sales(facts: Facts, day: date) -> nw.Expr:
    """`is_sales` without the conditions on columns that were never given, which engines would try on every row."""
    given = facts.gives("invoices.state", "invoices.void_on", "invoices.kind")
    return is_sales(day) if given else nw.col("issued_on") <= day


def net_sales(facts: Facts, *, after: date | None, day: date) -> Frame:
    """client_id, amount, unrated_count: net sales with after < date <= day; rows in another currency without a rate are
    counted, not added. Rows without a client come under a null client_id.
    """
    value = in_currency(reporting_currency(facts))
    rows = facts.invoices.filter(is_sales(day))
    if after is not None:
        rows = rows.filter(nw.col("issued_on") > after)
    rows = rows.select(
        "client_id", amount=value, is_unrated=(value.is_null() & ~nw.col("amount").is_null()).cast(nw.Int64)
    )
    return rows.group_by("client_id").agg(
        amount=nw.col("amount").sum().cast(TOTAL), unrated_count=nw.col("is_unrated").sum()
    )


def year_sales(facts: Facts, day: date) -> Frame:
    """client_id, amount: net sales of the last 365 days of every client that has any."""
    rows = net_sales(facts, after=add_days(day, -YEAR_DAYS), day=day)
    return rows.filter(~nw.col("client_id").is_null()).select("client_id", "amount")


def planned_sales(facts: Facts, *, day: date, horizon_end: date) -> Frame:
    """client_id, planned_amount: what is coming on `day` within the horizon, planned or issued ahead."""
    known = nw.col("known_on") <= day
    seen = known | (is_planned() & nw.col("known_on").is_null())
    ahead = (nw.col("issued_on") > day) & (nw.col("issued_on") <= horizon_end) & stands(day)
    rows = facts.invoices.filter(
        (is_planned() | is_issued()) & ahead & seen & (nw.col("amount") > 0) & ~nw.col("client_id").is_null()
    )
    value = in_currency(reporting_currency(facts))
    return rows.select("client_id", planned_amount=value).group_by("client_id").agg(
        planned_amount=nw.col("planned_amount").sum().cast(TOTAL)
    )  # fmt: skip


def at_stake(facts: Facts, day: date) -> Frame:
    """client_id, at_stake: net sales of the 365 days that end on the client's own last counted invoice.

    What a client was worth while it bought. The last 365 days would say 0 of everyone who is about to leave.
    """
    past = nw.col("counts") & (nw.col("issued_on") <= day)
    lasts = sales_and_plans(facts, day).filter(past).group_by("client_id").agg(last_on=nw.col("issued_on").max())
    lasts = lasts.join(_year_starts(facts, day), on="last_on").select("last_on", "after_on", key="client_id")
    value = in_currency(reporting_currency(facts))
    sold = facts.invoices.filter(is_sales(day)).select("client_id", "issued_on", amount=value)
    rows = sold.join(lasts, left_on="client_id", right_on="key")
    year = rows.filter((nw.col("issued_on") > nw.col("after_on")) & (nw.col("issued_on") <= nw.col("last_on")))
    return year.group_by("client_id").agg(at_stake=nw.col("amount").sum().cast(TOTAL))


def _year_starts(facts: Facts, day: date) -> Frame:
    """last_on, after_on: 365 days before every date up to `day` on which an invoice was issued."""
    oldest = facts.room.rows(facts.invoices.select(nw.col("issued_on").min()))[0]["issued_on"]
    days = days_between(oldest, day) if oldest is not None and oldest <= day else []
    columns = {"last_on": days, "after_on": [add_days(d, -YEAR_DAYS) for d in days]}
    return facts.room.table(columns, {"last_on": nw.Date, "after_on": nw.Date})
