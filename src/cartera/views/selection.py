"""Which clients stand behind a number? The filter and the day that lead to exactly so many rows of another view."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from cartera.views.view import Query

Where = tuple[tuple[str, str], ...]
CLIENTS, CLIENT = "clients", "client"
SUBJECT = "subject"
# A client has one value of every other name. Of these it may have several, so that one does not replace another.
MANY = frozenset(("custom", "bought", "top", "funnel", "planned"))


@dataclass(frozen=True)
class Selection:
    """The rows of the view called `view`, on `day` (None: the query's), that `where` leaves beside the query's filter.

    count: how many rows these are; None where no number is told.
    """

    where: Where
    count: int | None = None
    day: date | None = None
    view: str = CLIENTS


def behind(count: int | None, *where: Iterable[tuple[str, str]], day: date | None = None) -> Selection:
    """So many clients, found by all these filters together."""
    return Selection(tuple(pair for pairs in where for pair in pairs), count, day)


def either(name: str, values: Iterable[str]) -> Where:
    """A filter by a name that has any of these values."""
    return tuple((name, value) for value in values)


def of_dimensions(row: dict[str, Any], query: Query) -> Where:
    """The filter by the values that the row has of what the query is split by; of nobody's value, an empty one."""
    return tuple((name, "" if row[name] is None else str(row[name])) for name in query.by)


def asked(selection: Selection, query: Query) -> tuple[Where, date] | None:
    """The whole filter and the day to ask for; None where the query's own filter does not go together with it."""
    day = selection.day or query.day
    if selection.view == CLIENT:
        return selection.where, day
    own = {name for name, _ in selection.where}
    given = {name for name, _ in query.where}
    if SUBJECT in query.options or own & given & MANY:
        return None
    # Both filters hold: of a name in both, the values that are in both.
    common = tuple(pair for pair in selection.where if pair[0] not in given or pair in query.where)
    if {name for name, _ in common} != own:
        return None
    return (*(pair for pair in query.where if pair[0] not in own), *common), day
