"""Do clients of later years stay as those of earlier ones did? Clients who began together, period after period."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import narwhals as nw

from cartera.calendar import add_days, next_period, period_start
from cartera.errors import UnknownNameError
from cartera.facts.tables import Facts, Frame
from cartera.portfolio.amounts import TOTAL, in_currency, is_sales, reporting_currency
from cartera.portfolio.counting import attributed, sales_and_plans
from cartera.portfolio.dimensions import dimensions, refuse_names
from cartera.tongue import say, spoken

COLUMNS = ("cohort_on", "age", "client_count", "client_share", "amount", "is_unfinished")
UNKNOWN = "\0"  # stands for an unknown value where rows are joined: a join never matches nulls
PERIODS = ("month", "quarter", "year")


def definitions(every: str) -> list[tuple[str, str]]:
    """Each word with its sentence, for cohorts of a month, quarter or year."""
    period = spoken(every, "period")
    ages = {
        "month": say("Age counts months from that one, which is 0."),
        "quarter": say("Age counts quarters from that one, which is 0."),
        "year": say("Age counts years from that one, which is 0."),
    }
    cohort = say("A cohort is the clients whose first invoice falls in the same {period}.", period=period)
    cell = say("A cell counts those of them who were invoiced in that {period}, and their net sales.", period=period)
    return [("cohort", cohort), ("age", ages.get(every, "")), ("cell", cell)]


def cohorts(
    facts: Facts, *, day: date, every: str = "month", since: date | None = None, by: Sequence[str] = ()
) -> Frame:
    """One row per cohort and age: the clients first invoiced in a period, in that period (age 0) and in every later one
    up to `day`. every: month, quarter or year. since: only cohorts from the period that holds it. by: one more cohort
    for each other value that the dimensions have on `day`.

    Columns: the dimensions, cohort_on (the first day of the cohort's period), age (periods since), client_count (of the
    cohort, with a counted invoice in that period), client_share (of the cohort), amount (their net sales in that
    period; money from before the first counted invoice, such as an invoice credited later, is at age 0), is_unfinished
    (the period goes on after `day`). Clients without a counted invoice are in no cohort.
    """
    if every not in PERIODS:
        raise UnknownNameError("period of cohorts", every, PERIODS, where="--every")
    refuse_names(by, ("client_id", *COLUMNS))
    keep = facts.room.keep
    calendar = _calendar(facts, day, every)
    sold = sales_and_plans(facts, day).filter(nw.col("counts") & (nw.col("issued_on") <= day))
    active = sold.select("client_id", "issued_on").join(calendar, left_on="issued_on", right_on="on")
    active = keep(active.select("client_id", "period").unique())
    firsts = keep(_valued(active.group_by("client_id").agg(first=nw.col("period").min()), facts, day, by))
    cell = ["first", "age", *by]
    counted = keep(_aged(active, firsts, by).group_by(cell).agg(client_count=nw.len().cast(nw.Int64)))
    spent = _aged(_money(facts, day).join(calendar, left_on="issued_on", right_on="on"), firsts, by)
    spent = spent.group_by(cell).agg(amount=nw.col("amount").sum().cast(TOTAL))
    rows = _cells(counted, facts, (since, day, every), by)
    for more in (counted, spent):
        rows = rows.join(more, on=cell, how="left")
    rows = rows.with_columns(nw.col("client_count").fill_null(0), nw.col("amount").fill_null(0).cast(TOTAL))
    values = [nw.when(nw.col(name) != UNKNOWN).then(nw.col(name)).alias(name) for name in by]
    return rows.with_columns(client_share=nw.col("client_count") / nw.col("size")).select(*values, *COLUMNS)


def _valued(firsts: Frame, facts: Facts, day: date, by: Sequence[str]) -> Frame:
    """The rows with the clients' values of the dimensions."""
    if not by:
        return firsts
    rows = firsts.join(dimensions(facts, by, day=day), on="client_id", how="left")
    return rows.with_columns(nw.col(name).fill_null(UNKNOWN) for name in by)


def _calendar(facts: Facts, day: date, every: str) -> Frame:
    """on, period: every date up to `day` on which anything was issued, and the number of its period."""
    issued = facts.invoices.filter(nw.col("issued_on") <= day).select("issued_on").unique()
    days = sorted(row["issued_on"] for row in facts.room.rows(issued))
    columns = {"on": days, "period": [number(on, every) for on in days]}
    return facts.room.table(columns, {"on": nw.Date, "period": nw.Int64})


def number(on: date, every: str) -> int:
    """The number of the month, quarter or year that holds the date: consecutive ones differ by 1."""
    months = {"month": 1, "quarter": 3, "year": 12}[every]
    return (on.year * 12 + on.month - 1) // months


def _money(facts: Facts, day: date) -> Frame:
    value = in_currency(reporting_currency(facts))
    return attributed(facts).filter(is_sales(day)).select("client_id", "issued_on", amount=value)


def _aged(rows: Frame, firsts: Frame, by: Sequence[str]) -> Frame:
    """The rows of clients in a cohort with its first period and their age."""
    rows = rows.join(firsts.select("first", *by, key="client_id"), left_on="client_id", right_on="key")
    return rows.with_columns(age=nw.max_horizontal(nw.col("period") - nw.col("first"), nw.lit(0)))


def _cells(counted: Frame, facts: Facts, asked: tuple[date | None, date, str], by: Sequence[str]) -> Frame:
    """first, age, cohort_on, size, is_unfinished: every age of every cohort, also those at which nobody bought."""
    since, day, every = asked
    sizes = facts.room.rows(counted.filter(nw.col("age") == 0).select("first", "client_count", *by))
    earliest = number(since, every) if since else 0
    now, is_open = number(day, every), goes_on(day, every)
    columns: dict[str, list[Any]] = {name: [] for name in (*by, "first", "age", "cohort_on", "size", "is_unfinished")}
    for row in (row for row in sizes if row["first"] >= earliest):
        ages = range(now - row["first"] + 1)
        columns["first"] += [row["first"]] * len(ages)
        columns["age"] += ages
        for name in by:
            columns[name] += [row[name]] * len(ages)
        columns["cohort_on"] += [_start(row["first"], every)] * len(ages)
        columns["size"] += [row["client_count"]] * len(ages)
        columns["is_unfinished"] += [is_open and age == ages[-1] for age in ages]
    counts = dict.fromkeys(("first", "age", "size"), nw.Int64)
    return facts.room.table(
        columns, dict.fromkeys(by, nw.String) | counts | {"cohort_on": nw.Date, "is_unfinished": nw.Boolean}
    )


def goes_on(day: date, every: str) -> bool:
    """Whether the period that holds `day` has days after it."""
    return add_days(day, 1) < next_period(period_start(day, every), every)


def _start(period: int, every: str) -> date:
    months = period * {"month": 1, "quarter": 3, "year": 12}[every]
    return date(months // 12, months % 12 + 1, 1)
