"""Who changes segment this week, this month, in the next three months or later? Groups with what they add up to."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from cartera.calendar import LAST_DAY, add_days, add_months, next_period, period_start
from cartera.portfolio.picks import in_period
from cartera.tongue import text
from cartera.views.selection import Selection, behind
from cartera.views.view import Query

WEEK, MONTH, MONTHS, LATER = "week", "month", "months", "later"
SAID = {
    WEEK: text("This week"), MONTH: text("This month"), MONTHS: text("The next three months"),
    LATER: text("Later"),
}  # fmt: skip


@dataclass(frozen=True)
class Horizon:
    """The rows of `coming` that change in a time, with their money; both ends are days of it. supposed: what of it
    belongs to clients that are supposed to buy.
    """

    name: str
    after_on: date
    until_on: date
    rows: tuple[dict[str, Any], ...]
    at_stake: Decimal
    planned_amount: Decimal
    supposed_count: int
    supposed_stake: Decimal


def ends(day: date) -> list[tuple[str, date]]:
    """Name -> last day of each time, in order: the week's Sunday, the month's end, that of the third month after it."""
    week, month = (add_days(next_period(period_start(day, one), one), -1) for one in ("week", "month"))
    months = add_days(add_months(add_days(month, 1), 3), -1)
    return [(WEEK, week), (MONTH, month), (MONTHS, months), (LATER, LAST_DAY)]


def horizons(rows: Sequence[dict[str, Any]], query: Query, supposed: Collection[str] = ()) -> list[Horizon]:
    """The times in which anybody changes, in order."""
    found, start = [], query.day
    for name, end in ends(query.day):
        own = tuple(row for row in rows if start < row["next_on"] <= end)
        if own:
            found.append(horizon(name, start, end, own, supposed))
        start = max(start, end)
    return found


def horizon(
    name: str, after: date, until: date, rows: tuple[dict[str, Any], ...], supposed: Collection[str]
) -> Horizon:
    """One time with the sums of its rows."""
    taken = [row for row in rows if row["client_id"] in supposed]
    return Horizon(
        name, add_days(after, 1), until, rows, sums(rows, "at_stake"), sums(rows, "planned_amount"), len(taken),
        sums(taken, "at_stake"),
    )  # fmt: skip


def sums(rows: Sequence[dict[str, Any]], name: str) -> Decimal:
    """The exact sum of a column."""
    return sum((row[name] for row in rows), Decimal(0))


def clients(one: Horizon) -> Selection:
    """Who stands behind a time."""
    return behind(len(one.rows), (("turns", in_period(one.after_on, one.until_on)),))
