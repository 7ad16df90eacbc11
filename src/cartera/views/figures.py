"""View `figures`: how sales stand this fiscal year; with `--every`, period by period."""

from __future__ import annotations

from datetime import date
from typing import Any

from cartera import tongue
from cartera.calendar import add_days, year_before
from cartera.facts.tables import Facts, Frame
from cartera.portfolio.compared import Period, period, short_history, unrated
from cartera.portfolio.figures import figures
from cartera.portfolio.fiscal import fiscal_year
from cartera.portfolio.receivables import foreign, missing
from cartera.portfolio.takings import first_end, takings
from cartera.tongue import say
from cartera.views import phrasing
from cartera.views.view import Column, Picture, Query, View

COLUMNS = (
    Column("figure", "Id", minor=True),
    Column("label", "Figure"),
    Column("unit", "In", minor=True, is_worded=True),
    Column("value", "Now", "money", unit_from="unit", unknown=tongue.UNKNOWN),
    Column("last_year", "A year before", "money", unit_from="unit", unknown=tongue.UNKNOWN),
    Column("change", "Change", "money", unit_from="unit", unknown=tongue.UNKNOWN, is_change=True),
    Column("definition", "What it is", minor=True),
)
PERIODS = (
    Column("after_on", "After", "date"),
    Column("until_on", "Until", "date"),
    Column("is_unfinished", "Unfinished", "flag", minor=True),
    Column("amount", "Sales", "money", total=True),
    Column("last_year", "A year before", "money", total=True),
    Column("change", "Change", "money", total=True),
    Column("invoice_count", "Invoices", "count", total=True),
    Column("client_count", "Clients invoiced", "count"),
    Column("average_invoice", "Average invoice", "money"),
)


def answer(facts: Facts, query: Query) -> Frame:
    """The rows of `portfolio.figures`."""
    return figures(facts, day=query.day, policy=query.policy)


def answer_over_time(facts: Facts, query: Query) -> Frame:
    """The rows of `portfolio.takings`."""
    return takings(facts, day=query.day, every=query.every or "month", since=query.since)


def sentence(rows: list[dict[str, Any]], _: Query) -> str:
    """Sales this fiscal year against last year's, and what is overdue."""
    found = {row["figure"]: row for row in rows}
    sales, growth = found["sales_to_date"], found["growth"]["value"]
    if not sales["value"] and not sales["last_year"]:
        told = say("No sales this fiscal year, and none in the same days a year before.")
    elif growth is None:
        told = say("Sales this fiscal year are {amount}.", amount=tongue.money(sales["value"]))
    else:
        told = say(
            "Sales this fiscal year are {amount}, {growth} on the same days a year before.",
            amount=tongue.money(sales["value"]), growth=tongue.share(growth, sign=True),
        )  # fmt: skip
    late = found["overdue"]["value"]
    return told if late is None else f"{told} {say('{amount} is overdue.', amount=tongue.money(late))}"


def sentence_over_time(rows: list[dict[str, Any]], _: Query) -> str:
    """The sum of the periods, and the best of them."""
    sold = phrasing.total(rows, "amount")
    if not rows or not any(row["amount"] for row in rows):
        return say("No sales in these periods.")
    best = max(rows, key=lambda row: (row["amount"], row["until_on"]))
    return say(
        "Sales of {amount}; the best period, until {day}: {best}.",
        amount=tongue.money(sold), day=best["until_on"], best=tongue.money(best["amount"]),
    )  # fmt: skip


def bars(rows: list[dict[str, Any]], _: Query) -> list[dict[str, Any]]:
    """One bar per period, its sales."""
    return [
        {
            "name": tongue.day_text(row["until_on"]), "clients": max(row["amount"], 0),
            "clients_text": tongue.money(row["amount"]),
            "label": say("until {day}: {amount}", day=row["until_on"], amount=tongue.number(row["amount"], 2)),
        }
        for row in rows
    ]  # fmt: skip


def notes(facts: Facts, query: Query) -> list[str]:
    """When the fiscal year starts, what is missing of receivables and of the year before, what no amount holds."""
    start = fiscal_year(query.day, query.policy.fiscal_year_start)
    return [
        say("The fiscal year began on {day}; fiscal_year_start in the policy changes the month.", day=start),
        *missing(facts),
        *short_history(facts, beside_last_year(year_before(add_days(start, -1)), query)),  # the whole last year, too
        *unrated(facts, period(query.day)),
        *foreign(facts, query.day),
    ]


def notes_over_time(facts: Facts, query: Query) -> list[str]:
    """What is missing of the periods a year before, and what no amount holds."""
    chosen = beside_last_year(first_end(query.day, query.every or "month", query.since), query)
    return [*short_history(facts, chosen), *unrated(facts, chosen)]


def beside_last_year(after: date, query: Query) -> Period:
    """All days from `after` on, with the same days a year before."""
    return Period(after, query.day, year_before(after), year_before(query.day))


OVER_TIME = View(
    "figures",
    "How do sales run, period by period?",
    answer_over_time,
    lambda _: PERIODS,
    lambda _: ("until_on",),
    picture=Picture("ranked_bars", bars),
    sentence=sentence_over_time,
    notes=notes_over_time,
    takes=frozenset({"since", "every"}),
)
VIEW = View(
    "figures",
    "How do sales and receivables stand, this fiscal year and in the last 365 days?",
    answer,
    lambda _: COLUMNS,
    lambda _: ("rank",),
    sentence=sentence,
    notes=notes,
    example="cartera show figures demo",
    over_time=OVER_TIME,
    takes=frozenset({"every"}),
)
