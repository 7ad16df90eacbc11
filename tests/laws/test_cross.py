"""What always holds of a cross-table? Every client once, the portfolio's money, the same whichever side is up."""

from __future__ import annotations

from collections import Counter
from datetime import date
from itertools import combinations
from random import Random
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from tests.laws.asked import asked, in_order, law, opened, per_client, policies, rows, with_reps
from tests.plain.buying import busy_facts

from cartera.engine import arrow
from cartera.errors import InputError, UnknownNameError
from cartera.portfolio import classes
from cartera.portfolio.activity import standing
from cartera.portfolio.classes import CLASSIFICATIONS, classed
from cartera.portfolio.composition import composition
from cartera.portfolio.cross import both, cross
from cartera.portfolio.policy import AnyPolicy, Policy

if TYPE_CHECKING:
    from tests.portfolios import Facts as Portfolio

pytestmark = pytest.mark.thorough

DAY = date(2024, 2, 29)
NOBODY: Portfolio = {"clients": [], "invoices": [], "marks": []}
SIDES = ("segment", *CLASSIFICATIONS, "rep")
PAIRS = list(combinations(SIDES, 2))


@law
@given(question=asked, policy=policies)
def test_clients_and_money_are_those_of_the_composition(question: tuple[Portfolio, date], policy: AnyPolicy) -> None:
    facts, day = opened(with_reps(question[0], 5)), question[1]
    whole = rows(composition(facts, day=day, policy=policy))
    for pair in Random(day.toordinal()).sample(PAIRS, 2):
        found = rows(cross(facts, day=day, policy=policy, by=pair))
        assert len({(row[pair[0]], row[pair[1]]) for row in found}) == len(found)
        for name in ("client_count", "amount"):
            assert sum(row[name] for row in found) == sum(row[name] for row in whole)
        assert all(row["client_count"] > 0 for row in found)


@law
@given(question=asked, policy=policies)
def test_the_margin_of_a_side_is_that_side_alone(question: tuple[Portfolio, date], policy: AnyPolicy) -> None:
    facts, day = opened(question[0]), question[1]
    segments: Counter[str] = Counter()
    for row in rows(cross(facts, day=day, policy=policy, by=("status", "segment"))):
        segments[row["segment"]] += row["client_count"]
    whole = {row["segment"]: row["client_count"] for row in rows(composition(facts, day=day, policy=policy))}
    assert segments == {segment: count for segment, count in whole.items() if count}


@pytest.mark.parametrize("pair", PAIRS[::4], ids=" x ".join)
def test_a_table_turned_round_says_the_same(pair: tuple[str, str]) -> None:
    facts, policy = opened(with_reps(busy_facts(8, 80, DAY), 2)), Policy.kopilot()
    turned = rows(cross(facts, day=DAY, policy=policy, by=pair[::-1]))
    usual = rows(cross(facts, day=DAY, policy=policy, by=pair))
    assert in_order([{name: row[name] for name in usual[0]} for row in turned]) == in_order(usual)
    for name in set(pair) & CLASSIFICATIONS.keys():
        assert {row[name] for row in usual} <= set(CLASSIFICATIONS[name].classes)


def test_every_classification_classes_everybody_once() -> None:
    facts, policy = opened(busy_facts(9, 80, DAY)), Policy.kopilot()
    everybody = per_client(standing(facts, day=DAY, policy=policy)).keys()
    found = per_client(classed(facts, list(CLASSIFICATIONS), day=DAY, policy=policy))
    assert found.keys() == everybody
    assert all(value is not None for row in found.values() for value in row.values())


def test_the_order_of_the_rows_does_not_matter() -> None:
    facts = busy_facts(6, 90, DAY)
    shuffled = {name: Random(1).sample(own, len(own)) for name, own in facts.items()}
    usual, other = (rows(cross(opened(one), day=DAY, policy=Policy.kopilot())) for one in (facts, shuffled))
    assert in_order(usual) == in_order(other)


@pytest.mark.parametrize("policy", [Policy.kopilot(), Policy.salescope()], ids=["kopilot", "salescope"])
def test_nobody_one_and_five_get_the_columns_of_all(policy: AnyPolicy) -> None:
    everybody = arrow(cross(opened(busy_facts(7, 60, DAY)), day=DAY, policy=policy))
    for portfolio in (NOBODY, busy_facts(3, 1, DAY), busy_facts(4, 5, DAY)):
        assert arrow(cross(opened(portfolio), day=DAY, policy=policy)).schema.equals(everybody.schema)


def test_one_side_is_crossed_with_the_segment_and_none_with_the_frequency() -> None:
    assert both(()) == both(("segment",)) == ("segment", "frequency")
    assert both(("rep",)) == ("segment", "rep")


@pytest.mark.parametrize("by", [("rep", "rep"), ("rep", "status", "segment")])
def test_a_table_has_two_different_sides(by: tuple[str, ...]) -> None:
    with pytest.raises(InputError, match="--by segment --by frequency"):
        both(by)


def test_an_unknown_side_is_refused_with_the_nearest() -> None:
    with pytest.raises(UnknownNameError, match="Did you mean 'status'"):
        classes.check_classes(opened(NOBODY), ["segment", "statos"])
