"""Law 4: one more invoice never makes a client colder, and one more plan only helps, on any day."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.laws.asked import Row, asked, holding, intervals, law, opened, policies, with_seven_segments
from tests.plain.oracle import Interval, born
from tests.portfolios import Facts as Portfolio
from tests.portfolios import clients_of, near, step

from cartera.portfolio.policy import AnyPolicy

LADDER = ("active", "sleeping_away", "hibernating", "leaving", "lost")
WITH_A_PLAN = {"new", "active", "sleeping_away", "hibernating"}
UNMARKED = {("leaving", "hibernating"), ("lost", "new"), ("no_activity", "new")}
State = tuple[str, str]
Change = tuple[State, State, date]


@law
@given(asked, with_seven_segments, st.integers(0, 9999))
def test_one_more_invoice_never_makes_a_client_colder(
    question: tuple[Portfolio, date], policy: AnyPolicy, seed: int
) -> None:
    portfolio, _ = question
    more = one_more_each(portfolio, Random(seed), an_invoice)
    for client, changes in compared(portfolio, more, policy).items():
        for before, after, day in changes:
            if before[0] in LADDER:
                warmer = after[0] in LADDER and LADDER.index(after[0]) <= LADDER.index(before[0])
                assert warmer or (before[0], after[0]) == ("lost", "new"), (client, before, after, day)


@pytest.mark.thorough
@law
@given(asked, with_seven_segments, st.integers(0, 9999))
def test_one_more_plan_moves_a_client_only_as_far_as_it_may(
    question: tuple[Portfolio, date], policy: AnyPolicy, seed: int
) -> None:
    portfolio, _ = question
    more = one_more_each(portfolio, Random(seed), a_plan)
    plans = {row["client_id"]: row for row in more["invoices"] if row["invoice_id"] == "one-more"}
    for client, changes in compared(portfolio, more, policy).items():
        for before, after, day in changes:
            lifted = before[1] == "marked" and after[0] in WITH_A_PLAN
            assert lifted or (before[0], after[0]) in UNMARKED, (client, before, after, day)
            assert plans[client]["known_on"] <= day < plans[client]["issued_on"]


@pytest.mark.thorough
@law
@given(asked, policies.filter(lambda policy: not policy.uses_plans_and_marks), st.integers(0, 9999))
def test_where_plans_decide_nothing_one_more_changes_nothing(
    question: tuple[Portfolio, date], policy: AnyPolicy, seed: int
) -> None:
    portfolio, _ = question
    more = one_more_each(portfolio, Random(seed), a_plan)
    assert intervals(opened(more), policy) == intervals(opened(portfolio), policy)


def compared(portfolio: Portfolio, more: Portfolio, policy: AnyPolicy) -> dict[str, list[Change]]:
    """client_id -> what differs with one more row: state before, after, and a day; every day on which it can."""
    before, after = (intervals(opened(facts), policy) for facts in (portfolio, more))
    return {client: list(differences(own, after[client])) for client, own in before.items()}


def differences(before: list[Interval], after: list[Interval]) -> Iterator[Change]:
    """Both are constant between the days on which one of them turns: asking on those is asking on every day."""
    for day in sorted({interval[2] for interval in before + after}):
        then, now = holding(before, day), holding(after, day)
        if then and then != now:
            assert now, f"no longer a client on {day}"
            yield then, now, day


def one_more_each(portfolio: Portfolio, rng: Random, make: Callable[[Random, date], Row]) -> Portfolio:
    """The portfolio with one more row for each client that is born some day."""
    rows = [*portfolio["invoices"]]
    for client_id, client in clients_of(portfolio).items():
        start = born(client)
        if start is not None:
            dates = [row["issued_on"] for row in client["invoices"]] + [mark["marked_on"] for mark in client["marks"]]
            made = make(rng, max(start, near(rng, rng.choice([*dates, start]))))
            rows.append(made | {"client_id": client_id, "invoice_id": "one-more"})
    return portfolio | {"invoices": rows}


def an_invoice(rng: Random, around: date) -> Row:
    issued_on = rng.choice((around, step(rng, around), step(rng, around, -1)))
    known_on = rng.choice((None, None, around, issued_on - timedelta(200)))
    return {"kind": "invoice", "state": "issued", "issued_on": issued_on, "known_on": known_on} | STANDING


def a_plan(rng: Random, known_on: date) -> Row:
    return {"kind": "invoice", "state": "planned", "issued_on": step(rng, known_on), "known_on": known_on} | STANDING


STANDING = {"amount": Decimal(100), "void_on": None, "credits": None, "currency": None}
