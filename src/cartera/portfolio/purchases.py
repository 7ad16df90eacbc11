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
    rows = _documents(facts, day, window)
    if frequency == DATES:
        dates = _summed(rows, "client_id", "issued_on")
        rows = _summed(dates.with_columns(date_count=(nw.col("invoice_count") > 0).cast(nw.Int64)), "client_id")
    else:
        rows = _summed(rows, "client_id")
    counted = nw.col("date_count" if frequency == DATES else "invoice_count")
    return _named(rows.with_columns(frequency=counted), facts).filter(nw.col("born_on") <= day)


def _documents(facts: Facts, day: date, window: str) -> Frame:
    """What every document adds to its client; null where it adds nothing."""
    after = window_start(window, day)
    inside = nw.lit(value=True) if after is None else nw.col("issued_on") > after
    past = nw.col("counts") & (nw.col("issued_on") <= day)
    return documents(facts, day).select(
        "client_id",
        "issued_on",
        last_issued_on=nw.when(past).then(nw.col("issued_on")),
        invoice_count=nw.when(past & inside).then(nw.lit(1, nw.Int64)),
        monetary=nw.when(makes_sales(facts, day) & inside).then(reported(facts)),
        born_on=nw.when(sells(facts)).then(born_part(facts)),
    )


def _summed(rows: Frame, *keys: str) -> Frame:
    sums = [name for name in ("invoice_count", "date_count", "monetary") if name in rows.collect_schema().names()]
    return rows.group_by(*keys).agg(
        nw.col("last_issued_on").max(), *(nw.col(name).sum() for name in sums), nw.col("born_on").min()
    )


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
