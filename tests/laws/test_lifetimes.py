"""Do lifespans, survival, retention and cohorts add up, among themselves and with the balance and the money?"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from itertools import pairwise
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.laws.asked import asked, in_order, law, opened, policies, rows, with_reps
from tests.portfolios import Facts as Portfolio

from cartera.calendar import FIRST_DAY
from cartera.errors import UnknownNameError
from cartera.facts.tables import Facts, Frame
from cartera.portfolio.amounts import net_sales
from cartera.portfolio.balance import balance
from cartera.portfolio.changes import visible
from cartera.portfolio.cohorts import cohorts
from cartera.portfolio.dimensions import filtered
from cartera.portfolio.lifespan import lifespan
from cartera.portfolio.policy import AnyPolicy, Policy
from cartera.portfolio.retention import FATES, retention
from cartera.portfolio.survival import survival

pytestmark = pytest.mark.thorough

Asked = tuple[Portfolio, date]
COUNTS = ("client_count", *(f"{fate}_count" for fate in FATES))
QUESTIONS: dict[str, Callable[[Facts, date, AnyPolicy], Frame]] = {
    "lifespan": lambda facts, day, policy: lifespan(facts, day=day, policy=policy),
    "survival": lambda facts, day, policy: survival(facts, day=day, policy=policy),
    "retention": lambda facts, day, policy: retention(
        facts, since=day - timedelta(500), day=day, policy=policy, every="month", by=["rep"]
    ),
    "cohorts": lambda facts, day, _: cohorts(facts, day=day),
}
every_question = pytest.mark.parametrize("ask", QUESTIONS.values(), ids=QUESTIONS)


@every_question
@settings(max_examples=3)
@given(question=asked, policy=policies, seed=st.integers(0, 99))
def test_neither_the_order_of_rows_nor_the_future_matters(
    ask: Callable[[Facts, date, AnyPolicy], Frame], question: Asked, policy: AnyPolicy, seed: int
) -> None:
    portfolio, day = with_reps(question[0], seed), question[1]
    shuffled = {name: Random(seed).sample(found, len(found)) for name, found in portfolio.items()}
    told, mixed, then = (
        sorted(map(repr, rows(ask(facts, day, policy))))
        for facts in (opened(portfolio), opened(shuffled), visible(opened(portfolio), day))
    )
    assert told == mixed
    assert told == then


@law
@given(asked, policies)
def test_returns_and_ends_are_the_crossings_of_the_balance(question: Asked, policy: AnyPolicy) -> None:
    portfolio, day = question
    facts = opened(portfolio)
    found = rows(lifespan(facts, day=day, policy=policy))
    [flows] = rows(balance(facts, since=FIRST_DAY, day=day, policy=policy))
    assert sum(row["return_count"] for row in found) == flows["returned"]
    assert sum(row["ended_count"] for row in found) == flows["lost"] + flows["cancelled"]
    assert sum(row["lifetime_count"] for row in found) == flows["opened"] + flows["returned"] + flows["reopened"]
    assert sum(row["left_on"] is None and row["entered_on"] is not None for row in found) == flows["size_after"]


@law
@given(asked, policies)
def test_the_curve_falls_and_counts_every_lifetime_once(question: Asked, policy: AnyPolicy) -> None:
    portfolio, day = question
    facts = opened(portfolio)
    steps = sorted(rows(survival(facts, day=day, policy=policy)), key=lambda row: row["days"])
    found = rows(lifespan(facts, day=day, policy=policy))
    lifetimes, ended = (sum(row[name] for row in found) for name in ("lifetime_count", "ended_count"))
    assert bool(steps) == bool(lifetimes)
    assert sum(row["ended_count"] for row in steps) == ended
    assert sum(row["ended_count"] + row["open_count"] for row in steps) == lifetimes
    for before, after in pairwise(steps):
        assert after["at_risk_count"] == before["at_risk_count"] - before["ended_count"] - before["open_count"]
        assert 0 <= after["survival_share"] <= before["survival_share"] <= 1


@law
@given(asked, policies, st.sampled_from([1, 31, 400, 1200]), st.integers(0, 99))
def test_retention_begins_with_the_size_of_the_balance(
    question: Asked, policy: AnyPolicy, days: int, seed: int
) -> None:
    portfolio, day = question
    facts, since = opened(with_reps(portfolio, seed)), day - timedelta(days)
    monthly = rows(retention(facts, since=since, day=day, policy=policy, every="month"))
    sizes = {r["after_on"]: r for r in rows(balance(facts, since=since, day=day, policy=policy, every="month"))}
    by_rep = rows(retention(facts, since=since, day=day, policy=policy, every="month", by=["rep"]))
    assert {row["after_on"] for row in monthly} == set(sizes)
    for row in monthly:
        assert row["client_count"] == sizes[row["after_on"]]["size_before"]
        assert row["client_count"] == sum(row[name] for name in COUNTS[1:])
        parts = [part for part in by_rep if part["after_on"] == row["after_on"]]
        assert {name: sum(part[name] for part in parts) for name in COUNTS} == {name: row[name] for name in COUNTS}


@law
@given(asked, st.sampled_from(["month", "quarter"]))
def test_cohorts_hold_every_buyer_once_and_all_of_its_money(question: Asked, every: str) -> None:
    portfolio, day = question
    facts = opened(portfolio)
    cells, years = rows(cohorts(facts, day=day, every=every)), rows(cohorts(facts, day=day, every="year"))
    found = rows(lifespan(facts, day=day, policy=Policy.kopilot()))
    buyers = {row["client_id"] for row in found if row["first_issued_on"]}
    sold = sum(r["amount"] for r in rows(net_sales(facts, after=None, day=day)) if r["client_id"] in buyers)
    for table in (cells, years):
        assert sum(row["client_count"] for row in table if row["age"] == 0) == len(buyers)
        assert sum(row["amount"] for row in table) == sold
        assert all(row["client_share"] == 1 for row in table if row["age"] == 0)


@law
@given(asked, policies, st.integers(0, 99))
def test_the_curve_and_the_cohorts_of_a_rep_are_those_of_its_clients_alone(
    question: Asked, policy: AnyPolicy, seed: int
) -> None:
    portfolio, day = question
    facts = opened(with_reps(portfolio, seed))
    curves = rows(survival(facts, day=day, policy=policy, by=["rep"]))
    cells = rows(cohorts(facts, day=day, every="quarter", by=["rep"]))
    for rep in ("Ana", "Bo", None):
        own = filtered(facts, [("rep", rep or "")], day=day)
        for split, alone in (
            (curves, survival(own, day=day, policy=policy)),
            (cells, cohorts(own, day=day, every="quarter")),
        ):
            told = [{name: cell for name, cell in row.items() if name != "rep"} for row in split if row["rep"] == rep]
            assert in_order(told) == in_order(rows(alone))


def test_a_cohort_is_of_a_month_a_quarter_or_a_year() -> None:
    with pytest.raises(UnknownNameError, match=r"'week'.*month, quarter, year"):
        cohorts(opened({"clients": [], "invoices": [], "marks": []}), day=date(2024, 2, 29), every="week")
