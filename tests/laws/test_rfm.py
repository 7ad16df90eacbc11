"""Scores, grid and money: they partition the clients, add up to the portfolio, and never split equals."""

from __future__ import annotations

from collections import Counter
from datetime import date
from decimal import Decimal
from itertools import product
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.laws.asked import asked, law, opened, per_client, policies, rows
from tests.portfolios import Facts as Portfolio
from tests.portfolios import random_facts

from cartera.engine import arrow
from cartera.portfolio.activity import standing
from cartera.portfolio.composition import composition
from cartera.portfolio.policy import AnyPolicy
from cartera.portfolio.rfm import Scoring, rfm, rfm_cuts, rfm_grid

pytestmark = pytest.mark.thorough

DAY = date(2024, 2, 29)
WAYS = [Scoring(*way) for way in product(("365", "all"), ("quantile", "r"), ("invoices", "dates"))]
ways = st.sampled_from(WAYS)


@law
@given(question=asked, policy=policies, scoring=ways)
def test_every_client_of_the_portfolio_has_one_row(
    question: tuple[Portfolio, date], policy: AnyPolicy, scoring: Scoring
) -> None:
    portfolio, day = question
    facts = opened(portfolio)
    found = per_client(rfm(facts, day=day, scoring=scoring))
    assert found.keys() == per_client(standing(facts, day=day, policy=policy)).keys()
    for row in found.values():
        assert (row["rfm_score"] is None) == (row["frequency"] == 0) == (row["cell"] == "no purchase")


@law
@given(question=asked, policy=policies, scoring=ways)
def test_the_grid_adds_up_to_its_clients_and_to_the_portfolio(
    question: tuple[Portfolio, date], policy: AnyPolicy, scoring: Scoring
) -> None:
    portfolio, day = question
    facts = opened(portfolio)
    clients, grid = rows(rfm(facts, day=day, scoring=scoring)), rows(rfm_grid(facts, day=day, scoring=scoring))
    assert len(grid) == 26
    assert sum(row["client_count"] for row in grid) == len(clients)
    assert sum(row["amount"] for row in grid) == sum(row["monetary"] for row in clients)
    if scoring.window == "365":
        whole = rows(composition(facts, day=day, policy=policy))
        assert sum(row["client_count"] for row in whole) == len(clients)
        assert sum(row["amount"] for row in whole) == sum(row["amount"] for row in grid)
    placed = Counter((r["r_score"], (r["f_score"] + r["m_score"] + 1) // 2) for r in clients if r["rfm_score"])
    scored = {(row["r_score"], row["fm_score"]): row["client_count"] for row in grid if row["r_score"]}
    assert scored == {cell: placed[cell] for cell in product(range(1, 6), repeat=2)}


@law
@given(question=asked, scoring=ways)
def test_equals_have_equal_scores_and_more_never_has_a_lower_one(
    question: tuple[Portfolio, date], scoring: Scoring
) -> None:
    portfolio, day = question
    scored = [row for row in rows(rfm(opened(portfolio), day=day, scoring=scoring)) if row["rfm_score"]]
    for value, score, up in (("frequency", "f_score", 1), ("monetary", "m_score", 1), ("recency_days", "r_score", -1)):
        pairs = sorted({(up * row[value], row[score]) for row in scored})
        assert len({value for value, _ in pairs}) == len(pairs), "equals were split"
        assert [score for _, score in pairs] == sorted(score for _, score in pairs)


@law
@given(question=asked, scoring=ways, seed=st.integers(0, 99))
def test_the_order_of_the_rows_does_not_matter(question: tuple[Portfolio, date], scoring: Scoring, seed: int) -> None:
    portfolio, day = question
    shuffled = {name: Random(seed).sample(found, len(found)) for name, found in portfolio.items()}
    usual, other = (per_client(rfm(opened(one), day=day, scoring=scoring)) for one in (portfolio, shuffled))
    assert usual == other


@pytest.mark.parametrize("size", [0, 1, 2, 5, 40])
@pytest.mark.parametrize("scoring", [WAYS[0], WAYS[-1]], ids=["365", "all"])
def test_few_clients_and_none_have_the_columns_of_many(size: int, scoring: Scoring) -> None:
    facts = opened(random_facts(size, size, around=DAY) if size else {"clients": [], "invoices": [], "marks": []})
    many = opened(random_facts(40, 40, around=DAY))
    for question in (rfm, rfm_grid):
        few = arrow(question(facts, day=DAY, scoring=scoring))
        assert few.schema.equals(arrow(question(many, day=DAY, scoring=scoring)).schema)
    cuts = rfm_cuts(facts, day=DAY, scoring=scoring)
    assert all(isinstance(cut, Decimal) for one in cuts.values() for cut in one.cuts)
