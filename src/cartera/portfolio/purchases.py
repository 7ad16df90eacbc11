"""How often, for how much and when last did every client buy in a window? One pass over the documents."""

from __future__ import annotations

from datetime import date

import narwhals as nw

from cartera.errors import UnknownNameError
from cartera.facts.tables import Facts, Frame
from cartera.portfolio.amounts import TOTAL, makes_sales, reported
from cartera.portfolio.counting import born_part, documents, sells
from cartera.portfolio.sales_window import window_start

INVOICES, DATES = "invoices", "dates"
FREQUENCIES = (INVOICES, DATES)
COUNTS = ("invoice_count", "frequency")


def purchases(facts: Facts, *, day: date, window: str, frequency: str) -> Frame:
    """client_id, name, last_issued_on, invoice_count, frequency, monetary of every client born by `day`.

    last_issued_on: of the last counted invoice ever. invoice_count: counted invoices in the window; frequency: the
    same, or the dates of them. monetary: net sales of the window. UnknownNameError for another window or frequency.
    """
    if frequency not in FREQUENCIES:
        raise UnknownNameError("frequency", frequency, FREQUENCIES, where="frequency")
    rows = _summed(_documents(facts, day, window), with_dates=frequency == DATES)
    counted = nw.col("date_count" if frequency == DATES else "invoice_count")
    return _named(rows.with_columns(frequency=counted), facts).filter(nw.col("born_on") <= day)


def _documents(facts: Facts, day: date, window: str) -> Frame:
    """What every document adds to its client; null where it adds nothing."""
    after = window_start(window, day)
    inside = nw.lit(value=True) if after is None else nw.col("issued_on") > after
    past = nw.col("counts") & (nw.col("issued_on") <= day)
    return _until(documents(facts, day), facts, day).select(
        "client_id",
        last_issued_on=nw.when(past).then(nw.col("issued_on")),
        bought_on=nw.when(past & inside).then(nw.col("issued_on")),
        monetary=nw.when(makes_sales(facts, day) & inside).then(reported(facts)),
        born_on=nw.when(sells(facts)).then(born_part(facts)),
    )


def _until(rows: Frame, facts: Facts, day: date) -> Frame:
    # A document of a later date says something only where it may have been known before its date.
    return rows if facts.gives("invoices.state", "invoices.known_on") else rows.filter(nw.col("issued_on") <= day)


def _summed(rows: Frame, *, with_dates: bool) -> Frame:
    bought = nw.col("bought_on")
    # n_unique counts null as one date. It is one pass; grouping by date first takes half as much memory again.
    dates = {"date_count": bought.n_unique(), "row_count": nw.len()} if with_dates else {}
    rows = rows.group_by("client_id").agg(
        nw.col("last_issued_on").max(),
        nw.col("monetary").sum(),
        nw.col("born_on").min(),
        invoice_count=bought.count(),
        **dates,
    )
    if not with_dates:
        return rows
    has_null = (nw.col("row_count") > nw.col("invoice_count")).cast(nw.Int64)
    return rows.with_columns(date_count=nw.col("date_count").cast(nw.Int64) - has_null)


def _named(rows: Frame, facts: Facts) -> Frame:
    """With every client's name, also those without a document, each born at the latest on the day it was created."""
    if facts.gives("clients"):
        known = facts.clients.select("name", "created_on", key="client_id")
        rows = rows.join(known, left_on="client_id", right_on="key", how="full")
        rows = rows.with_columns(
            client_id=nw.coalesce("client_id", "key"), born_on=nw.min_horizontal("born_on", "created_on")
        )
        name = nw.coalesce("name", "client_id")
    else:
        name = nw.col("client_id")
    return rows.select(
        "client_id", "last_issued_on", "born_on", *(nw.col(n).fill_null(0).cast(nw.Int64) for n in COUNTS),
        nw.col("monetary").fill_null(0).cast(TOTAL), name=name,
    )  # fmt: skip
