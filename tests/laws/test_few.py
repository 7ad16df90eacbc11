"""Law 9: empty facts give empty answers with the right columns; one client works, five work."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import cache

import pytest
from hypothesis import given, settings
from tests.laws.asked import asked, opened, per_client, policies
from tests.portfolios import Facts as Portfolio
from tests.portfolios import random_facts

from cartera.engine import arrow
from cartera.facts.tables import Facts, Frame
from cartera.portfolio.activity import activity, standing
from cartera.portfolio.backtest import backtest
from cartera.portfolio.balance import balance
from cartera.portfolio.clients import clients
from cartera.portfolio.coming import coming
from cartera.portfolio.composition import composition, composition_over_time
from cartera.portfolio.moves import movers, moves
from cartera.portfolio.policy import AnyPolicy, Policy
from cartera.portfolio.shape import shape
from cartera.portfolio.timeline import timeline
from cartera.portfolio.whatif import whatif, whatif_composition

SINCE, DAY = date(2023, 5, 31), date(2024, 2, 29)
NOBODY: Portfolio = {"clients": [], "invoices": [], "marks": []}
Asked = Callable[[Facts, AnyPolicy], Frame]
QUESTIONS: dict[str, Asked] = {
    "activity": lambda facts, policy: activity(facts, day=DAY, policy=policy),
    "standing": lambda facts, policy: standing(facts, day=DAY, policy=policy),
    "timeline": lambda facts, policy: timeline(facts, policy=policy),
    "composition": lambda facts, policy: composition(facts, day=DAY, policy=policy),
    "composition by rep": lambda facts, policy: composition(facts, day=DAY, policy=policy, by=["rep"]),
    "composition over time": lambda facts, policy: composition_over_time(
        facts, since=SINCE, day=DAY, every="quarter", policy=policy
    ),
    "moves": lambda facts, policy: moves(facts, since=SINCE, day=DAY, policy=policy),
    "movers": lambda facts, policy: movers(facts, since=SINCE, day=DAY, policy=policy),
    "balance": lambda facts, policy: balance(facts, since=SINCE, day=DAY, policy=policy, every="quarter"),
    "balance by rep": lambda facts, policy: balance(facts, since=SINCE, day=DAY, policy=policy, by="rep"),
    "coming": lambda facts, policy: coming(facts, day=DAY, policy=policy),
    "clients": lambda facts, policy: clients(facts, day=DAY, policy=policy),
    "shape": lambda facts, policy: shape(facts, day=DAY, policy=policy),
    "whatif": lambda facts, policy: whatif(facts, day=DAY, policy=policy, against=Policy.kopilot(active_months=1)),
    "whatif composition": lambda facts, policy: whatif_composition(
        facts, day=DAY, policy=policy, against=Policy.salescope(inactive_months=3, alert_months=1)
    ),
    "backtest": lambda facts, policy: backtest(facts, day=DAY, policy=policy),
}
TOLD_OF_NOBODY = {
    "composition", "composition over time", "balance", "balance by rep", "shape", "whatif composition", "backtest",
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
