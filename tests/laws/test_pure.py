"""Law 3: the answer depends on facts, day and policy alone: not on the order of rows, threads or the machine's zone."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from random import Random
from typing import Any

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.laws.asked import asked, law, opened, policies, rows, with_reps
from tests.portfolios import Facts as Portfolio
from tests.portfolios import tables

from cartera.engine import open_facts
from cartera.facts.tables import Facts, Frame
from cartera.portfolio.activity import activity
from cartera.portfolio.balance import balance
from cartera.portfolio.clients import clients
from cartera.portfolio.moves import movers
from cartera.portfolio.policy import AnyPolicy
from cartera.portfolio.timeline import timeline

pytestmark = pytest.mark.thorough

SINCE = date(2021, 10, 31)
ZONES = ("Pacific/Kiritimati", "Pacific/Pago_Pago", "America/Sao_Paulo")
SOME_SECOND = 1_700_000_000
Asked = Callable[[Facts, date, AnyPolicy], Frame]
QUESTIONS: dict[str, Asked] = {
    "activity": lambda facts, day, policy: activity(facts, day=day, policy=policy),
    "timeline": lambda facts, _, policy: timeline(facts, policy=policy),
    "clients": lambda facts, day, policy: clients(facts, day=day, policy=policy),
    "movers": lambda facts, day, policy: movers(facts, since=min(SINCE, day), day=day, policy=policy),
    "balance": lambda facts, day, policy: balance(facts, since=min(SINCE, day), day=day, policy=policy, by="rep"),
}
each_question = st.sampled_from(sorted(QUESTIONS))


def answer(facts: Facts, question: str, day: date, policy: AnyPolicy) -> list[str]:
    """The rows in an order of their own: an answer promises none."""
    return sorted(map(repr, rows(QUESTIONS[question](facts, day, policy))))


@law
@given(asked, policies, st.integers(0, 999), each_question)
def test_the_order_of_rows_does_not_matter(
    given_: tuple[Portfolio, date], policy: AnyPolicy, seed: int, question: str
) -> None:
    portfolio, day = given_
    portfolio = with_reps(portfolio, seed)
    shuffled = {name: Random(seed).sample(found, len(found)) for name, found in portfolio.items()}
    assert answer(opened(shuffled), question, day, policy) == answer(opened(portfolio), question, day, policy)


@settings(max_examples=5)
@given(asked, policies, each_question)
def test_the_number_of_threads_does_not_matter(
    given_: tuple[Portfolio, date], policy: AnyPolicy, question: str
) -> None:
    portfolio, day = given_
    held = [on_connection(portfolio, f"SET threads = {threads}") for threads in (1, 2, 4)]
    one, two, four = (answer(facts, question, day, policy) for facts in held)
    assert one == two == four


@law
@given(asked, policies, each_question, st.sampled_from(ZONES))
def test_the_time_zone_of_the_machine_does_not_matter(
    given_: tuple[Portfolio, date], policy: AnyPolicy, question: str, zone: str
) -> None:
    portfolio, day = given_
    here = answer(opened(portfolio), question, day, policy)
    with machine_in(zone):
        assert answer(on_connection(portfolio, f"SET TimeZone = '{zone}'"), question, day, policy) == here


def on_connection(portfolio: Portfolio, setting: str) -> Facts:
    """The portfolio on a DuckDB connection with that setting."""
    connection = duckdb.connect()
    connection.execute(setting)
    held: dict[str, Any] = {name: connection.from_arrow(table) for name, table in tables(portfolio).items()}
    return open_facts(Facts(**held))


@contextmanager
def machine_in(zone: str) -> Iterator[None]:
    """The whole process in another time zone."""
    before = os.environ.get("TZ")
    os.environ["TZ"] = zone
    time.tzset()
    try:
        yield
    finally:
        os.environ.pop("TZ")
        os.environ |= {"TZ": before} if before is not None else {}
        time.tzset()


def test_the_machine_really_moves() -> None:
    days = set()
    for zone in ZONES[:2]:
        with machine_in(zone):
            days.add(time.localtime(SOME_SECOND).tm_mday)
    assert len(days) == 2
