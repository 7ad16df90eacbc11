"""The only date arithmetic of the house: calendar months are added forward and clamped to the month's end."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta

FIRST_DAY, LAST_DAY = date(1000, 1, 1), date.max  # Spark takes no literal of a year with fewer than four digits
ONE_DAY = timedelta(days=1)
PERIODS = ("day", "week", "month", "quarter", "year")
FEBRUARY = 2


def add_months(start: date, months: int) -> date:
    """`start` plus calendar months, clamped to the month's end: 2024-10-31 + 4 = 2025-02-28."""
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    if year > LAST_DAY.year:
        return LAST_DAY
    if year < FIRST_DAY.year:
        return FIRST_DAY
    return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))


def year_before(day: date) -> date:
    """The same day a year before; the last day of February is the last day of February, so that months stay whole."""
    before = add_months(day, -12)
    is_end = day.month == FEBRUARY and day.day == monthrange(day.year, FEBRUARY)[1]
    return before.replace(day=monthrange(before.year, FEBRUARY)[1]) if is_end else before


def add_days(start: date, days: int) -> date:
    """`start` plus days, held inside the calendar."""
    ordinal = start.toordinal() + days
    return date.fromordinal(max(1, min(ordinal, LAST_DAY.toordinal())))


def first_start(ends: Callable[[date], date], day: date) -> date:
    """The earliest start whose end lies after `day`; `ends` never falls as its argument grows."""
    low, high = 1, day.toordinal() + 1  # a start after `day` always ends after it
    while low < high:
        middle = (low + high) // 2
        if ends(date.fromordinal(middle)) > day:
            high = middle
        else:
            low = middle + 1
    return date.fromordinal(min(low, LAST_DAY.toordinal()))


def days_between(first: date, last: date) -> list[date]:
    """Every day from first to last, both included."""
    return [date.fromordinal(n) for n in range(first.toordinal(), last.toordinal() + 1)]


def period_start(day: date, every: str) -> date:
    """The first day of the day, week (Monday), month, quarter or year that holds `day`."""
    if every == "week":
        return day - timedelta(days=day.weekday())
    if every == "month":
        return day.replace(day=1)
    if every == "quarter":
        return date(day.year, day.month - (day.month - 1) % 3, 1)
    if every == "year":
        return date(day.year, 1, 1)
    return day


def period_ends(since: date, day: date, every: str) -> list[date]:
    """The last day of every period from the one holding `since` to the one holding `day`; the last is `day` itself."""
    ends = []
    start = period_start(since, every)
    while start <= day:
        after = next_period(start, every)
        ends.append(min(after - ONE_DAY, day))
        start = after
    return ends


def periods_between(since: date, day: date, every: str | None) -> list[tuple[date, date]]:
    """The periods after < date <= until that make up (since, day], in order; a single one without `every`."""
    if every is None:
        return [(since, day)]
    ends = [end for end in period_ends(since, day, every) if end > since]
    return list(zip([since, *ends], ends, strict=False))


def next_period(start: date, every: str) -> date:
    """The first day of the period after the one that begins on `start`."""
    months = {"month": 1, "quarter": 3, "year": 12}
    if every in months:
        return add_months(start, months[every])
    return add_days(start, 7 if every == "week" else 1)
