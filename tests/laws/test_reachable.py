"""Law 8: every segment is reachable under every valid policy, by every rule of its table."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from tests.laws.asked import Row, holding, intervals, law, opened, per_client
from tests.plain.oracle import add_months

from cartera.errors import PolicyError
from cartera.portfolio.activity import activity
from cartera.portfolio.policy import AnyPolicy, Policy, rules

if TYPE_CHECKING:
    from tests.portfolios import Facts as Portfolio

DAY = date(2024, 2, 29)
ONE = timedelta(days=1)
FOUR_YEARS = [date(2020, 1, 1) + ONE * n for n in range(1461)]


def latest(fits: Callable[[date], bool]) -> date:
    """The latest day up to DAY that fits."""
    day = DAY
    while not fits(day):
        day -= ONE
    return day


def seven_segments(policy: AnyPolicy) -> dict[str, Row]:
    """segment:reason -> what a client needs to have for that rule to hold on DAY."""
    p: Any = policy
    warm = ONE if p.boundary == "warm" else timedelta(0)
    warned, gone = (DAY - timedelta(days) - warm for days in (p.lifespan_days - p.notice_days, p.lifespan_days))
    plan = {"plan": DAY + ONE}
    return {
        "cancelled:marked": {"created": DAY, "mark": "cancelled"},
        "lost:marked": {"invoice": DAY, "mark": "lost"},
        "active:invoiced": {"invoice": DAY},
        "sleeping_away:cooling": {"invoice": latest(lambda on: add_months(on, p.active_months) + warm <= DAY)},
        "hibernating:cooling": {"invoice": latest(lambda on: add_months(on, p.sleeping_months) + warm <= DAY)},
        "hibernating:planned": {"invoice": warned} | plan,
        "leaving:leaving": {"invoice": warned},
        "new:first": {"created": DAY} | plan,
        "new:returning": {"invoice": gone} | plan,
        "lost:expired": {"invoice": gone},
        "no_activity:empty": {"created": DAY},
        "lost:never_invoiced": {"created": DAY - timedelta(p.no_activity_days)},
    }


def two_periods(policy: AnyPolicy) -> dict[str, Row]:
    p: Any = policy
    cold = latest(lambda on: add_months(on, p.inactive_months - p.alert_months) <= DAY)
    gone = latest(lambda on: add_months(on, p.inactive_months) <= DAY)
    return {
        "prospect:never_invoiced": {"created": DAY},
        "inactive:expired": {"invoice": gone},
        "almost_inactive:cooling": {"invoice": cold},
        "recovered:returned": {"invoice": DAY, "earlier": gone},
        "new:first": {"invoice": DAY},
        "active:invoiced": {"invoice": DAY, "earlier": cold},
    }


def portfolio_of(clients: dict[str, Row]) -> Portfolio:
    """A client per rule, called like it."""
    facts: Portfolio = {"clients": [], "invoices": [], "marks": []}
    for client_id, has in clients.items():
        facts["clients"].append({"client_id": client_id, "created_on": has.get("created")})
        for name in has.keys() & {"invoice", "earlier", "plan"}:
            state = {"state": "planned", "known_on": DAY} if name == "plan" else {"state": "issued"}
            row = {"client_id": client_id, "invoice_id": f"{client_id} {name}", "amount": Decimal(1)}
            facts["invoices"].append(row | {"issued_on": has[name]} | state)
        if "mark" in has:
            facts["marks"].append({"client_id": client_id, "mark": has["mark"], "marked_on": DAY})
    return facts


def reached(policy: AnyPolicy, clients: dict[str, Row]) -> None:
    assert clients.keys() == {rule.key for rule in rules(policy)}, "a rule without an example"
    assert {key.split(":")[0] for key in clients} == {segment.id for segment in policy.segments}
    facts = opened(portfolio_of(clients))
    found = per_client(activity(facts, day=DAY, policy=policy))
    assert {client: f"{row['segment']}:{row['reason']}" for client, row in found.items()} == {c: c for c in clients}
    assert all(row["explanation"] for row in found.values())
    held = {client: holding(own, DAY) for client, own in intervals(facts, policy).items()}
    assert {client: ":".join(state or ()) for client, state in held.items()} == {c: c for c in clients}


small, months, days = st.integers(1, 9), st.integers(1, 40), st.integers(1, 900)
numbers = st.fixed_dictionaries(
    {
        "active_months": small,
        "sleeping_months": months,
        "lifespan_days": days,
        "notice_days": st.one_of(small, days),
        "horizon_months": months,
        "no_activity_days": days,
        "boundary": st.sampled_from(["warm", "cold"]),
    }
)


@pytest.mark.thorough
@law
@given(numbers)
def test_every_rule_of_the_seven_segments_holds_for_somebody(chosen: dict[str, Any]) -> None:
    chosen["sleeping_months"] += chosen["active_months"]
    chosen["lifespan_days"] += 31 * chosen["sleeping_months"] + chosen["notice_days"]
    policy = Policy.kopilot(**chosen)
    reached(policy, seven_segments(policy))


@pytest.mark.thorough
@law
@given(small, months, st.integers(-3, 3), small)
def test_the_narrowest_windows_that_are_not_refused_still_reach_every_rule(
    active: int, wider: int, more: int, notice: int
) -> None:
    """Just beside the border between valid and refused."""
    sleeping = active + wider
    longest = max((add_months(start, sleeping) - start).days for start in FOUR_YEARS)
    try:
        policy = Policy.kopilot(
            active_months=active, sleeping_months=sleeping, lifespan_days=longest + notice + more, notice_days=notice
        )
    except PolicyError:
        assert more <= 0
        assume(False)
    assert more > 0
    reached(policy, seven_segments(policy))


@law
@given(months, months)
def test_every_rule_of_the_two_periods_holds_for_somebody(alert: int, before: int) -> None:
    policy = Policy.salescope(inactive_months=alert + before, alert_months=alert)
    reached(policy, two_periods(policy))
