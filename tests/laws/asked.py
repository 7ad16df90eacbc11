"""How do the laws ask? A whole random portfolio per query, of the rooms beneath the public interface; rows as dicts."""

from __future__ import annotations

from datetime import date
from random import Random
from typing import TYPE_CHECKING, Any

from hypothesis import Phase, settings
from hypothesis import strategies as st
from tests.plain.readings import public
from tests.portfolios import POLICIES, questions, tables
from tests.portfolios import Facts as Portfolio

from cartera.engine import arrow, open_facts
from cartera.facts.tables import Facts, Frame
from cartera.portfolio.policy import AnyPolicy
from cartera.portfolio.timeline import timeline

if TYPE_CHECKING:
    from tests.plain.oracle import Interval

Row = dict[str, Any]
CLIENTS = 60
# A query costs nearly the same for few clients as for many: few examples, each a portfolio of many, are many cases.
# Which part of a failing example does not matter is not worth minutes.
law = settings(max_examples=8, phases=set(Phase) - {Phase.explain})
asked = questions(CLIENTS)
policies = st.sampled_from([public(policy) for policy in POLICIES])
with_seven_segments = st.sampled_from([public(policy) for policy in POLICIES if hasattr(policy, "notice_days")])


def opened(portfolio: Portfolio) -> Facts:
    """The portfolio in the default engine."""
    return open_facts(Facts(**tables(portfolio)))


def rows(frame: Frame) -> list[Row]:
    found: list[Row] = arrow(frame).to_pylist()
    return found


def per_client(frame: Frame) -> dict[str, Row]:
    """client_id -> its row; a client named twice is refused."""
    found = rows(frame)
    named = {row["client_id"]: row for row in found}
    assert len(named) == len(found), "a client is named twice"
    return named


def intervals(facts: Facts, policy: AnyPolicy) -> dict[str, list[Interval]]:
    """client_id -> its intervals, in order of time."""
    found: dict[str, list[Interval]] = {}
    for row in sorted(rows(timeline(facts, policy=policy)), key=lambda row: row["from_on"]):
        interval = row["segment"], row["reason"], row["from_on"], row["until_on"]
        found.setdefault(row["client_id"], []).append(interval)
    return found


def holding(own: list[Interval], day: date) -> tuple[str, str] | None:
    """Segment and reason of the interval that holds the day; None before the first."""
    for segment, reason, start, until in own:
        if start <= day and (until is None or day < until):
            return segment, reason
    return None


def with_reps(portfolio: Portfolio, seed: int) -> Portfolio:
    """The portfolio with reps on its invoices, so that a client's rep changes, and on some of its clients for good."""
    rng = Random(seed)
    reps = ("Ana", "Bo", None)
    return portfolio | {
        "invoices": [row | {"rep": rng.choice(reps)} for row in portfolio["invoices"]],
        "clients": [row | {"rep": rng.choice((None, None, *reps))} for row in portfolio["clients"]],
    }


def in_order(found: list[Row]) -> list[str]:
    """The rows as text in an order of their own: an answer promises none."""
    return sorted(map(repr, found))
