"""Law 9: empty facts give empty answers with the right columns; one client works, five work."""

from __future__ import annotations

from datetime import date
from functools import cache

import pytest
from hypothesis import given, settings
from tests.laws.asked import asked, opened, per_client, policies
from tests.laws.every_question import DAY, QUESTIONS
from tests.portfolios import Facts as Portfolio
from tests.portfolios import random_facts

from cartera.engine import arrow
from cartera.facts.tables import Facts
from cartera.portfolio.activity import activity
from cartera.portfolio.policy import AnyPolicy, Policy

pytestmark = pytest.mark.thorough

NOBODY: Portfolio = {"clients": [], "invoices": [], "marks": []}
TOLD_OF_NOBODY = {
    "composition", "composition over time", "balance", "balance by rep", "shape", "whatif composition", "backtest",
    "retention", "concentration", "custom",
}  # fmt: skip
every_question = pytest.mark.parametrize("question", QUESTIONS)


@cache
def held(size: int) -> Facts:
    """A portfolio of so many clients, opened once."""
    return opened(random_facts(size, size, around=DAY) if size else NOBODY)


@every_question
def test_an_answer_about_nobody_has_the_columns_of_any_other(question: str) -> None:
    everybody = arrow(QUESTIONS[question](held(40), Policy.kopilot()))
    assert everybody.num_rows
    for policy in (Policy.kopilot(), Policy.salescope()):
        nobody = arrow(QUESTIONS[question](held(0), policy))
        assert nobody.schema.equals(everybody.schema), (nobody.schema, everybody.schema)
        assert bool(nobody.num_rows) == (question in TOLD_OF_NOBODY)


@pytest.mark.parametrize(("size", "policy"), [(1, Policy.kopilot()), (5, Policy.salescope())])
def test_few_clients_are_enough_for_every_answer(size: int, policy: AnyPolicy) -> None:
    for question in QUESTIONS.values():
        assert arrow(question(held(size), policy)).num_columns


@pytest.mark.parametrize("size", [1, 5])
@settings(max_examples=4)
@given(question=asked, policy=policies)
def test_a_client_stands_among_few_as_it_stands_among_many(
    size: int, question: tuple[Portfolio, date], policy: AnyPolicy
) -> None:
    portfolio, day = question
    many = per_client(activity(opened(portfolio), day=day, policy=policy))
    chosen = sorted(many)[:size]
    few = {name: [row for row in found if row["client_id"] in chosen] for name, found in portfolio.items()}
    told = per_client(activity(opened(few), day=day, policy=policy))
    assert told == {client: many[client] for client in chosen}
