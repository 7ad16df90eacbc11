"""The calendar as a table: what each base date turns into, worked out in Python, joined by the engine.

Engines differ in month arithmetic, so none does any. A calendar is made once per engine, policy and span of years.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from itertools import pairwise
from typing import Any
from weakref import WeakKeyDictionary

import narwhals as nw

from cartera.calendar import add_days, days_between
from cartera.facts.tables import Facts, Frame
from cartera.portfolio.ladder import descent, thresholds
from cartera.portfolio.policy import AnyPolicy

FEW_YEARS = 150  # beyond that a calendar of every day is longer than the list of the dates that occur
Days = tuple[date, ...]
_made: WeakKeyDictionary[Any, dict[tuple[str, AnyPolicy, Days], Frame]] = WeakKeyDictionary()


def base_days(facts: Facts) -> Days:
    """First and last day of a span that holds every date a ladder can start from; or each such date, when far apart."""
    ends: list[date] = []
    for frame, columns in ((facts.invoices, ("issued_on", "known_on")), (facts.clients, ("created_on",))):
        wanted = [e for c in columns for e in (nw.col(c).min().alias(f"{c}_min"), nw.col(c).max().alias(f"{c}_max"))]
        ends += [d for d in facts.room.rows(frame.select(*wanted))[0].values() if d is not None]
    first, last = min(ends, default=date(2000, 1, 1)), max(ends, default=date(2000, 1, 1))
    if last.year - first.year <= FEW_YEARS:
        return (date(first.year, 1, 1), date(last.year, 12, 31))
    return _occurring(facts)


def rungs(facts: Facts, policy: AnyPolicy, days: Days) -> Frame:
    """base_on, is_empty, segment, reason, rung_from, rung_until below every possible last invoice and, `is_empty`,
    below every possible day of becoming a client.
    """
    return _table(facts, policy, days, "rungs")


def turns(facts: Facts, policy: AnyPolicy, days: Days) -> Frame:
    """base_on, cold_from (first day off the warmest rung), gone_from (first day off the last but one)."""
    return _table(facts, policy, days, "turns")


def seen_dates(facts: Facts, policy: AnyPolicy, days: Days) -> Frame:
    """base_on, seen_from: the first day on which an invoice of that issue date is within the horizon."""
    return _table(facts, policy, days, "seen")


def countdown(facts: Facts, day: date, policy: AnyPolicy) -> Frame:
    """last_issued_on, segment, days_left of every last invoice whose client is leaving on `day`."""
    lasts: list[date] = []
    steps = thresholds(policy.ladder, day)
    for warmer, step in pairwise(steps):
        if step.segment == "leaving":
            lasts = days_between(step.from_on, add_days(warmer.from_on, -1))
    columns: dict[str, list[Any]] = {"last_issued_on": lasts, "segment": ["leaving"] * len(lasts)}
    columns["days_left"] = [(policy.lost_from(last) - day).days for last in lasts]
    types = {"last_issued_on": nw.Date, "segment": nw.String, "days_left": nw.Int64}
    return facts.room.table(columns, types)


def _table(facts: Facts, policy: AnyPolicy, days: Days, kind: str) -> Frame:
    engine = facts.room
    made = _made.setdefault(engine, {})
    key = (kind, policy, days)
    if key not in made:
        columns = _columns(policy, days, kind)
        types = {"segment": nw.String, "reason": nw.String, "is_empty": nw.Boolean}
        made[key] = engine.table(columns, {c: types.get(c, nw.Date) for c in columns})
    return made[key]


@lru_cache(maxsize=16)
def _columns(policy: AnyPolicy, days: Days, kind: str) -> Mapping[str, list[Any]]:
    bases = days_between(*days) if len(days) == 2 else list(days)
    if kind == "rungs":
        invoiced, empty = descent(policy.ladder, bases), descent(policy.empty_ladder, bases)
        flags = [False] * len(invoiced["base_on"]) + [True] * len(empty["base_on"])
        return {name: invoiced[name] + empty[name] for name in invoiced} | {"is_empty": flags}
    if kind == "seen":
        return {"base_on": bases, "seen_from": [policy.seen_from(base) for base in bases]}
    cold, gone = policy.ladder[0].end, policy.ladder[-2].end
    assert cold is not None, "a ladder has more than one rung"
    assert gone is not None, "only the last rung has no end"
    return {"base_on": bases, "cold_from": [cold(b) for b in bases], "gone_from": [gone(b) for b in bases]}


def _occurring(facts: Facts) -> Days:
    engine = facts.room
    found: set[date] = set()
    for frame, column in ((facts.invoices, "issued_on"), (facts.invoices, "known_on"), (facts.clients, "created_on")):
        rows = engine.rows(frame.select(nw.col(column)).unique())
        found |= {row[column] for row in rows if row[column] is not None}
    return (*sorted(found), date.max, date.max)[: max(3, len(found))]
