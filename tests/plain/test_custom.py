"""Are the clients of a custom segment those that meet its rule, read plainly? Random rules, on two engines."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from tests.engines.kinds import Kind, arrow_table, polars_lazy
from tests.plain import buying
from tests.plain.custom import REPS, Tree, described, holds, trees
from tests.plain.oracle import Kopilot, Policy, Row, Salescope
from tests.plain.readings import public
from tests.portfolios import Facts, tables

import cartera

DAY = date(2024, 2, 29)
POLICIES: tuple[Policy, ...] = (Kopilot(), Salescope(inactive_months=6, alert_months=2))
AT_ONCE = 12  # rules in one query
few = settings(max_examples=4, phases=set(Phase) - {Phase.explain})


@cache
def portfolio() -> Facts:
    """A hundred and fifty clients with money in euro; every third has no rep, and no invoice names one."""
    facts = buying.busy_facts(23, 150, DAY)
    for row in facts["invoices"]:
        row |= {"currency": "EUR", "rep": None}
    for n, row in enumerate(facts["clients"]):
        row["rep"] = REPS[n % 3]
    return facts


@cache
def read_plainly(policy: Policy) -> dict[str, Row]:
    return described(portfolio(), DAY, policy)


@cache
def facts_as(kind: Kind) -> cartera.Facts:
    return cartera.Facts(**{name: kind(table) for name, table in tables(portfolio()).items()})


def rows_of(answer: Any) -> list[Row]:
    rows: list[Row] = (answer.collect().to_arrow() if hasattr(answer, "collect") else answer).to_pylist()
    return rows


def rules_for(policy: Policy) -> st.SearchStrategy[dict[str, Tree]]:
    """A dozen random rules by name."""
    segments = [segment.id for segment in public(policy).segments]
    own = st.lists(trees(DAY, segments), min_size=AT_ONCE, max_size=AT_ONCE)
    return own.map(lambda found: {f"rule {n}": tree for n, tree in enumerate(found)})


asked = st.sampled_from(POLICIES).flatmap(lambda policy: st.tuples(st.just(policy), rules_for(policy)))


@pytest.mark.thorough
@pytest.mark.parametrize("kind", [arrow_table, polars_lazy])
@few
@given(question=asked)
def test_the_clients_are_those_that_meet_the_rule(kind: Kind, question: tuple[Policy, dict[str, Tree]]) -> None:
    check(kind, *question)


@pytest.mark.thorough
def test_every_operator_means_what_it_says() -> None:
    amounts: dict[str, Tree] = {
        f"amount {operator}": {"column": "amount", operator: value}
        for operator, value in (
            ("is", 100), ("is_not", 100), ("in", [100, Decimal("1234.56")]), ("at_least", 100), ("at_most", 100),
            ("above", 100), ("below", 100), ("between", [0, 100]), ("missing", True),
        )
    }  # fmt: skip
    reps: dict[str, Tree] = {
        f"rep {operator} {value}": {"column": "rep", operator: value}
        for operator, value in (("is", "Ana"), ("is_not", "Ana"), ("in", ["Ana", "Bo"]), ("missing", True))
    }
    been = {f"asleep {days}": {"has_been": "Sleeping away", "for_days": days} for days in (0, 30, 60)}
    check(arrow_table, POLICIES[0], {**amounts, **reps, **been})


def check(kind: Kind, policy: Policy, rules: dict[str, Tree]) -> None:
    """Clients, counts and money of every rule are those of the plain reading."""
    plain = read_plainly(policy)
    meant = {name: {c for c, row in plain.items() if holds(tree, row, DAY)} for name, tree in rules.items()}
    how = {"day": DAY, "policy": public(policy), "rules": rules}
    found: dict[str, list[str]] = defaultdict(list)
    for row in rows_of(cartera.custom(facts_as(kind), by="client_id", **how)):
        found[row["custom"]].append(row["client_id"])
    assert {name: sorted(found[name]) for name in rules} == {name: sorted(own) for name, own in meant.items()}
    for row in rows_of(cartera.custom(facts_as(kind), **how)):
        own = [plain[client_id] for client_id in meant[row["custom"]]]
        assert row["client_count"] == len(own)
        assert row["client_share"] == pytest.approx(len(own) / len(plain))
        assert row["amount"] == sum((one["amount"] for one in own), Decimal(0))
        assert row["at_stake"] == sum((one["at_stake"] for one in own), Decimal(0))
