"""Who is this one client? Where it stands and why, what to do, its rhythm and value, and the rows behind all that."""

from __future__ import annotations

from datetime import date
from math import floor
from shlex import quote
from typing import Any

import narwhals as nw

from cartera import tongue
from cartera.calendar import add_days
from cartera.errors import SOURCE, InputError, suggested
from cartera.facts.tables import Facts, Frame
from cartera.portfolio import dealings, people
from cartera.portfolio.activity import standing
from cartera.portfolio.dimensions import dimension_names, dimensions
from cartera.portfolio.explain import Explanation, explain
from cartera.portfolio.frequency import FrequencyLimits, frequency
from cartera.portfolio.frequency import definitions as frequencies
from cartera.portfolio.gaps import TENTHS
from cartera.portfolio.policy import AnyPolicy
from cartera.portfolio.profile_lines import Line, as_table, joined
from cartera.portfolio.rhythm import RhythmLimits, rhythm
from cartera.portfolio.status import definitions as statuses
from cartera.portfolio.status import status
from cartera.portfolio.timeline import timeline
from cartera.tongue import say, say_many, spoken
from cartera.words import SEGMENT_LABELS

CLIENT, SEGMENT, NEXT, TO_DO, CLASSES, RHYTHM = "client", "segment", "next", "to do", "classes", "rhythm"
TIMELINE, MARKS, CONTACT = "timeline", "marks", "contact"
WAYS = ("rep", "email", "phone", "website", "street", "postcode", "city", "region", "country", "industry")
MOST_OFFERED = 5


def client(facts: Facts, *, day: date, policy: AnyPolicy) -> Frame:
    """The profile of the one client in the facts, section by section.

    Columns: place (0 for the first row), section, what, on, until_on, amount, currency, text; see `profile_lines`.
    Sections: client (on: since when it is one), segment with its reason in words, next, to do, classes, rhythm
    (on: the date expected, until_on: the first day beyond its limit), value, timeline, products bought and stopped
    (when there are lines), plans, invoices, marks, interactions, contacts, contact; those without a row are left out.
    InputError: nobody, or more than one client, by `day`.
    """
    own = the_one(facts, day, policy)
    told = explain(facts, own["client_id"], day=day, policy=policy)
    lines = [
        *_standing(told, own, day), *_classes(facts, day, policy), *_rhythm(facts, day, policy),
        *dealings.value(facts, day, policy), *_timeline(facts, day, policy), *dealings.products(facts, day),
        *dealings.plans(facts, day, policy), *dealings.invoices(facts, day), *_marks(facts, day),
        *people.interactions(facts, day), *people.contacts(facts), *_contact(facts, day),
    ]  # fmt: skip
    return as_table(facts, lines)


def the_one(facts: Facts, day: date, policy: AnyPolicy) -> dict[str, Any]:
    """The row of `standing` of the only client; InputError when there is none by `day`, or another."""
    rows = facts.room.rows(standing(facts, day=day, policy=policy))
    if len(rows) == 1:
        return rows[0]
    few = sorted(row["client_id"] for row in rows)[:MOST_OFFERED]
    if few:
        fix = f"Name it: --where {quote(f'client_id={few[0]}')} (also: {', '.join(few[1:])})."
        raise InputError(say("a profile shows one client, and {count} fit.", count=len(rows)), fix=fix)
    listing = suggested("show", "clients", SOURCE)
    fix = f"List the clients with: {listing}. Then: --where client_id=..., or --where name='...'."
    raise InputError(say("a profile shows one client, and none fits by {day}.", day=day), fix=fix)


def _standing(told: Explanation, own: dict[str, Any], day: date) -> list[Line]:
    state = told.state
    lines = [
        Line(CLIENT, state["name"], own["born_on"], text=own["client_id"]),
        Line(SEGMENT, SEGMENT_LABELS[state["segment"]], state["since_on"], state["next_on"], text=told.text),
    ]
    if state["next_on"] is not None:
        days = say_many(
            "if nobody acts, in {count} day", "if nobody acts, in {count} days", count=(state["next_on"] - day).days
        )
        lines.append(Line(NEXT, SEGMENT_LABELS[state["next_segment"]], state["next_on"], text=days))
    return [*lines, Line(TO_DO, told.todo)]


