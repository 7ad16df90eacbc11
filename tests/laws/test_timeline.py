"""Law 2: timeline and snapshot agree on every day, and intervals tile without gap or overlap."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.laws.asked import (
    asked,
    holding,
    in_order,
    intervals,
    law,
    opened,
    per_client,
    policies,
    rows,
    with_reps,
)

from cartera.portfolio.activity import standing
from cartera.portfolio.composition import composition, composition_over_time
from cartera.portfolio.policy import AnyPolicy

if TYPE_CHECKING:
    from tests.portfolios import Facts as Portfolio

DAYS_APART = (-401, -1, 0, 1, 122)


@pytest.mark.thorough
@law
@given(asked, policies)
def test_the_interval_that_holds_a_day_is_the_answer_of_that_day(
    question: tuple[Portfolio, date], policy: AnyPolicy
) -> None:
    portfolio, around = question
    facts = opened(portfolio)
    told = intervals(facts, policy)
    for apart in DAYS_APART:
        day = around + timedelta(apart)
        found = per_client(standing(facts, day=day, policy=policy))
        answers = {client: (row["segment"], row["reason"]) for client, row in found.items()}
        held = {client: holding(own, day) for client, own in told.items()}
        assert {client: state for client, state in held.items() if state} == answers


@law
@given(asked, policies)
def test_intervals_tile_and_neighbours_differ(question: tuple[Portfolio, date], policy: AnyPolicy) -> None:
    portfolio, _ = question
    for own in intervals(opened(portfolio), policy).values():
        assert own[-1][3] is None
        assert all(start < until for _, _, start, until in own if until is not None)
        for before, after in pairwise(own):
            assert before[3] == after[2]
            assert before[:2] != after[:2]


@pytest.mark.thorough
@law
@pytest.mark.parametrize("by", [(), ("rep",)], ids=["whole", "by rep"])
@given(question=asked, policy=policies, seed=st.integers(0, 99), every=st.sampled_from(["quarter", "month", "year"]))
def test_the_end_of_each_period_is_the_composition_of_that_day(
    by: tuple[str, ...], question: tuple[Portfolio, date], policy: AnyPolicy, seed: int, every: str
) -> None:
    portfolio, day = question
    facts = opened(with_reps(portfolio, seed))
    since = day - timedelta(100)
    found = rows(composition_over_time(facts, since=since, day=day, every=every, policy=policy, by=by))
    ends = sorted({row["on"] for row in found}) or [day]
    assert ends[-1] == day
    for end in {ends[0], ends[-1]}:
        then = [row for row in found if row["on"] == end]
        figures = [{name: row[name] for name in row if name not in ("on", "is_unfinished")} for row in then]
        assert in_order(figures) == in_order(rows(composition(facts, day=end, policy=policy, by=by)))
