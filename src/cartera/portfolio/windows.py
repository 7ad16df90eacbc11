"""Which windows fit this portfolio? Proposed from the gaps between its own clients' purchases; always a valid policy.

A proposal: nobody's windows change by themselves, and `whatif` shows first who would stand elsewhere.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any

import narwhals as nw

from cartera.errors import PolicyError
from cartera.facts.tables import Facts, Frame
from cartera.portfolio.gaps import MEDIAN, TENTHS, gaps, numbered_purchases, quantile_of
from cartera.portfolio.kopilot import Kopilot
from cartera.portfolio.policy import YEAR_DAYS, AnyPolicy
from cartera.portfolio.salescope import Salescope
from cartera.tongue import say

GRACE_DAYS = 35  # the policy's own: a lifespan is whole years or months and this
MONTHS_A_YEAR = 12
TYPES: dict[str, Any] = {
    "rank": nw.Int64, "number": nw.String, "current": nw.Int64, "proposed": nw.Int64, "is_enough": nw.Boolean,
    "client_count": nw.Int64, "gap_count": nw.Int64, "median_gap_days": nw.Float64, "limit_gap_days": nw.Float64,
}  # fmt: skip


@dataclass(frozen=True)
class WindowLimits:
    """How windows follow from gaps; ours.

    fewest_gaps: fewer gaps in the whole portfolio keep the windows in force. limit_tenth: 9 for the days within which
    9 of 10 gaps end; the whole months in it are the first window. second, third: how many first windows make the
    second one and the lifespan, which is never shorter than a year.
    """

    fewest_gaps: int = 20
    limit_tenth: int = 9
    second: int = 2
    third: int = 3

    def __post_init__(self) -> None:
        """Refuse numbers from which no valid policy follows."""
        if not (self.fewest_gaps > 0 and 0 <= self.limit_tenth <= TENTHS and 1 < self.second < self.third):
            found = f"{self.fewest_gaps} gaps, {self.limit_tenth} in 10, windows 1 : {self.second} : {self.third}"
            fix = "A working example: fewest_gaps=20, limit_tenth=9, second=2, third=3."
            raise PolicyError(f"no windows can be proposed with {found}.", fix=fix)


def windows(facts: Facts, *, day: date, policy: AnyPolicy, limits: WindowLimits | None = None) -> Frame:
    """One row per number of the policy that is a window, from all gaps between purchase dates up to `day`.

    Columns: rank (its place), number (its name in a policy), current (in force), proposed (the same as current when
    there are too few gaps), is_enough (there are enough), client_count (clients that have a gap), gap_count,
    median_gap_days, limit_gap_days (9 of 10 gaps end by it); the last four are the same in every row.
    """
    limits = limits or WindowLimits()
    found = facts.room.keep(gaps(numbered_purchases(facts, day=day)))
    counted = facts.room.rows(found.group_by("gap").agg(count=nw.len()))
    counts = {row["gap"]: row["count"] for row in counted}
    clients = facts.room.rows(found.select("client_id").unique().select(count=nw.len()))[0]["count"]
    size, limit = sum(counts.values()), quantile_of(counts, limits.limit_tenth)
    is_enough = size >= limits.fewest_gaps and limit is not None
    wanted = proposal(policy, limit, limits) if is_enough and limit is not None else policy
    names = _window_names(policy)
    same = {
        "is_enough": is_enough, "client_count": clients, "gap_count": size, "limit_gap_days": limit,
        "median_gap_days": quantile_of(counts, MEDIAN),
    }  # fmt: skip
    columns: dict[str, list[Any]] = {name: [value] * len(names) for name, value in same.items()}
    columns |= {"rank": list(range(len(names))), "number": names}
    columns |= {"current": [getattr(policy, n) for n in names], "proposed": [getattr(wanted, n) for n in names]}
    return facts.room.table({name: columns[name] for name in TYPES}, TYPES)


def proposal(policy: AnyPolicy, limit_days: float, limits: WindowLimits) -> AnyPolicy:
    """A valid policy of the same family whose first window is the whole months in `limit_days`, 1 at least.

    Its other numbers are those in force as long as they agree with the proposed ones, else the published ones.
    """
    first = max(1, int(limit_days * MONTHS_A_YEAR / YEAR_DAYS))
    if isinstance(policy, Salescope):
        return replace(policy, inactive_months=limits.second * first, alert_months=(limits.second - 1) * first)
    life = max(MONTHS_A_YEAR, limits.third * first)
    numbers: dict[str, Any] = {
        "active_months": first,
        "sleeping_months": limits.second * first,
        "lifespan_days": -(-life * YEAR_DAYS // MONTHS_A_YEAR) + GRACE_DAYS,
    }
    try:
        return replace(policy, **numbers)
    except PolicyError:  # a notice too long for the proposed lifespan
        return Kopilot(**numbers)


def definitions(limits: WindowLimits) -> list[tuple[str, str]]:
    """How each window is proposed, in a sentence."""
    return [
        (
            "first window",
            say(
                "the whole months within which {tenths} of {of} gaps end, 1 at least",
                tenths=limits.limit_tenth, of=TENTHS,
            ),
        ),
        ("second window", say("{number} times the first", number=str(limits.second))),
        (
            "lifespan",
            say(
                "{number} times the first, a year at least, and {days} days of grace",
                number=str(limits.third), days=GRACE_DAYS,
            ),
        ),
    ]  # fmt: skip


def _window_names(policy: AnyPolicy) -> list[str]:
    known = {"active_months", "sleeping_months", "lifespan_days", "notice_days", "inactive_months", "alert_months"}
    return [field.name for field in fields(policy) if field.name in known]
