"""What did each client bring in a period and in the same period a year before, and which part of the change is it?

The bridge, its prices and the wake-up diagnosis all rest on these rows; every client is in exactly one part.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import narwhals as nw

from cartera import tongue
from cartera.calendar import add_days, year_before
from cartera.errors import InputError
from cartera.facts.tables import Facts, Frame
from cartera.portfolio.amounts import TOTAL, YEAR_DAYS, in_currency, is_sales, reporting_currency
from cartera.portfolio.counting import sales_and_plans
from cartera.tongue import say, say_many, spoken, text

KEPT = ("grown", "shrunk", "steady")  # bought in both periods
LATE_DAYS = 31  # a business that sells at all has an invoice in the first month of a period
PARTS: dict[str, str] = {
    "lost": text("bought in the period a year before and not in this one"),
    "new": text("bought in this period, with its very first invoice in it"),
    "returned": text("bought in this period and not in the one a year before, but had been invoiced before"),
    "grown": text("bought in both periods, more in this one"),
    "shrunk": text("bought in both periods, less in this one"),
    "steady": text("bought in both periods for exactly the same money"),
    "corrected": text("bought in neither; only credit notes moved its money"),
    "unattributed": text("the document names no client"),
}


@dataclass(frozen=True)
class Period:
    """after < date <= until, and the period before_after < date <= before_until that it is compared with."""

    after: date
    until: date
    before_after: date
    before_until: date

    @property
    def sentence(self) -> str:
        """Which days are compared with which."""
        return say(
            "This period is after {after} until {until}, a year before is after {before_after} until {before_until}.",
            after=self.after, until=self.until, before_after=self.before_after, before_until=self.before_until,
        )  # fmt: skip

    def is_now(self) -> nw.Expr:
        """Rows issued in the period."""
        return (nw.col("issued_on") > self.after) & (nw.col("issued_on") <= self.until)

    def is_before(self) -> nw.Expr:
        """Rows issued in the period it is compared with."""
        return (nw.col("issued_on") > self.before_after) & (nw.col("issued_on") <= self.before_until)


def period(day: date, since: date | None = None) -> Period:
    """The last 365 days on `day` and the 365 before; with `since`, (since, day] and the same days a year before.

    A year before 29 February is 28 February, and before the last day of February the last day of February. InputError:
    the period is empty.
    """
    if since is None:
        start = add_days(day, -YEAR_DAYS)
        return Period(start, day, add_days(start, -YEAR_DAYS), start)
    if since >= day:
        fix = f"Give a day before it: --since {add_days(day, -YEAR_DAYS)}."
        raise InputError(
            say("the period would begin after {since} and end on {day}.", since=since, day=day),
            where="--since",
            fix=fix,
        )
    return Period(since, day, year_before(since), year_before(day))


def definitions() -> list[tuple[str, str]]:
    """Part -> when a client is in it, the first that holds; *bought* is net sales above zero."""
    return [(part, spoken(meaning)) for part, meaning in PARTS.items()]


def compared(facts: Facts, chosen: Period) -> Frame:
    """client_id, amount_before, amount, change, part of every client with money in either period, as the books stand on
    the period's last day; a null client_id, in part unattributed, where sales name no client.
    """
    rows = _amounts(facts, chosen).join(_first_invoices(facts, chosen.until), on="client_id", how="left")
    zero = nw.lit(0).cast(TOTAL)
    rows = rows.with_columns(was=nw.col("amount_before") > zero, buys=nw.col("amount") > zero)
    rows = rows.with_columns(change=(nw.col("amount") - nw.col("amount_before")).cast(TOTAL), part=_part(chosen))
    return rows.select("client_id", "amount_before", "amount", "change", "part")


def _amounts(facts: Facts, chosen: Period) -> Frame:
    value = in_currency(reporting_currency(facts))
    rows = facts.invoices.filter(is_sales(chosen.until) & (chosen.is_now() | chosen.is_before()))
    rows = rows.select(
        "client_id",
        amount_before=nw.when(chosen.is_before()).then(value),
        amount=nw.when(chosen.is_now()).then(value),
    )
    sums = [nw.col(name).sum().cast(TOTAL) for name in ("amount_before", "amount")]
    rows = rows.group_by("client_id").agg(*sums)
    rows = rows.with_columns(nw.col(name).fill_null(0).cast(TOTAL) for name in ("amount_before", "amount"))
    return rows.filter((nw.col("amount_before") != 0) | (nw.col("amount") != 0))


def _first_invoices(facts: Facts, day: date) -> Frame:
    """client_id, first_on: the first invoice that counts on `day`."""
    counted = sales_and_plans(facts, day).filter(nw.col("counts") & (nw.col("issued_on") <= day))
    return counted.group_by("client_id").agg(first_on=nw.col("issued_on").min())


def _part(chosen: Period) -> nw.Expr:
    was, buys = nw.col("was"), nw.col("buys")
    back = (nw.col("first_on") <= chosen.after).fill_null(value=False)
    steps = (
        (nw.col("client_id").is_null(), "unattributed"),
        (was & ~buys, "lost"),
        (buys & ~was & back, "returned"),
        (buys & ~was, "new"),
        (~was, "corrected"),
        (nw.col("amount") > nw.col("amount_before"), "grown"),
        (nw.col("amount") < nw.col("amount_before"), "shrunk"),
    )
    answer = nw.lit("steady")
    for holds, part in reversed(steps):
        answer = nw.when(holds).then(nw.lit(part)).otherwise(answer)
    return answer


def short_history(facts: Facts, chosen: Period) -> list[str]:
    """A sentence when the facts begin so late that sales of the period before are missing, else nothing."""
    told = begins_late(facts, chosen.before_after)
    return [told] if told else []


def begins_late(facts: Facts, after: date) -> str:
    """The same for sales after a day; empty where nothing is missing."""
    oldest = facts.room.rows(facts.invoices.select(nw.col("issued_on").min()))[0]["issued_on"]
    if oldest is None or oldest <= add_days(after, LATE_DAYS):
        return ""
    return say(
        "The facts begin on {day}, inside or after the year before: what was sold earlier counts as nothing.",
        day=oldest,
    )


def unrated(facts: Facts, chosen: Period) -> list[str]:
    """The money of either period that no amount holds, in sentences: of a currency without a rate."""
    value = in_currency(reporting_currency(facts))
    rows = facts.invoices.filter(is_sales(chosen.until) & (chosen.is_now() | chosen.is_before()))
    rows = rows.filter(value.is_null() & ~nw.col("amount").is_null())
    sums = rows.group_by("currency").agg(amount=nw.col("amount").sum().cast(TOTAL), count=nw.len())
    return sorted(_unrated(row) for row in facts.room.rows(sums))


def _unrated(row: dict[str, Any]) -> str:
    return say_many(
        "{count} document of {amount} net has no rate; no amount holds it.",
        "{count} documents of {amount} net have no rate; no amount holds them.",
        count=row["count"], amount=tongue.money(row["amount"], row["currency"], places=2),
    )  # fmt: skip
