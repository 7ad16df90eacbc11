"""Polars, lazily, on frames that are in memory before the question is asked."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

import polars as pl
from benchmarks.data import DAY, PURCHASES, TABLES, Data

if TYPE_CHECKING:
    from benchmarks.questions import Question

FAR = date(9999, 12, 31)
KEY = ["invoice_id", "client_id", "currency"]
ISSUED_ON, KNOWN_ON, VOID_ON, AMOUNT = (pl.col(n) for n in ("issued_on", "known_on", "void_on", "amount"))
PLANNED = pl.col("state") == "planned"
SALE = pl.col("client_id").is_not_null() & (pl.col("kind") == "invoice") & (AMOUNT > 0)

SUMMARIES = {"rfm-summary": ISSUED_ON.n_unique(), "rfm-invoices": pl.len()}


def ready(data: Data, question: Question) -> Callable[[], pl.DataFrame]:
    if question.function in SUMMARIES:
        purchases = pl.read_parquet(data.parquet(PURCHASES)).lazy()
        return lambda: summary(purchases, SUMMARIES[question.function]).collect()
    invoices, clients, marks = (pl.read_parquet(data.parquet(name)).lazy() for name in TABLES)
    if question.function == "snapshot":
        return lambda: snapshot(invoices, clients, marks).collect()
    return lambda: timeline(invoices, clients).collect()


def summary(purchases: pl.LazyFrame, frequency: pl.Expr) -> pl.LazyFrame:
    rows = purchases.filter(ISSUED_ON <= DAY).group_by("client_id")
    return rows.agg(last_issued_on=ISSUED_ON.max(), frequency=frequency, monetary=AMOUNT.sum())


def snapshot(invoices: pl.LazyFrame, clients: pl.LazyFrame, marks: pl.LazyFrame) -> pl.LazyFrame:
    stands = VOID_ON.is_null() | (VOID_ON > DAY)
    was = (pl.col("state") != "void") | VOID_ON.is_not_null()
    notes = invoices.filter(
        pl.col("credits").is_not_null() & (AMOUNT < 0) & (ISSUED_ON <= DAY) & ~PLANNED & was & stands
    )
    credited = notes.group_by(pl.col("credits").alias("invoice_id"), "client_id", "currency").agg(
        credited=-AMOUNT.sum()
    )
    rows = invoices.filter(SALE & was).join(credited, on=KEY, how="left")
    counts = stands & (pl.col("credited").is_null() | (pl.col("credited") < AMOUNT))
    ahead = ISSUED_ON.is_between(DAY, pl.lit(DAY).dt.offset_by("12mo"), closed="right")
    coming = counts & ahead & ((KNOWN_ON <= DAY) | (KNOWN_ON.is_null() & PLANNED))
    seen = rows.group_by("client_id").agg(
        last_on=ISSUED_ON.filter(counts & ~PLANNED & (ISSUED_ON <= DAY)).max(),
        next_on=ISSUED_ON.filter(coming).min(),
        next_known_on=KNOWN_ON.filter(coming).max(),
        shown_on=pl.when(PLANNED).then(KNOWN_ON).otherwise(pl.min_horizontal(ISSUED_ON, KNOWN_ON)).min(),
    )
    strength = pl.col("mark").replace_strict({"cancelled": 3, "lost": 2, "reactivated": 1}, return_dtype=pl.Int8)
    marked = marks.filter(pl.col("marked_on") <= DAY).sort("marked_on", "recorded_at", strength, nulls_last=False)
    marked = marked.group_by("client_id").agg(pl.col("mark").last(), pl.col("marked_on").last())
    both = seen.join(clients.select("client_id", "created_on"), on="client_id", how="full", coalesce=True)
    born = both.with_columns(born_on=pl.min_horizontal("shown_on", "created_on")).filter(pl.col("born_on") <= DAY)
    return _decided(born.join(marked, on="client_id", how="left"))


def _decided(rows: pl.LazyFrame) -> pl.LazyFrame:
    last, is_coming, day = pl.col("last_on"), pl.col("next_on").is_not_null(), pl.lit(DAY)
    age, held = (day - last).dt.total_days(), pl.col("held")
    lifted = (last > pl.col("marked_on")) | (pl.col("next_known_on") > pl.col("marked_on"))
    holds = pl.col("mark").is_in(["cancelled", "lost"]) & ~lifted.fill_null(value=False)
    rules = (
        (held.is_not_null(), held, pl.lit("marked")),
        (day <= last.dt.offset_by("4mo"), pl.lit("active"), pl.lit("invoiced")),
        (day <= last.dt.offset_by("8mo"), pl.lit("sleeping_away"), pl.lit("cooling")),
        (age <= 370, pl.lit("hibernating"), pl.lit("cooling")),
        ((age <= 400) & is_coming, pl.lit("hibernating"), pl.lit("planned")),
        (age <= 400, pl.lit("leaving"), pl.lit("leaving")),
        (is_coming & last.is_null(), pl.lit("new"), pl.lit("first")),
        (is_coming, pl.lit("new"), pl.lit("returning")),
        (last.is_not_null(), pl.lit("lost"), pl.lit("expired")),
        ((day - pl.col("born_on")).dt.total_days() < 400, pl.lit("no_activity"), pl.lit("empty")),
    )
    segment, reason = pl.lit("lost"), pl.lit("never_invoiced")
    for condition, its_segment, its_reason in reversed(rules):
        segment = pl.when(condition).then(its_segment).otherwise(segment)
        reason = pl.when(condition).then(its_reason).otherwise(reason)
    return rows.with_columns(held=pl.when(holds).then(pl.col("mark"))).select(
        "client_id", segment=segment, reason=reason, last_issued_on=last, next_planned_on="next_on", born_on="born_on",
        marked_on=pl.when(held.is_not_null()).then(pl.col("marked_on")),
    )  # fmt: skip


def timeline(invoices: pl.LazyFrame, clients: pl.LazyFrame) -> pl.LazyFrame:
    """Plain clients alone: nothing but issued invoices and credit notes without a link."""
    last = pl.col("last_on")
    rows = invoices.filter(SALE).select("client_id", last_on=ISSUED_ON).sort("client_id", "last_on")
    same_before = pl.col("client_id") == pl.col("client_id").shift(1)
    same_after = pl.col("client_id") == pl.col("client_id").shift(-1)
    rows = rows.with_columns(
        next_on=pl.when(same_after).then(last.shift(-1)), is_first=same_before.fill_null(value=False).not_()
    )
    is_cold = pl.col("next_on").is_null() | (pl.col("next_on") > last.dt.offset_by("4mo").dt.offset_by("1d"))
    # The data are sorted by client: the run before is the row before.
    runs = rows.with_columns(is_cold=is_cold).filter(pl.col("is_cold") | pl.col("is_first"))
    opened = pl.when("is_cold").then(pl.col("next_on")).otherwise(last)
    runs = runs.with_columns(start_on=pl.when("is_first").then(last).otherwise(opened.shift(1))).filter("is_cold")
    runs = runs.with_columns(
        end_on=pl.col("next_on").fill_null(FAR), sleeping_on=last.dt.offset_by("4mo").dt.offset_by("1d"),
        hibernating_on=last.dt.offset_by("8mo").dt.offset_by("1d"), leaving_on=last.dt.offset_by("371d"),
        lost_on=last.dt.offset_by("401d"),
    )  # fmt: skip
    firsts = rows.filter("is_first").select("client_id", first_on="last_on")
    empty = clients.join(firsts, on="client_id", how="left").filter(
        pl.col("created_on").is_not_null() & (pl.col("created_on") < pl.col("first_on").fill_null(FAR))
    )
    empty = empty.with_columns(
        end_on=pl.col("first_on").fill_null(FAR), unused_on=pl.col("created_on").dt.offset_by("400d")
    )
    every = pl.concat([
        _rung(runs, "active", "invoiced", "start_on", "sleeping_on"),
        _rung(runs, "sleeping_away", "cooling", "sleeping_on", "hibernating_on"),
        _rung(runs, "hibernating", "cooling", "hibernating_on", "leaving_on"),
        _rung(runs, "leaving", "leaving", "leaving_on", "lost_on"),
        _rung(runs, "lost", "expired", "lost_on", "end_on"),
        _rung(empty, "no_activity", "empty", "created_on", "unused_on"),
        _rung(empty, "lost", "never_invoiced", "unused_on", "end_on"),
    ])  # fmt: skip
    until = pl.col("until_on")
    return every.filter(pl.col("from_on") < until).with_columns(until_on=pl.when(until < FAR).then(until))


def _rung(rows: pl.LazyFrame, segment: str, reason: str, from_on: str, until_on: str) -> pl.LazyFrame:
    return rows.select(
        "client_id", segment=pl.lit(segment), reason=pl.lit(reason), from_on=from_on,
        until_on=pl.min_horizontal(until_on, "end_on"),
    )  # fmt: skip
