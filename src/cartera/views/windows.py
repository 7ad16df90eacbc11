"""View `windows`: which windows the gaps between this portfolio's own purchases propose, beside those in force."""

from __future__ import annotations

from typing import Any

from cartera.facts.tables import Facts, Frame
from cartera.portfolio.gaps import TENTHS
from cartera.portfolio.windows import WindowLimits, definitions, windows
from cartera.views import phrasing
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
    Column("limit_gap_days", f"{LIMITS.limit_tenth} of {TENTHS} gaps end by", "number", minor=True),
)


def answer(facts: Facts, query: Query) -> Frame:
    """The rows of `portfolio.windows`."""
    return windows(facts, day=query.day, policy=query.policy, limits=LIMITS)


def sentence(rows: list[dict[str, Any]], _: Query) -> str:
    """The gaps in words, and what they propose."""
    row = rows[0]
    if not row["is_enough"]:
        found = phrasing.counted(row["gap_count"], "gap")
        why = f"{found} between purchases, and it takes {LIMITS.fewest_gaps}"
        return f"Not enough history: {why}; keep the windows in force."
    told = (
        f"Clients buy every {row['median_gap_days']:g} days in the middle, and {LIMITS.limit_tenth} of {TENTHS} gaps"
        f" end by {row['limit_gap_days']:g} days"
    )
    others = [row for row in rows if row["proposed"] != row["current"]]
    changed = [f"{row['number']} {row['proposed']} instead of {row['current']}" for row in others]
    return f"{told}: {', '.join(changed)}." if changed else f"{told}: the windows in force fit."


def notes(facts: Facts, query: Query) -> list[str]:
    """How the numbers follow, and how to see who would stand elsewhere."""
    found = facts.room.rows(answer(facts, query))
    told = [defined(definitions(LIMITS))]
    if any(row["proposed"] != row["current"] for row in found):
        lines = [f'policy = "{query.policy.name}"', *(f"{row['number']} = {row['proposed']}" for row in found)]
        told.append(f"To see who would stand elsewhere, write into proposed.toml the lines {', '.join(lines)} and ask"
                    " cartera whatif SOURCE --policy proposed.toml.")  # fmt: skip
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
