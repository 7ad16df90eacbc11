"""Laws of sales: parts and splits sum to the whole exactly, money stays decimal, rows come in any order."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.laws.asked import asked, law, opened, rows, with_reps

from cartera.facts.tables import Facts, Frame
from cartera.portfolio.amounts import net_sales
from cartera.portfolio.bridge import bridge
from cartera.portfolio.compared import compared, period
from cartera.portfolio.figures import figures
from cartera.portfolio.kopilot import Kopilot
from cartera.portfolio.receivables import receivables
from cartera.portfolio.wakeup import wakeup

if TYPE_CHECKING:
    from tests.portfolios import Facts as Portfolio

pytestmark = pytest.mark.thorough

KOPILOT = Kopilot()
MONEY = ("amount_before", "amount", "change")
since = st.sampled_from([None, 1, 30, 59, 365, 400]).map(lambda days: days and timedelta(days))


def total(found: list[dict[str, Any]], name: str) -> Decimal:
    return sum((row[name] for row in found), Decimal(0))


@law
@given(asked, since, st.integers(0, 999))
def test_splits_sum_to_the_whole_and_the_whole_to_net_sales(
    given_: tuple[Portfolio, date], back: timedelta | None, seed: int
) -> None:
    portfolio, day = given_
    facts, start = opened(with_reps(portfolio, seed)), day - back if back else None
    whole = rows(bridge(facts, day=day, policy=KOPILOT, since=start))
    for split in (bridge(facts, day=day, policy=KOPILOT, since=start, by=["rep"]), wakeup_rows(facts, day, start)):
        told = rows(split)
        assert {name: total(told, name) for name in MONEY} == {name: total(whole, name) for name in MONEY}
        assert all(isinstance(row[name], Decimal) for row in told for name in MONEY)
        assert all(row["amount"] - row["amount_before"] == row["change"] for row in told)
    window = rows(net_sales(facts, after=period(day, start).after, day=day))
    assert total(whole, "amount") == total([row for row in window if row["amount"] is not None], "amount")


def wakeup_rows(facts: Facts, day: date, start: date | None) -> Frame:
    return wakeup(facts, day=day, policy=KOPILOT, since=start)


@law
@given(asked, since)
def test_a_client_is_in_one_part(given_: tuple[Portfolio, date], back: timedelta | None) -> None:
    portfolio, day = given_
    told = rows(compared(opened(portfolio), period(day, day - back if back else None)))
    assert len({row["client_id"] for row in told}) == len(told)
    changed = {row["part"] for row in told if row["change"] < 0} & {"new", "returned", "grown"}
    assert not changed
    assert not {row["part"] for row in told if row["change"] > 0} & {"lost", "shrunk"}


@law
@given(asked, st.integers(0, 999))
def test_the_order_of_rows_does_not_matter(given_: tuple[Portfolio, date], seed: int) -> None:
    portfolio, day = given_
    portfolio = with_reps(portfolio, seed)
    shuffled = {name: Random(seed).sample(found, len(found)) for name, found in portfolio.items()}
    for question in (bridge, wakeup, figures, receivables):
        one, two = (question(opened(facts), day=day, policy=KOPILOT) for facts in (portfolio, shuffled))
        assert sorted(map(repr, rows(one))) == sorted(map(repr, rows(two)))


@law
@given(asked)
def test_new_existing_and_unattributed_are_all_sales(given_: tuple[Portfolio, date]) -> None:
    portfolio, day = given_
    told = {row["figure"]: row for row in rows(figures(opened(portfolio), day=day, policy=KOPILOT))}
    for name in ("value", "last_year"):
        parts = ("sales_new", "sales_existing", "sales_unattributed")
        assert sum(told[part][name] for part in parts) == told["sales_to_date"][name]
