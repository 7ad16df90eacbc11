"""How often, for how much and when last did every client buy in a window? One pass over the documents."""

from __future__ import annotations

from datetime import date

import narwhals as nw

from cartera.errors import UnknownNameError
from cartera.facts.tables import Facts, Frame
from cartera.portfolio.amounts import TOTAL, in_currency, makes_sales, reporting_currency
from cartera.portfolio.counting import born_part, documents, is_sale
from cartera.portfolio.sales_window import window_start

INVOICES, DATES = "invoices", "dates"
FREQUENCIES = (INVOICES, DATES)
SUMS = ("invoice_count", "frequency", "monetary")


def purchases(facts: Facts, *, day: date, window: str, frequency: str) -> Frame:
    """client_id, name, last_issued_on, invoice_count, frequency, monetary of every client born by `day`.

    last_issued_on: of the last counted invoice ever. invoice_count: counted invoices in the window; frequency: the
    same, or the dates of them. monetary: net sales of the window. UnknownNameError for another window or frequency.
    """
    if frequency not in FREQUENCIES:
        raise UnknownNameError("frequency", frequency, FREQUENCIES, where="frequency")
    keys = ["client_id", "issued_on"] if frequency == DATES else ["client_id"]
    rows = _summed(_documents(facts, day, window), keys)
    if frequency == DATES:
        rows = _summed(rows.with_columns(frequency=(nw.col("frequency") > 0).cast(nw.Int64)), ["client_id"])
    return _named(rows, facts).filter(nw.col("born_on") <= day)


def _documents(facts: Facts, day: date, window: str) -> Frame:
    """What every document adds to its client; null where it adds nothing."""
    after = window_start(window, day)
    inside = nw.lit(value=True) if after is None else nw.col("issued_on") > after
    past = nw.col("counts") & (nw.col("issued_on") <= day)
    counted = nw.when(past & inside).then(nw.lit(1, nw.Int64))
    return documents(facts, day).select(
        "client_id",
        "issued_on",
        last_issued_on=nw.when(past).then(nw.col("issued_on")),
        invoice_count=counted,
        frequency=counted,
        monetary=nw.when(makes_sales(facts, day) & inside).then(in_currency(reporting_currency(facts))),
        born_on=nw.when(is_sale()).then(born_part(facts)),
    )


def _summed(rows: Frame, keys: list[str]) -> Frame:
    return rows.group_by(*keys).agg(
        nw.col("last_issued_on").max(), *(nw.col(name).sum() for name in SUMS), nw.col("born_on").min()
    )


def _named(rows: Frame, facts: Facts) -> Frame:
    """With every client's name, also those without a document, each born at the latest on the day it was created."""
    known = facts.clients.select("name", "created_on", key="client_id")
    both = rows.join(known, left_on="client_id", right_on="key", how="full")
    both = both.with_columns(client_id=nw.coalesce("client_id", "key"))
    return both.select(
        "client_id", nw.coalesce("name", "client_id").alias("name"), "last_issued_on",
        *(nw.col(name).fill_null(0).cast(nw.Int64) for name in ("invoice_count", "frequency")),
        nw.col("monetary").fill_null(0).cast(TOTAL), born_on=nw.min_horizontal("born_on", "created_on"),
    )  # fmt: skip
