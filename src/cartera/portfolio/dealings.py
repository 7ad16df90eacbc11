"""What did one client buy, what was invoiced to it, and what is planned? Rows of its profile, in its own currencies.

Every function wants the facts of that one client.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import narwhals as nw

from cartera.calendar import add_days
from cartera.facts.tables import Facts, Frame
from cartera.money import NO_CURRENCY
from cartera.portfolio.amounts import (
    TOTAL,
    YEAR_DAYS,
    at_stake,
    is_sales,
    net_sales,
    planned_sales,
    reporting_currency,
)
from cartera.portfolio.counting import documents
from cartera.portfolio.planned import BROKEN, OVERTAKEN, PLANNED
from cartera.portfolio.policy import AnyPolicy
from cartera.portfolio.profile_lines import Line, joined
from cartera.tongue import number, say, say_many

ZERO = Decimal(0)
VALUE, BOUGHT, STOPPED, INVOICES, PLANS = "value", "bought", "stopped", "invoices", "plans"


def value(facts: Facts, day: date, policy: AnyPolicy) -> list[Line]:
    """Net sales of the last 365 days, of the 365 before, ever; what is at stake, and what is coming."""
    currency, year = named(reporting_currency(facts)), add_days(day, -YEAR_DAYS)
    now, both = (_net(facts, after, day) for after in (year, add_days(year, -YEAR_DAYS)))
    ever, stake = _net(facts, None, day), _one(facts, at_stake(facts, day), "at_stake")
    planned = _one(facts, planned_sales(facts, day=day, horizon_end=policy.horizon_end(day)), "planned_amount")
    told = (
        (f"last {YEAR_DAYS} days", now, None),
        (f"{YEAR_DAYS} days before", both - now, None),
        ("all time", ever, None),
        ("at stake", stake, say("net sales of the {days} days up to its last invoice", days=YEAR_DAYS)),
        ("coming", planned, say("planned within the horizon of the policy")),
    )
    return [Line(VALUE, what, amount=amount, currency=currency, text=why) for what, amount, why in told]


def products(facts: Facts, day: date) -> list[Line]:
    """What was bought in the last 365 days, the most first, then what was bought in the 365 days before and no more."""
    if not facts.gives("lines"):
        return []
    year = add_days(day, -YEAR_DAYS)
    found = facts.room.rows(_sold(facts, day, year))
    found.sort(key=lambda row: (-(row["amount"] or ZERO), row["product"], row["currency"]))
    bought = [row for row in found if row["last_on"] is not None and row["last_on"] > year]
    still = {row["product"] for row in bought}
    stopped = [row for row in found if row["product"] not in still and row["last_on"] is not None]
    return [
        *(_product(BOUGHT, row, row["amount"], row["quantity"]) for row in bought),
        *(_product(STOPPED, row, row["amount_before"], row["quantity_before"]) for row in stopped),
    ]


def invoices(facts: Facts, day: date) -> list[Line]:
    """Every document issued by `day`, the newest first; due and payment as known on `day`."""
    rows = documents(facts, day).filter((nw.col("state") != "planned") & (nw.col("issued_on") <= day))
    return [_document(row, day) for row in _newest_first(facts, rows)]


def plans(facts: Facts, day: date, policy: AnyPolicy) -> list[Line]:
    """What is planned or issued ahead and known on `day`, the latest first.

    broken: its date has come, and no invoice on or after it. overtaken: an invoice came on or after it.
    """
    known = nw.col("known_on").is_null() | (nw.col("known_on") <= day)
    ahead = nw.col("counts") & (nw.col("issued_on") > day) & (nw.col("known_on") <= day)
    rows = documents(facts, day)
    lasts = facts.room.rows(
        rows.filter(nw.col("counts") & (nw.col("issued_on") <= day)).select(nw.col("issued_on").max())
    )
    found = _newest_first(facts, rows.filter((nw.col("is_plan") & known) | ahead))
    return [_plan(row, day, lasts[0]["issued_on"], policy.horizon_end(day)) for row in found]


def named(currency: str | None) -> str | None:
    """The currency, None where the facts name none."""
    return None if currency == NO_CURRENCY else currency


def _net(facts: Facts, after: date | None, day: date) -> Decimal:
    return _one(facts, net_sales(facts, after=after, day=day), "amount")


def _one(facts: Facts, rows: Frame, column: str) -> Decimal:
    found = facts.room.rows(rows.select(column))
    return (found[0][column] if found else None) or ZERO


def _sold(facts: Facts, day: date, year: date) -> Frame:
    """product, currency, last_on (when it was last bought), money and units of this year and of the one before."""
    ids = facts.invoices.group_by("invoice_id").agg(count=nw.len()).filter(nw.col("count") == 1).select("invoice_id")
    sold = facts.invoices.filter(is_sales(day) & (nw.col("issued_on") > add_days(year, -YEAR_DAYS)))
    # An id that two documents share says of neither which lines are its own.
    sold = sold.select("invoice_id", "issued_on", "currency").join(ids, on="invoice_id", how="semi")
    lines = facts.lines.filter(~nw.col("product").is_null()).select("invoice_id", "product", "quantity", own="amount")
    rows = lines.join(sold, on="invoice_id")
    is_now = nw.col("issued_on") > year
    rows = rows.with_columns(last_on=nw.when(nw.col("own") > 0).then(nw.col("issued_on")))
    sums = {
        "amount": nw.when(is_now).then(nw.col("own")), "amount_before": nw.when(~is_now).then(nw.col("own")),
        "quantity_before": nw.when(~is_now).then(nw.col("quantity")),
    }  # fmt: skip
    rows = rows.with_columns(**sums, quantity=nw.when(is_now).then(nw.col("quantity")))
    return rows.group_by("product", "currency").agg(
        nw.col("last_on").max(), *(nw.col(name).sum().cast(TOTAL) for name in (*sums, "quantity"))
    )


def _product(section: str, row: dict[str, Any], amount: Decimal | None, quantity: Decimal | None) -> Line:
    return Line(section, row["product"], row["last_on"], None, amount, named(row["currency"]), _units(quantity))


def _units(quantity: Decimal | None) -> str | None:
    if not quantity:
        return None
    places = max(0, -int(quantity.quantize(Decimal("0.0001")).normalize().as_tuple().exponent))
    told = number(quantity, places)
    return say_many("{number} unit", "{number} units", count=1 if quantity == 1 else 2, number=told)


def _newest_first(facts: Facts, rows: Frame) -> list[dict[str, Any]]:
    wanted = rows.select(
        "invoice_id", "number", "kind", "state", "issued_on", "void_on", "due_on", "paid_on", "amount", "currency",
        "counts", "is_plan",
    )  # fmt: skip
    found = facts.room.rows(wanted)
    return sorted(found, key=lambda r: (r["issued_on"], r["invoice_id"] or "", r["amount"] or ZERO), reverse=True)


def _document(row: dict[str, Any], day: date) -> Line:
    void = row["state"] == "void" and (row["void_on"] is None or row["void_on"] <= day)
    kind = row["kind"].replace("_", " ")
    corrected = row["kind"] == "invoice" and (row["amount"] or ZERO) > 0 and not row["counts"] and not void
    paid = row["paid_on"] is not None and row["paid_on"] <= day
    told = (
        row["number"] or row["invoice_id"],
        say("taken back by credit notes") if corrected else None,
        say("paid {day}", day=row["paid_on"]) if paid else None if void else _due(row["due_on"]),
    )
    what = f"void {kind}" if void else kind
    return Line(INVOICES, what, row["issued_on"], None, row["amount"], named(row["currency"]), joined(told))


def _due(day: date | None) -> str | None:
    return None if day is None else say("due {day}", day=day)


def _plan(row: dict[str, Any], day: date, last: date | None, horizon_end: date) -> Line:
    on = row["issued_on"]
    what, why = PLANNED, say("beyond the horizon of the policy") if on > horizon_end else None
    if on <= day:
        followed = last is not None and last >= on
        what, why = (OVERTAKEN, say("an invoice followed")) if followed else (BROKEN, say("not issued on its day"))
    ahead = None if row["is_plan"] else say("issued ahead")
    told = joined((row["number"] or row["invoice_id"], ahead, why))
    return Line(PLANS, what, on, None, row["amount"], named(row["currency"]), told)
