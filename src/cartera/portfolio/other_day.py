"""Who stood in a segment, in a class, or with a rep on another day than the one asked for? NAME@DAY in a filter."""

from __future__ import annotations

from datetime import date

import narwhals as nw

from cartera.errors import InputError, UnknownNameError
from cartera.facts.tables import Facts, Frame
from cartera.portfolio.activity import standing
from cartera.portfolio.changes import visible
from cartera.portfolio.classes import CLASSIFICATIONS, SEGMENT, classed
from cartera.portfolio.crossings import gone_as
from cartera.portfolio.dimensions import clients_where, dimensions
from cartera.portfolio.policy import AnyPolicy
from cartera.portfolio.retention import FATES
from cartera.portfolio.segments import inside_ids
from cartera.portfolio.timeline import timeline

AT = "@"
FATE = "fate"  # whether a client is kept in the portfolio, or how it went out
AHEAD = "ahead"  # the segment on a later day if nobody acts, as the day asked for sees it


def named_at(name: str) -> tuple[str, date] | None:
    """The name and the day of NAME@DAY; None where there is no @. InputError: what follows it is no day."""
    base, at, told = name.rpartition(AT)
    if not at:
        return None
    try:
        return base, date.fromisoformat(told)
    except ValueError:
        fix = "Write the day as in segment@2026-02-28=active."
        raise InputError(f"{told!r} in {name!r} is no day.", where="--where", fix=fix) from None


def on_day(facts: Facts, name: str, values: list[str], *, day: date, seen_on: date, policy: AnyPolicy) -> Frame:
    """client_id of the clients that had one of the values on that day; an empty segment: who was no client yet.

    seen_on: the day asked for. UnknownNameError for a segment or class that there is not.
    """
    check_values(name, values, policy)
    if name == AHEAD:
        rows = timeline(visible(facts, seen_on), policy=policy).filter(nw.col(SEGMENT).is_in(values))
        holds = (nw.col("from_on") <= day) & (nw.col("until_on").is_null() | (nw.col("until_on") > day))
        return rows.filter(holds).select("client_id")
    if name == FATE:
        return _fates(facts, values, day, policy)
    if name != SEGMENT:
        if name not in CLASSIFICATIONS:
            return clients_where(facts, [(name, value) for value in values], day=day)
        return classed(facts, [name], day=day, policy=policy).filter(nw.col(name).is_in(values)).select("client_id")
    there = standing(facts, day=day, policy=policy).select("client_id", SEGMENT)
    found = there.filter(nw.col(SEGMENT).is_in(values)).select("client_id")
    if "" not in values:
        return found
    return nw.concat([found, dimensions(facts, (), day=day).join(there, on="client_id", how="anti")])


def check_values(name: str, values: list[str], policy: AnyPolicy) -> None:
    """Nothing when every value is one that the name can have; values of a column are not looked at."""
    known: tuple[str, ...] = ()
    if name in (SEGMENT, AHEAD):
        known = tuple(segment.id for segment in policy.segments)
    elif name == FATE:
        known = FATES
    elif name in CLASSIFICATIONS:
        known = tuple(CLASSIFICATIONS[name].classes)
    for value in values:
        if known and value not in known and (value or name != SEGMENT):
            raise UnknownNameError(name, value, known, where="--where")


def _fates(facts: Facts, values: list[str], day: date, policy: AnyPolicy) -> Frame:
    is_inside = nw.col(SEGMENT).is_in(inside_ids(policy))
    fate = nw.when(is_inside).then(nw.lit("kept")).otherwise(gone_as(nw.col(SEGMENT), nw.col("reason")))
    rows = standing(facts, day=day, policy=policy).with_columns(fate=fate)
    return rows.filter(nw.col("fate").is_in(values)).select("client_id")
