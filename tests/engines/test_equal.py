"""Do DuckDB, Polars and Spark give the same rows and column types for every question, where rules break?"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest
from tests.engines.kinds import Kind, arrow_table, every_engine
from tests.portfolios import random_facts, tables

from cartera.engine import arrow, open_facts
from cartera.facts.tables import Facts, Frame
from cartera.portfolio.activity import activity
from cartera.portfolio.policy import AnyPolicy, Policy
from cartera.portfolio.timeline import timeline

if TYPE_CHECKING:
    import pyarrow as pa

Question = Callable[[Facts, date, AnyPolicy], Frame]
QUESTIONS: dict[str, Question] = {
    "activity": lambda facts, day, policy: activity(facts, day=day, policy=policy),
    "timeline": lambda facts, _day, policy: timeline(facts, policy=policy),
}
POLICIES = {"kopilot": Policy.kopilot(), "salescope": Policy.salescope()}
DAY, CLIENTS = date(2024, 2, 29), 300
SEEDS = (1, 2)


@cache
def given(seed: int) -> dict[str, pa.Table]:
    """Clients whose dates sit at month ends and on the days around DAY on which a rule turns."""
    return tables(random_facts(seed, CLIENTS, around=DAY))


def answered(kind: Kind, seed: int, question: str, policy: str) -> pa.Table:
    facts = open_facts(Facts(**{name: kind(table) for name, table in given(seed).items()}))
    return arrow(QUESTIONS[question](facts, DAY, POLICIES[policy]))


expected = cache(answered)


def in_order(table: pa.Table) -> list[tuple[Any, ...]]:
    """Rows in an order of their own: an answer promises none."""
    return sorted(map(tuple, map(dict.values, table.to_pylist())), key=repr)


@every_engine
@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("policy", POLICIES)
@pytest.mark.parametrize("question", QUESTIONS)
def test_rows_and_types_are_equal(kind: Kind, seed: int, question: str, policy: str) -> None:
    ours, reference = answered(kind, seed, question, policy), expected(arrow_table, seed, question, policy)
    assert ours.schema.equals(reference.schema), (ours.schema, reference.schema)
    assert in_order(ours) == in_order(reference)
    assert len(reference) > CLIENTS / 2, "the portfolio says something"
