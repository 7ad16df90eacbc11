"""What always holds of frequency, funnel, rhythm, status and windows? Classes are partitions, sums the portfolio's."""

from __future__ import annotations

from collections import Counter
from dataclasses import fields
from datetime import date
from random import Random
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.laws.asked import asked, law, opened, per_client, policies, rows
from tests.plain.buying import busy_facts

from cartera.engine import arrow
from cartera.errors import PolicyError
from cartera.portfolio.activity import standing
from cartera.portfolio.composition import composition
from cartera.portfolio.frequency import FrequencyLimits, frequency
from cartera.portfolio.funnel import funnel
from cartera.portfolio.gaps import quantile_of
from cartera.portfolio.policy import AnyPolicy, Policy
from cartera.portfolio.rhythm import RhythmLimits, rhythm
from cartera.portfolio.segments import inside_ids
from cartera.portfolio.status import status
from cartera.portfolio.windows import WindowLimits, proposal, windows

if TYPE_CHECKING:
    from tests.portfolios import Facts as Portfolio

pytestmark = pytest.mark.thorough

DAY = date(2024, 2, 29)
NOBODY: Portfolio = {"clients": [], "invoices": [], "marks": []}
QUESTIONS = (frequency, funnel, rhythm, status, windows)
CLASSES = {
    "frequency": {"none", "occasional", "regular", "frequent"},
    "recurrence": {"recurring", "nearly recurring", "not recurring"},
    "rhythm": {"beyond its limit", "within its limit", "not enough history"},
    "status": {"potential", "probable", "current", "active", "inactive"},
}


@law
@given(question=asked, policy=policies)
def test_every_class_is_a_partition_of_the_clients(question: tuple[Portfolio, date], policy: AnyPolicy) -> None:
    facts, day = opened(question[0]), question[1]
    everybody = per_client(standing(facts, day=day, policy=policy)).keys()
    for ask, names in ((frequency, ["frequency", "recurrence"]), (rhythm, ["rhythm"]), (status, ["status"])):
        found = per_client(ask(facts, day=day, policy=policy))
        assert found.keys() == everybody
        assert all({row[name] for row in found.values()} <= CLASSES[name] for name in names)


@law
@given(question=asked, policy=policies)
def test_the_sums_are_those_of_the_portfolio_exactly(question: tuple[Portfolio, date], policy: AnyPolicy) -> None:
    facts, day = opened(question[0]), question[1]
    whole = sum(row["amount"] for row in rows(composition(facts, day=day, policy=policy)))
    for ask in (frequency, rhythm, status):
        assert sum(row["amount"] for row in rows(ask(facts, day=day, policy=policy))) == whole
    found = per_client(frequency(facts, day=day, policy=policy)).values()
    apart = [r["amount"] for r in found if not r["purchase_count"] and r["segment"] not in inside_ids(policy)]
    assert rows(funnel(facts, day=day, policy=policy))[0]["amount"] + sum(apart) == whole


@law
@given(question=asked, policy=policies)
def test_a_stage_holds_the_next_and_the_stops_are_all(question: tuple[Portfolio, date], policy: AnyPolicy) -> None:
    facts, day = opened(question[0]), question[1]
    stages = sorted(rows(funnel(facts, day=day, policy=policy)), key=lambda row: row["stage"])
    counts = [row["client_count"] for row in stages]
    assert counts == sorted(counts, reverse=True)
    assert sum(row["stop_count"] for row in stages) == counts[0]
    own = Counter(row["purchase_count"] for row in per_client(frequency(facts, day=day, policy=policy)).values())
    assert counts[1:] == [sum(n for count, n in own.items() if count >= k) for k in range(1, 13)]


def test_the_year_before_is_this_year_asked_a_year_earlier() -> None:
    facts, policy = opened(busy_facts(5, 90, DAY)), Policy.kopilot()
    now = rows(funnel(facts, day=DAY, policy=policy))
    then = rows(funnel(facts, day=date(2023, 3, 1), policy=policy))  # 365 days earlier, so that the two years tile
    for name in ("client_count", "drop_share", "amount", "amount_share"):
        assert [row[f"{name}_before"] for row in now] == [row[name] for row in then]
    assert now[3]["client_count_before"], "the portfolio says something"


@pytest.mark.parametrize("ask", QUESTIONS, ids=lambda ask: ask.__name__)
def test_the_order_of_the_rows_does_not_matter(ask) -> None:
    facts = busy_facts(6, 90, DAY)
    shuffled = {name: Random(1).sample(own, len(own)) for name, own in facts.items()}
    usual, other = (rows(ask(opened(given), day=DAY, policy=Policy.kopilot())) for given in (facts, shuffled))
    assert sorted(usual, key=repr) == sorted(other, key=repr)


@pytest.mark.parametrize("ask", QUESTIONS, ids=lambda ask: ask.__name__)
@pytest.mark.parametrize("policy", [Policy.kopilot(), Policy.salescope()], ids=["kopilot", "salescope"])
def test_nobody_one_and_five_get_the_columns_of_all(ask, policy: AnyPolicy) -> None:
    everybody = arrow(ask(opened(busy_facts(7, 60, DAY)), day=DAY, policy=policy))
    for given_facts in (NOBODY, busy_facts(3, 1, DAY), busy_facts(4, 5, DAY)):
        assert arrow(ask(opened(given_facts), day=DAY, policy=policy)).schema.equals(everybody.schema)


def test_few_gaps_keep_the_windows_in_force() -> None:
    for policy in (Policy.kopilot(active_months=5), Policy.salescope()):
        told = rows(windows(opened(NOBODY), day=DAY, policy=policy))
        assert all(row["proposed"] == row["current"] and not row["is_enough"] for row in told)


@given(
    policy=st.one_of(policies, st.just(Policy.kopilot(lifespan_days=900, notice_days=600))),
    days=st.floats(1, 20_000),
    third=st.integers(3, 6),
)
def test_a_proposal_is_a_valid_policy_of_the_same_family(policy: AnyPolicy, days: float, third: int) -> None:
    found = proposal(policy, days, WindowLimits(third=third))
    assert type(found)(**{field.name: getattr(found, field.name) for field in fields(found)}) == found
    assert found.name == policy.name


@given(st.lists(st.integers(1, 40), min_size=1, max_size=60), st.integers(1, 9))
def test_a_quantile_lies_between_its_gaps_and_never_falls(found: list[int], tenth: int) -> None:
    counts = Counter(found)
    low, high = quantile_of(counts, tenth), quantile_of(counts, tenth + 1)
    assert low is not None and high is not None
    assert min(found) <= low <= high <= max(found)


@pytest.mark.parametrize(
    ("limits", "numbers"),
    [
        (FrequencyLimits, {"regular": 1}),
        (FrequencyLimits, {"frequent": 3}),
        (FrequencyLimits, {"recurring": 1}),
        (RhythmLimits, {"fewest_gaps": 0}),
        (RhythmLimits, {"limit_tenth": 11}),
        (WindowLimits, {"second": 1}),
        (WindowLimits, {"third": 2}),
    ],
)
def test_limits_that_contradict_themselves_are_refused(limits, numbers: dict[str, int]) -> None:
    with pytest.raises(PolicyError, match="working example"):
        limits(**numbers)
