"""Law 6: balances close, for every period, policy and filter, and agree with compositions and moves."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.laws.asked import CLIENTS, Row, law, opened, policies, rows, with_reps
from tests.portfolios import Facts as Portfolio
from tests.portfolios import questions

from cartera.facts.tables import Facts
from cartera.portfolio.activity import standing
from cartera.portfolio.balance import FLOWS, GAINS, balance
from cartera.portfolio.composition import composition
from cartera.portfolio.dimensions import dimensions
from cartera.portfolio.moves import moves
from cartera.portfolio.policy import AnyPolicy
from cartera.portfolio.segments import inside_ids

LOSSES = tuple(flow for flow in FLOWS if flow not in GAINS)
CUTS: dict[str, dict[str, Any]] = {
    "whole": {},
    "by rep": {"by": "rep"},
    "of one rep": {"where": [("rep", "Ana")]},
    "of two reps": {"where": [("rep", "Ana"), ("rep", "Bo")]},
    "by rep of one rep": {"by": "rep", "where": [("rep", "Bo")]},
    "by rep of some clients": {"by": "rep", "where": [("client_id", "c00001"), ("client_id", "c00002")]},
}
every_cut = pytest.mark.parametrize("cut", CUTS.values(), ids=CUTS)
asked = st.tuples(questions(CLIENTS), st.integers(0, 99), st.sampled_from([1, 31, 400, 1200])).map(
    lambda drawn: (with_reps(drawn[0][0], drawn[1]), drawn[0][1] - timedelta(drawn[2]), drawn[0][1])
)
Asked = tuple[Portfolio, date, date]


@pytest.mark.thorough
@every_cut
@settings(max_examples=4)
@given(asked=asked, policy=policies)
def test_every_balance_closes_and_months_tile_to_the_whole(
    asked: Asked, policy: AnyPolicy, cut: dict[str, Any]
) -> None:
    portfolio, since, day = asked
    facts = opened(portfolio)
    whole = rows(balance(facts, since=since, day=day, policy=policy, **cut))
    monthly = rows(balance(facts, since=since, day=day, policy=policy, every="month", **cut))
    for row in whole + monthly:
        assert row["size_after"] == row["size_before"] + net(row), row
        assert all(row[name] >= 0 for name in ("size_before", *FLOWS, "size_after"))
    for one in whole:
        months = [row for row in monthly if row.get("rep") == one.get("rep")]
        months.sort(key=lambda row: row["after_on"])
        assert (months[0]["after_on"], months[-1]["until_on"]) == (since, day)
        assert all(before["until_on"] == after["after_on"] for before, after in pairwise(months))
        assert all(before["size_after"] == after["size_before"] for before, after in pairwise(months))
        assert {flow: sum(row[flow] for row in months) for flow in FLOWS} == {flow: one[flow] for flow in FLOWS}
        assert (months[0]["size_before"], months[-1]["size_after"]) == (one["size_before"], one["size_after"])


def net(row: Row) -> int:
    """What came in less what went out."""
    return sum(row[flow] for flow in GAINS) - sum(row[flow] for flow in LOSSES)


@pytest.mark.thorough
@law
@given(asked, policies)
def test_sizes_are_those_of_the_compositions(asked: Asked, policy: AnyPolicy) -> None:
    portfolio, since, day = asked
    facts = opened(portfolio)
    balances = rows(balance(facts, since=since, day=day, policy=policy, by="rep"))
    for end, name in ((since, "size_before"), (day, "size_after")):
        sizes = Counter[str | None]()
        for part in rows(composition(facts, day=end, policy=policy, by=["rep"])):
            sizes[part["rep"]] += part["client_count"] if part["segment"] in inside_ids(policy) else 0
        assert +Counter({row["rep"]: row[name] for row in balances}) == +sizes


@pytest.mark.thorough
@law
@given(asked, policies, st.sampled_from(["Ana", "Bo"]))
def test_a_filtered_size_counts_the_clients_that_have_the_value(asked: Asked, policy: AnyPolicy, rep: str) -> None:
    portfolio, since, day = asked
    facts = opened(portfolio)
    [row] = rows(balance(facts, since=since, day=day, policy=policy, where=[("rep", rep)]))
    assert (row["size_before"], row["size_after"]) == tuple(count(facts, end, policy, rep) for end in (since, day))


def count(facts: Facts, day: date, policy: AnyPolicy, rep: str) -> int:
    theirs = {row["client_id"] for row in rows(dimensions(facts, ["rep"], day=day)) if row["rep"] == rep}
    found = rows(standing(facts, day=day, policy=policy))
    return sum(row["client_id"] in theirs and row["segment"] in inside_ids(policy) for row in found)


@pytest.mark.thorough
@law
@given(asked, policies)
def test_ins_minus_outs_of_the_moves_equal_the_balance(asked: Asked, policy: AnyPolicy) -> None:
    portfolio, since, day = asked
    facts, inside = opened(portfolio), inside_ids(policy)
    [row] = rows(balance(facts, since=since, day=day, policy=policy))
    matrix = Counter[tuple[bool, bool]]()
    for cell in rows(moves(facts, since=since, day=day, policy=policy)):
        matrix[cell["from_segment"] in inside, cell["to_segment"] in inside] += cell["client_count"]
    assert matrix[False, True] - matrix[True, False] == net(row)
    assert matrix[True, True] + matrix[True, False] == row["size_before"]
    assert matrix[True, True] + matrix[False, True] == row["size_after"]
