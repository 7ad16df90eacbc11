"""By what is a client great or small? Its net sales, profit, quantity or number of invoices in a window.

One row per client, whichever measure is asked; volume, ABC and concentration rank these rows.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor

import narwhals as nw

from cartera.errors import InputError, UnknownNameError
from cartera.facts.tables import Facts, Frame
from cartera.money import SCALE
from cartera.portfolio.activity import standing
from cartera.portfolio.amounts import TOTAL, in_currency, is_sales, net_sales, reporting_currency
from cartera.portfolio.counting import attributed, sales_and_plans
from cartera.portfolio.policy import AnyPolicy
from cartera.portfolio.sales_window import window_start
from cartera.tongue import say

AMOUNT, PROFIT, QUANTITY, INVOICES = "amount", "profit", "quantity", "invoices"
LINES = "lines(invoice_id, amount, quantity, cost)"


def measured(facts: Facts, *, day: date, policy: AnyPolicy, measure: str = AMOUNT, window: str = "365") -> Frame:
    """client_id, name, segment, value (decimal, 0 where there is none) of every client born by `day`.

    measure: amount (net sales), profit (amount less cost of the lines), quantity (of the lines) or invoices (counted
    ones). UnknownNameError for another measure or window, InputError where the lines do not tell the measure.
    """
    if measure not in MEASURES:
        raise UnknownNameError("measure", measure, tuple(MEASURES), where="measure")
    values = MEASURES[measure](facts, day, window_start(window, day))
    rows = standing(facts, day=day, policy=policy).select("client_id", "segment")
    for more in (values, facts.clients.select("client_id", "name")):
        rows = rows.join(more, on="client_id", how="left")
    return rows.select(
        "client_id", nw.coalesce("name", "client_id").alias("name"), "segment", nw.col("value").fill_null(0).cast(TOTAL)
    )


def untold(facts: Facts, *, day: date, measure: str, window: str) -> int:
    """How many lines of the window's sales do not tell the measure; 0 for one that needs no lines."""
    if measure not in (PROFIT, QUANTITY):
        return 0
    missing = _line_value(measure).is_null()
    rows = _lines(facts, day, window_start(window, day), measure).filter(missing)
    return int(facts.room.rows(rows.select(count=nw.len()))[0]["count"])


def at_least(value: Fraction) -> Decimal:
    """The smallest amount of four places that is not below the value."""
    return Decimal(ceil(value * 10**SCALE)).scaleb(-SCALE)


def at_most(value: Fraction) -> Decimal:
    """The greatest amount of four places that is not above the value."""
    return Decimal(floor(value * 10**SCALE)).scaleb(-SCALE)


def _amounts(facts: Facts, day: date, after: date | None) -> Frame:
    rows = net_sales(facts, after=after, day=day).filter(~nw.col("client_id").is_null())
    return rows.select("client_id", value="amount")


def _invoices(facts: Facts, day: date, after: date | None) -> Frame:
    on = nw.col("issued_on")
    past = nw.col("counts") & (on <= day)
    rows = sales_and_plans(facts, day).filter(past if after is None else past & (on > after))
    return rows.group_by("client_id").agg(value=nw.len().cast(TOTAL))


def _profits(facts: Facts, day: date, after: date | None) -> Frame:
    return _of_lines(facts, day, after, PROFIT)


def _quantities(facts: Facts, day: date, after: date | None) -> Frame:
    return _of_lines(facts, day, after, QUANTITY)


def _of_lines(facts: Facts, day: date, after: date | None, measure: str) -> Frame:
    column, why = ("cost", "what it cost you") if measure == PROFIT else ("quantity", "how many were sold")
    if not facts.gives("lines") or not facts.gives(f"lines.{column}"):
        fix = f"Add it to a table {LINES} beside the invoices, or rank by another measure: --measure amount."
        raise InputError(
            say("no line tells {why}, so {measure} is not known.", why=why, measure=measure),
            where=f"lines.{column}",
            fix=fix,
        )
    rows = _lines(facts, day, after, measure).select("client_id", value=_line_value(measure))
    return rows.group_by("client_id").agg(value=nw.col("value").sum().cast(TOTAL))


def _line_value(measure: str) -> nw.Expr:
    return nw.col("quantity") if measure == QUANTITY else nw.col("line_amount") - nw.col("cost")


def _lines(facts: Facts, day: date, after: date | None, measure: str) -> Frame:
    """client_id, quantity, line_amount, cost of the sales; for profit only of documents in the reporting currency."""
    # An id that two documents share says of neither which lines are its own.
    ids = facts.invoices.group_by("invoice_id").agg(count=nw.len()).filter(nw.col("count") == 1).select("invoice_id")
    rows = attributed(facts).filter(is_sales(day))
    if after is not None:
        rows = rows.filter(nw.col("issued_on") > after)
    if measure == PROFIT:
        rows = rows.filter(in_currency(reporting_currency(facts)) == nw.col("amount"))
    rows = rows.join(ids, on="invoice_id", how="semi").select("invoice_id", "client_id")
    return facts.lines.select("invoice_id", "quantity", "cost", line_amount="amount").join(rows, on="invoice_id")


MEASURES: dict[str, Callable[[Facts, date, date | None], Frame]] = {
    AMOUNT: _amounts, PROFIT: _profits, QUANTITY: _quantities, INVOICES: _invoices,
}  # fmt: skip