def _classes(facts: Facts, day: date, policy: AnyPolicy) -> list[Line]:
    limits = FrequencyLimits()
    asked = (("frequency", frequency, frequencies), ("status", status, statuses))
    lines = []
    for name, ask, definitions in asked:
        word = facts.room.rows(ask(facts, day=day, policy=policy))[0][name]
        told = say("{name}: {told}", name=spoken(name, "class"), told=spoken(word, "value"))
        lines.append(Line(CLASSES, told, text=dict(definitions(limits))[word]))
    return lines


def _rhythm(facts: Facts, day: date, policy: AnyPolicy) -> list[Line]:
    limits = RhythmLimits()
    row = facts.room.rows(rhythm(facts, day=day, policy=policy, limits=limits))[0]
    return [Line(RHYTHM, row["rhythm"], row["next_expected_on"], _beyond_from(row, day), text=_cadence(row, limits))]


def _beyond_from(row: dict[str, Any], day: date) -> date | None:
    """The first day on which the client, if it does not buy, is silent for longer than its limit."""
    if row["limit_gap_days"] is None:
        return None
    return add_days(day, floor(row["limit_gap_days"]) + 1 - row["days_since"])


def _cadence(row: dict[str, Any], limits: RhythmLimits) -> str:
    """The remark of the rhythm, else its figures."""
    if row["median_gap_days"] is None:
        return say_many(
            "{count} gap between its purchase dates; a rhythm takes {fewest}",
            "{count} gaps between its purchase dates; a rhythm takes {fewest}",
            count=row["gap_count"], fewest=limits.fewest_gaps,
        )  # fmt: skip
    if row["remark"]:
        return str(row["remark"])
    usual, limit = (tongue.short_number(row[name]) for name in ("median_gap_days", "limit_gap_days"))
    return say_many(
        "{count} day since the last invoice; {usual} is usual, {limit} its {tenths}-in-{of} limit",
        "{count} days since the last invoice; {usual} is usual, {limit} its {tenths}-in-{of} limit",
        count=row["days_since"], usual=usual, limit=limit, tenths=limits.limit_tenth, of=TENTHS,
    )  # fmt: skip


def _timeline(facts: Facts, day: date, policy: AnyPolicy) -> list[Line]:
    rows = sorted(facts.room.rows(timeline(facts, policy=policy)), key=lambda row: row["from_on"])
    return [
        Line(
            TIMELINE, SEGMENT_LABELS[row["segment"]], row["from_on"], row["until_on"],
            text=joined((_reason(row), say("expected if nobody acts") if row["from_on"] > day else None)),
        )
        for row in rows
    ]  # fmt: skip


def _reason(row: dict[str, Any]) -> str | None:
    return None if row["reason"] == row["segment"] else spoken(row["reason"].replace("_", " "), "value")


def _marks(facts: Facts, day: date) -> list[Line]:
    rows = facts.room.rows(facts.marks.filter(~nw.col("marked_on").is_null() & (nw.col("marked_on") <= day)))
    rows.sort(key=lambda row: (row["marked_on"], str(row["recorded_at"] or ""), row["mark"]), reverse=True)
    return [
        Line(MARKS, row["mark"], row["marked_on"], text=joined((row["reason"], row["note"], _by(row)))) for row in rows
    ]


def _by(row: dict[str, Any]) -> str | None:
    return say("by {name}", name=row["by"]) if row["by"] else None


def _contact(facts: Facts, day: date) -> list[Line]:
    names = [name for name in WAYS if name in dimension_names(facts)]
    rows = facts.room.rows(dimensions(facts, names, day=day)) if names else []
    return [Line(CONTACT, name, text=row[name]) for row in rows for name in names if row[name]]
