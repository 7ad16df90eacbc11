"""View `windows`: which windows the gaps between this portfolio's own purchases propose, beside those in force."""

from __future__ import annotations

from typing import Any

from cartera import tongue
from cartera.facts.tables import Facts, Frame
from cartera.portfolio.gaps import TENTHS
from cartera.portfolio.windows import WindowLimits, definitions, windows
from cartera.tongue import say, say_many
from cartera.views.class_bars import defined
from cartera.views.view import Column, Query, View

LIMITS = WindowLimits()
COLUMNS = (
    Column("number", "Number"),
    Column("current", "In force", "count"),
    Column("proposed", "Proposed", "count"),
    Column("is_enough", "Enough gaps", "flag", minor=True),
    Column("client_count", "Clients with a gap", "count", minor=True),
    Column("gap_count", "Gaps", "count", minor=True),
    Column("median_gap_days", "Median gap", "number", minor=True),
    Column("limit_gap_days", "9 of 10 gaps end by", "number", minor=True),
)


def answer(facts: Facts, query: Query) -> Frame:
    """The rows of `portfolio.windows`."""
    return windows(facts, day=query.day, policy=query.policy, limits=LIMITS)


def sentence(rows: list[dict[str, Any]], _: Query) -> str:
    """The gaps in words, and what they propose."""
    row = rows[0]
    if not row["is_enough"]:
        return say_many(
            "Not enough history: {count} gap between purchases, and it takes {fewest}; keep the windows in force.",
            "Not enough history: {count} gaps between purchases, and it takes {fewest}; keep the windows in force.",
            count=row["gap_count"], fewest=LIMITS.fewest_gaps,
        )  # fmt: skip
    changed = [
        say("{number} {proposed} instead of {current}", **{key: row[key] for key in ("number", "proposed", "current")})
        for row in rows
        if row["proposed"] != row["current"]
    ]
    return say(
        "Clients buy every {median} days in the middle, and {tenths} of {of} gaps end by {limit} days: {windows}.",
        median=tongue.short_number(row["median_gap_days"]), tenths=LIMITS.limit_tenth, of=TENTHS,
        limit=tongue.short_number(row["limit_gap_days"]),
        windows=tongue.listed(changed) or say("the windows in force fit"),
    )  # fmt: skip


def notes(facts: Facts, query: Query) -> list[str]:
    """How the numbers follow, and how to see who would stand elsewhere."""
    found = facts.room.rows(answer(facts, query))
    told = [defined(definitions(LIMITS))]
    if any(row["proposed"] != row["current"] for row in found):
        lines = [f'policy = "{query.policy.name}"', *(f"{row['number']} = {row['proposed']}" for row in found)]
        told.append(
            say(
                "To see who would stand elsewhere, write into proposed.toml the lines {lines} and ask"
                " cartera whatif SOURCE --policy proposed.toml.",
                lines=", ".join(lines),
            )
        )
    return told


VIEW = View(
    "windows",
    "Which windows do the gaps between our own clients' purchases propose?",
    answer,
    lambda _: COLUMNS,
    lambda _: ("rank",),
    sentence=sentence,
    notes=notes,
    example="cartera show windows demo",
)
