"""On which days does a recurring template make a document? By its own day of the month, week or year, from its next."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import count
from typing import Any

from cartera.calendar import add_days, add_months
from cartera.sources.kit.contract import Payload
from cartera.sources.kit.parsing import day

DAYS = {"daily": 1, "weekly": 7}
MONTHS = {"monthly": 1, "yearly": 12}
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
WEEK = 7


@dataclass(frozen=True)
class Schedule:
    """unit: daily, weekly, monthly, yearly. every: so many of them. most: documents from start_on on, None for any
    number. day_of_month: 31 for the last of any month. week, weekday: the third Tuesday.
    """

    next_on: date
    unit: str
    every: int = 1
    start_on: date | None = None
    end_on: date | None = None
    most: int | None = None
    day_of_month: int | None = None
    week: int | None = None
    weekday: int | None = None

    @property
    def is_known(self) -> bool:
        """Whether its unit is one of those that we know."""
        return self.unit in DAYS or self.unit in MONTHS

    def days(self, after: date, until: date) -> list[date]:
        """The days after one day until another, both in order; next days that have passed are rolled forward."""
        return [one for one in self._all(until) if one > after]

    def _all(self, until: date) -> Iterator[date]:
        """From the next day on, as far as the template goes."""
        last = min(until, self.end_on) if self.end_on else until
        gone = self._gone() if self.most is not None else 0
        for place in count():
            found = self._at(place)
            if found > last or (self.most is not None and gone + place >= self.most):
                return
            yield found

    def _at(self, place: int) -> date:
        if self.unit in DAYS:
            return add_days(self.next_on, place * self.every * DAYS[self.unit])
        return self._in_month(add_months(self.next_on.replace(day=1), place * self.every * MONTHS[self.unit]))

    def _in_month(self, first: date) -> date:
        last = monthrange(first.year, first.month)[1]
        if self.week is not None and self.weekday is not None:
            ahead = (self.weekday - first.weekday()) % WEEK + 1 + WEEK * (self.week - 1)
            return first.replace(day=ahead if ahead <= last else ahead - WEEK * -(-(ahead - last) // WEEK))
        return first.replace(day=min(self._day, last))

    @property
    def _day(self) -> int:
        """The day of the month that is meant: a next day of 28 February may stand for the 31st."""
        if self.day_of_month:
            return self.day_of_month
        if self.start_on and self.next_on.day == min(self.start_on.day, self._last) < self.start_on.day:
            return self.start_on.day
        return self.next_on.day

    @property
    def _last(self) -> int:
        return monthrange(self.next_on.year, self.next_on.month)[1]

    def _gone(self) -> int:
        """How many documents were due before the next one."""
        start = self.start_on or self.next_on
        if self.unit in DAYS:
            return max((self.next_on - start).days // (self.every * DAYS[self.unit]), 0)
        months = (self.next_on.year - start.year) * 12 + self.next_on.month - start.month
        return max(months // (self.every * MONTHS[self.unit]), 0)


def schedule(told: Payload) -> Schedule | None:
    """The schedule of a template, None when it says no next day."""
    next_on = day(told.get("NextDate"))
    if next_on is None:
        return None
    return Schedule(
        next_on,
        str(told.get("IntervalType") or "").casefold(),
        every=max(_number(told.get("NumInterval")) or 1, 1),
        start_on=day(told.get("StartDate")),
        end_on=day(told.get("EndDate")),
        most=_number(told.get("MaxOccurrences")),
        day_of_month=_number(told.get("DayOfMonth")),
        week=_number(told.get("WeekOfMonth")),
        weekday=_weekday(told.get("DayOfWeek")),
    )


def _number(value: Any) -> int | None:
    """A whole number above zero, written as a number or as text."""
    return int(value) or None if value not in (None, "") else None


def _weekday(value: Any) -> int | None:
    found = str(value or "").casefold()
    return WEEKDAYS.index(found) if found in WEEKDAYS else None
