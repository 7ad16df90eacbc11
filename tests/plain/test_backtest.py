"""Does the back-test count what its definition says? Read client by client in plain Python, beside the engine's counts.

At a cut-off C, with what is visible on C: stopped = in the portfolio with a last invoice, and no counted invoice in
(C, day]; announced = sleeping away, hibernating or leaving on C.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from statistics import median
from typing import Any

import pytest
from tests.plain.oracle import Client, Kopilot, Row, counted, segment_on, visible, whole_timeline
from tests.plain.readings import public
from tests.portfolios import Facts as Portfolio
from tests.portfolios import clients_of, random_facts, tables

import cartera

INSIDE = {"no_activity", "new", "active", "sleeping_away", "hibernating", "leaving"}
COOLING = {"sleeping_away", "hibernating", "leaving"}
POLICIES = (Kopilot(), Kopilot(active_months=1, sleeping_months=3, lifespan_days=150, notice_days=20))


def cutoffs(day: date) -> list[date]:
    """The day a year before, and every month end between it and the day."""
    first = day - timedelta(365)
    between = (first + timedelta(n) for n in range(1, 365))
    return [first, *(d for d in between if d.day == monthrange(d.year, d.month)[1])]


def outcome(client: Client, cutoff: date, day: date, policy: Kopilot) -> dict[str, Any] | None:
    """What was said on the cut-off and what became of it; None: not in the portfolio, or never invoiced."""
    then = segment_on(visible(client, cutoff), cutoff, policy)
    if then is None or then[0] not in INSIDE or not counted(client, cutoff):
        return None
    again = [on for on in counted(client, day) if cutoff < on <= day]
    gone = [start for segment, _, start, _ in whole_timeline(client, policy) if segment not in INSIDE]
    lost = [start for start in gone if cutoff < start <= day]
    return {
        "announced": then[0] in COOLING,
        "again": (min(again) - cutoff).days if again else None,
        "lost": (min(lost) - cutoff).days if lost else None,
    }


def read(portfolio: Portfolio, cutoff: date, day: date, policy: Kopilot) -> Row:
    """One row of the back-test."""
    seen = [outcome(client, cutoff, day, policy) for client in clients_of(portfolio).values()]
    found = [one for one in seen if one is not None]
    announced = [one for one in found if one["announced"]]
    again = [one["again"] for one in announced if one["again"] is not None]
    silent = [one for one in announced if one["again"] is None]
    lost = [one["lost"] for one in silent if one["lost"] is not None]
    return {
        "cutoff_on": cutoff,
        "client_count": len(found),
        "stopped_count": sum(one["again"] is None for one in found),
        "announced_stopped_count": len(silent),
        "median_days_to_lost": median(lost) if lost else None,
        "announced_count": len(announced),
        "again_count": len(again),
        "median_days_to_invoice": median(again) if again else None,
        "lost_count": len(lost),
        "open_count": len(silent) - len(lost),
    }


@pytest.mark.parametrize("policy", POLICIES, ids=["published", "short"])
@pytest.mark.parametrize("day", [date(2024, 2, 29), date(2025, 8, 31), date(2023, 1, 15)], ids=str)
def test_the_back_test_counts_what_its_definition_says(policy: Kopilot, day: date) -> None:
    portfolio = random_facts(day.toordinal(), 120, around=day - timedelta(200))
    told = cartera.backtest(cartera.Facts(**tables(portfolio)), day=day, policy=public(policy)).to_pylist()
    meant = [read(portfolio, cutoff, day, policy) for cutoff in cutoffs(day)]
    assert [{name: row[name] for name in meant[0]} for row in told] == meant
    assert meant[0]["stopped_count"] and meant[0]["announced_count"], "the portfolio says something"


def test_what_was_announced_is_not_all_that_stopped() -> None:
    """A rule that announced everybody by construction would prove nothing: an active client can stop as well."""
    day, policy = date(2024, 2, 29), POLICIES[0]
    rows = [read(random_facts(3, 200, around=day), cutoff, day, policy) for cutoff in cutoffs(day)[:1]]
    assert 0 < rows[0]["announced_stopped_count"] < rows[0]["stopped_count"]
