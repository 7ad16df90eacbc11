"""View `cohorts`: clients who began in the same month, quarter or year, and how many of them buy later on."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import narwhals as nw

from cartera import tongue
from cartera.calendar import add_months, period_start
from cartera.errors import InputError
from cartera.facts.tables import Facts, Frame
from cartera.portfolio.amounts import net_sales
from cartera.portfolio.cohorts import cohorts, definitions, goes_on
from cartera.portfolio.purchase_dates import purchase_dates
from cartera.tongue import number, say, say_many
from cartera.views import phrasing, values
from cartera.views.view import Column, Picture, Query, View

COLUMNS = (
    Column("cohort_on", "Began", "date"),
    Column("age", "Age", "count"),
    Column("client_count", "Clients", "count"),
    Column("client_share", "Share of cohort", "share"),
    Column("amount", "Net sales", "money", total=True),
    Column("is_unfinished", "Unfinished", "flag"),
)
MONTHS_BACK = {"month": 12, "quarter": 36, "year": 120}  # about a dozen cohorts fit on a screen


def every(query: Query) -> str:
    """The period that makes a cohort: a month, unless the query says otherwise."""
    return query.every or "month"


def answer(facts: Facts, query: Query) -> Frame:
    """The rows of `portfolio.cohorts`; of the last dozen cohorts unless `since` says otherwise.

    options: `measure` amount shows money where clients would stand. InputError: another measure.
    """
    measure(query)
    return cohorts(facts, day=query.day, every=every(query), since=since(query), by=query.by)


def since(query: Query) -> date:
    """The day from which cohorts are shown: a dozen of them back, unless the query says otherwise."""
    return query.since or add_months(query.day, -MONTHS_BACK.get(every(query), 0))


def measure(query: Query) -> str:
    """The column that fills the cells of a screen and a picture."""
    asked = query.options.get("measure", "amount")
    if asked != "amount":
        fix = "Say --measure amount, or leave it out to see clients."
        raise InputError(say("cohorts are not measured in {measure}.", measure=asked), where="--measure", fix=fix)
    return "amount" if "measure" in query.options else "client_count"


def sentence(rows: list[dict[str, Any]], query: Query) -> str:
    """Of all who began, how many bought in the next period; how many began."""
    began = sum(row["client_count"] for row in rows if row["age"] == 0)
    if not began:
        earlier = f"--since {since(query).year - 2}-01-01"
        return say(
            "No client's first invoice is of {day} or later; {option} looks further back.",
            day=since(query), option=earlier,
        )  # fmt: skip
    period, many = phrasing.period(every(query)), len({row["cohort_on"] for row in rows})
    head = say_many(
        "{count} client began in {periods}", "{count} clients began in {periods}",
        count=began, periods=phrasing.periods(many, every(query)),
    )  # fmt: skip
    seconds = {key(row, query): row for row in rows if row["age"] == 1 and not row["is_unfinished"]}
    could = sum(row["client_count"] for row in rows if row["age"] == 0 and key(row, query) in seconds)
    if not could:
        return say("{began}; no next {period} is finished yet.", began=head, period=period)
    again = sum(row["client_count"] for row in seconds.values())
    return say(
        "{began}; {again} of the {could} with a finished next {period} bought in it.",
        began=head, again=again, could=could, period=period,
    )  # fmt: skip


def key(row: dict[str, Any], query: Query) -> tuple[str, date]:
    """Which cohort the row is of."""
    return values.value(row, query), row["cohort_on"]


def cells(rows: list[dict[str, Any]], query: Query) -> list[dict[str, Any]]:
    """A row of cells per cohort, a column per age, tinted by the share of the cohort that bought or, for money, by the
    amount beside the cohort's greatest.
    """
    values.check_one(rows, query, "cohorts")
    sizes = {row["cohort_on"]: row["client_count"] for row in rows if row["age"] == 0}
    greatest = {row["cohort_on"]: row["amount"] for row in sorted(rows, key=lambda row: row["amount"])}
    of_money = measure(query) == "amount"
    return [
        {
            "x": str(row["age"]), "x_rank": row["age"], "y": f"{name(row['cohort_on'], every(query))}",
            "across": _across(every(query), of_money=of_money),
            "y_rank": row["cohort_on"].toordinal(), "unfinished": row["is_unfinished"],
            "share": row["amount"] / (greatest[row["cohort_on"]] or 1) if of_money else row["client_share"],
            "text": _short(row["amount"]) if of_money else _count_or_share(row),
            "label": _label(row, sizes[row["cohort_on"]], every(query)),
        }
        for row in rows
    ]  # fmt: skip


def _across(every: str, *, of_money: bool) -> str:
    """What the numbers along the axis count, and what the cells hold."""
    ages = {
        "month": say("months since the first invoice"), "quarter": say("quarters since the first invoice"),
        "year": say("years since the first invoice"),
    }  # fmt: skip
    told = say("net sales") if of_money else say("0 shows clients, the others their share")
    return f"{ages.get(every) or say('weeks since the first invoice')}; {told}"


def _label(row: dict[str, Any], size: int, every: str) -> str:
    told = {
        "cohort": name(row["cohort_on"], every), "period": phrasing.period(every), "age": row["age"],
        "count": row["client_count"], "clients": phrasing.clients(size), "share": tongue.share(row["client_share"]),
        "amount": tongue.money(row["amount"]),
    }  # fmt: skip
    if row["is_unfinished"]:
        return say("{cohort}, {period} {age}: {count} of {clients} ({share}), {amount} net, not finished yet", **told)
    return say("{cohort}, {period} {age}: {count} of {clients} ({share}), {amount} net", **told)


def _count_or_share(row: dict[str, Any]) -> str:
    return tongue.share(row["client_share"], 0) if row["age"] else number(row["client_count"])


def _short(amount: Decimal) -> str:
    """At most five characters up to a billion, as a cell has room for: 9,876 or 12k or 3.4m."""
    for least, unit, letter in ((10**7, 10**6, "m"), (10**6, 10**6, "m"), (10**4, 10**3, "k")):
        if abs(amount) >= least:
            return f"{number(amount / unit, int(least == unit))}{letter}"
    return number(amount)


def name(cohort_on: date, every: str) -> str:
    """What people call the period that begins on the date."""
    if every == "quarter":
        return say("Q{quarter} {year}", quarter=(cohort_on.month + 2) // 3, year=str(cohort_on.year))
    return f"{cohort_on:%Y}" if every == "year" else tongue.month_short(cohort_on)


def notes(facts: Facts, query: Query) -> list[str]:
    """What a cohort, an age and a cell are, which cells are not finished, and what the amounts leave out."""
    told = [text for _, text in definitions(every(query))]
    told += [say("A client counts under the value that it has on {day}.", day=query.day)] if query.by else []
    last = say(
        "The last cell of every row is not finished: the {period} goes on after {day}.",
        period=phrasing.period(every(query)), day=query.day,
    )  # fmt: skip
    last_cell = [last] if goes_on(query.day, every(query)) else []
    return [*told, *last_cell, *_earlier(facts, query), *_left_out(facts, query.day)]


def _earlier(facts: Facts, query: Query) -> list[str]:
    """How many clients began before the dozen cohorts shown, and how to see them; nothing when the query chose."""
    if query.since:
        return []
    first = period_start(since(query), every(query))
    firsts = purchase_dates(facts, day=query.day).group_by("client_id").agg(began=nw.col("issued_on").min())
    before = firsts.filter(nw.col("began") < first).select(count=nw.len(), oldest=nw.col("began").min())
    found = facts.room.rows(before)[0]
    if not found["count"]:
        return []
    return [
        say_many(
            "{count} client began before {day} and is not shown: --since {oldest} shows all.",
            "{count} clients began before {day} and are not shown: --since {oldest} shows all.",
            count=found["count"], day=first, oldest=found["oldest"].isoformat(),
        )
    ]  # fmt: skip


def _left_out(facts: Facts, day: date) -> list[str]:
    sums = facts.room.rows(net_sales(facts, after=None, day=day).filter(nw.col("client_id").is_null()))
    return [
        say("{amount} net without a client is in no cohort.", amount=tongue.money(row["amount"]))
        for row in sums
        if row["amount"]
    ]


VIEW = View(
    "cohorts",
    "Do the clients won later stay as the earlier ones did?",
    answer,
    lambda query: (*values.columns(query), *COLUMNS),
    lambda query: (*query.by, "cohort_on", "age"),
    picture=Picture("grid", cells),
    sentence=sentence,
    notes=notes,
    spread=("age", "client_count"),
    example="cartera show cohorts demo --every quarter",
    takes=frozenset({"since", "every", "measure", "by"}),
)
