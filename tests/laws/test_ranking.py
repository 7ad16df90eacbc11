"""Volume, ABC, concentration and worth: they partition the clients, add up to the portfolio, and never split equals."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from random import Random
from typing import TYPE_CHECKING

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.laws.asked import asked, law, opened, per_client, policies, rows
from tests.plain.ranking import ranked_facts, with_lines

from cartera.calendar import add_days
from cartera.engine import arrow, open_facts
from cartera.errors import InputError, PolicyError, UnknownNameError
from cartera.facts.tables import Facts
from cartera.portfolio.abc import AbcLimits, abc
from cartera.portfolio.activity import standing
from cartera.portfolio.composition import composition
from cartera.portfolio.concentration import ConcentrationLimits, concentration
from cartera.portfolio.measures import MEASURES, measured
from cartera.portfolio.policy import AnyPolicy, Policy
from cartera.portfolio.volume import VolumeLimits, volume
from cartera.portfolio.worth import WorthLimits, worth

if TYPE_CHECKING:
    from tests.portfolios import Facts as Portfolio

pytestmark = pytest.mark.thorough

DAY, KOPILOT = date(2024, 2, 29), Policy.kopilot()
NOBODY: Portfolio = {"clients": [], "invoices": [], "marks": [], "lines": []}
QUESTIONS = (volume, abc, concentration, worth)
PER_CLIENT = ((volume, "volume"), (abc, "abc"), (worth, "worth"))
CLASSES = {
    "volume": {"very high", "high", "average", "low", "none"},
    "abc": {"A", "B", "C"},
    "worth": {"best", "loyal", "small", "unrated"},
}


def lined(portfolio: Portfolio) -> Facts:
    return open_facts(Facts(**with_lines(portfolio)))


@law
@given(question=asked, policy=policies)
def test_every_class_is_a_partition_of_the_clients(question: tuple[Portfolio, date], policy: AnyPolicy) -> None:
    facts, day = opened(question[0]), question[1]
    everybody = per_client(standing(facts, day=day, policy=policy)).keys()
    for ask, name in PER_CLIENT:
        found = per_client(ask(facts, day=day, policy=policy))
        assert found.keys() == everybody
        assert {row[name] for row in found.values()} <= CLASSES[name]


@law
@given(question=asked, policy=policies)
def test_the_sums_are_those_of_the_portfolio_exactly(question: tuple[Portfolio, date], policy: AnyPolicy) -> None:
    facts, day = opened(question[0]), question[1]
    whole = sum(row["amount"] for row in rows(composition(facts, day=day, policy=policy)))
    for ask, column in ((volume, "amount"), (abc, "value"), (worth, "amount")):
        assert sum(row[column] for row in rows(ask(facts, day=day, policy=policy))) == whole
    above = sum(row["amount"] for row in rows(volume(facts, day=day, policy=policy)) if row["amount"] > 0)
    assert rows(concentration(facts, day=day, policy=policy))[-1]["amount"] == above


@law
@given(question=asked, policy=policies)
def test_the_two_years_of_worth_tile_with_the_whole_history(
    question: tuple[Portfolio, date], policy: AnyPolicy
) -> None:
    facts, day = opened(question[0]), question[1]
    found = per_client(worth(facts, day=day, policy=policy))
    both, year = add_days(day, -730), per_client(measured(facts, day=day, policy=policy))
    older = {r["client_id"]: r["value"] for r in rows(MEASURES["amount"](facts, day, both))}
    for client_id, row in found.items():
        assert row["amount"] == year[client_id]["value"]
        assert row["amount"] + row["amount_before"] == older.get(client_id, Decimal(0))


@law
@given(question=asked, policy=policies, window=st.sampled_from(["365", "all"]))
def test_equals_share_a_class_and_more_never_has_a_lower_one(
    question: tuple[Portfolio, date], policy: AnyPolicy, window: str
) -> None:
    facts, day = opened(question[0]), question[1]
    order = {name: n for n, name in enumerate(("none", "low", "average", "high", "very high", "C", "B", "A"))}
    for ask, value, name in ((volume, "amount", "volume"), (abc, "value", "abc")):
        found = {(r[value], order[r[name]]) for r in rows(ask(facts, day=day, policy=policy, window=window))}
        pairs = sorted(found)
        assert len({value for value, _ in pairs}) == len(pairs), "equals were split"
        assert [rank for _, rank in pairs] == sorted(rank for _, rank in pairs)


@law
@given(question=asked, policy=policies)
def test_a_top_holds_the_smaller_ones_and_the_index_lies_between(
    question: tuple[Portfolio, date], policy: AnyPolicy
) -> None:
    facts, day = opened(question[0]), question[1]
    *tops, index = rows(concentration(facts, day=day, policy=policy))
    shares = [row["value"] for row in tops]
    assert all(share is None for share in shares) or shares == sorted(shares)
    if index["value"] is not None:
        assert 1 / index["client_count"] <= index["value"] + 1e-12
        assert shares[0] ** 2 - 1e-12 <= index["value"] <= shares[0] + 1e-12 <= 1 + 1e-9


def test_the_year_before_is_this_year_asked_a_year_earlier() -> None:
    facts = lined(ranked_facts(5, 90, DAY))
    for window in ("365", "all"):
        now = rows(concentration(facts, day=DAY, policy=KOPILOT, window=window))
        then = rows(concentration(facts, day=date(2023, 3, 1), policy=KOPILOT, window=window))  # 365 days earlier
        assert [row["last_year"] for row in now] == [row["value"] for row in then]
        assert all(row["value"] for row in then)


@pytest.mark.parametrize("ask", QUESTIONS, ids=lambda ask: ask.__name__)
def test_the_order_of_the_rows_does_not_matter(ask) -> None:
    facts = ranked_facts(6, 90, DAY)
    shuffled = {name: Random(1).sample(own, len(own)) for name, own in facts.items()}
    usual, other = (rows(ask(lined(one), day=DAY, policy=KOPILOT)) for one in (facts, shuffled))
    assert sorted(usual, key=repr) == sorted(other, key=repr)


@pytest.mark.parametrize("ask", QUESTIONS, ids=lambda ask: ask.__name__)
def test_nobody_one_and_five_get_the_columns_of_all(ask) -> None:
    everybody = arrow(ask(lined(ranked_facts(7, 60, DAY)), day=DAY, policy=KOPILOT)).schema
    for few in (NOBODY, ranked_facts(3, 1, DAY), ranked_facts(4, 5, DAY)):
        assert arrow(ask(lined(few), day=DAY, policy=KOPILOT)).schema.equals(everybody)


@pytest.mark.parametrize("measure", ["profit", "quantity"])
def test_a_measure_that_nobody_tells_is_refused_with_the_column_to_add(measure: str) -> None:
    three = pa.table({"client_id": ["a"], "issued_on": [DAY], "amount": [1]})
    lines = pa.table({"invoice_id": ["1"], "amount": [1]})
    for facts in (Facts(invoices=three), Facts(invoices=three, lines=lines)):
        with pytest.raises(InputError, match="--measure amount") as refused:
            abc(open_facts(facts), day=DAY, policy=KOPILOT, measure=measure)
        assert refused.value.where == {"profit": "lines.cost", "quantity": "lines.quantity"}[measure]


def test_unknown_words_are_refused_with_the_nearest() -> None:
    facts = lined(NOBODY)
    with pytest.raises(UnknownNameError, match="Did you mean 'profit'"):
        abc(facts, day=DAY, policy=KOPILOT, measure="profits")
    for ask in (volume, abc, concentration):
        with pytest.raises(UnknownNameError, match="Valid: 365, all"):
            ask(facts, day=DAY, policy=KOPILOT, window="366")


@pytest.mark.parametrize(
    ("limits", "numbers"),
    [
        (VolumeLimits, {"high": Decimal(3)}),
        (VolumeLimits, {"average": Decimal(0)}),
        (AbcLimits, {"a": Decimal("0.95")}),
        (AbcLimits, {"b": Decimal(1)}),
        (ConcentrationLimits, {"tops": (3, 1)}),
        (ConcentrationLimits, {"tops": ()}),
        (WorthLimits, {"growth": Decimal(0)}),
        (WorthLimits, {"cost_to_serve": Decimal(-1)}),
    ],
)
def test_limits_that_contradict_themselves_are_refused(limits, numbers) -> None:
    with pytest.raises(PolicyError, match="working example"):
        limits(**numbers)
