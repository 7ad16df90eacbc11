"""Are the answers about a few clients the same when their facts are gathered in memory first?"""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pyarrow as pa
import pytest
from tests.engines.kinds import relation
from tests.engines.test_equal import ASKED, DAY, given, in_order

from cartera.app.restrict import gathered_if_few
from cartera.engine import arrow, open_facts
from cartera.engine.polars import Polars
from cartera.facts.tables import Facts
from cartera.portfolio.dimensions import filtered

SEED = 1
SOME = tuple(("client_id", f"c{number:05}") for number in range(0, 60, 4))
QUICK = {"client, kopilot", "clients, kopilot", "receivables, kopilot"}


@cache
def few(*where: tuple[str, str], more: bool = False) -> Facts:
    """The facts of some clients, in DuckDB. more: with a dimension that every engine would write in its own way."""
    tables = dict(given(SEED))
    if more:
        fractions = pa.array([number / 7 for number in range(len(tables["invoices"]))])
        tables["invoices"] = tables["invoices"].append_column("weight", fractions)
    facts = open_facts(Facts(**{name: relation(table) for name, table in tables.items()}, currency="EUR"))
    return filtered(facts, where, day=DAY)


def marks(asked: str) -> list[pytest.MarkDecorator]:
    """Some are asked at once, those under the second policy by hand."""
    if asked in QUICK:
        return []
    return [pytest.mark.thorough, *([pytest.mark.slow] if asked.endswith("salescope") else [])]


@pytest.mark.parametrize(
    "asked",
    [
        pytest.param(one, marks=marks(one))
        for one, (view, _) in ASKED.items()
        if not view.is_among_all and not view.filters_itself
    ],
)
def test_a_question_about_a_few_clients(asked: str) -> None:
    view, query = ASKED[asked]
    where = SOME[:1] if view.is_of_one else SOME
    there = few(*where)
    here = gathered_if_few(there, replace(query, where=where), view)
    assert isinstance(here.room, Polars)
    left, right = arrow(view.answer(there, query)), arrow(view.answer(here, query))
    assert right.schema == left.schema
    assert in_order(right) == in_order(left)


def test_facts_with_a_dimension_that_engines_write_in_their_own_ways_stay_where_they_are() -> None:
    view, query = ASKED["clients, kopilot"]
    there = few(*SOME, more=True)
    assert gathered_if_few(there, replace(query, where=SOME), view).room is there.room


def test_what_is_known_of_the_facts_stays_and_only_their_rows_are_taken() -> None:
    view, query = ASKED["clients, kopilot"]
    sold = given(SEED)["invoices"]
    bought = pa.table({"invoice_id": sold["invoice_id"], "product": ["tea"] * len(sold), "amount": sold["amount"]})
    whole = open_facts(Facts(invoices=relation(sold), lines=relation(bought), currency="EUR"))
    facts = filtered(whole, SOME, day=DAY)
    found = gathered_if_few(facts, replace(query, where=SOME), view)
    assert isinstance(found.room, Polars)
    assert (found.absent, found.repeated, found.currency) == (facts.absent, facts.repeated, "EUR")
    invoices, lines = arrow(found.invoices), arrow(found.lines)
    assert set(invoices.column("client_id").to_pylist()) <= {one for _, one in SOME}
    assert invoices.num_rows == arrow(facts.invoices).num_rows > 0
    assert sorted(lines.column("invoice_id").to_pylist()) == sorted(invoices.column("invoice_id").to_pylist())


def test_questions_about_all_or_beside_all_stay_where_they_are() -> None:
    view, query = ASKED["clients, kopilot"]
    facts = few(*SOME)
    assert gathered_if_few(facts, query, view) is facts
    assert gathered_if_few(facts, replace(query, where=(("rep", "Ana"),)), view) is facts
    assert gathered_if_few(facts, replace(query, where=SOME, whole=facts), view) is facts


@pytest.mark.parametrize("asked", [one for one, (view, _) in ASKED.items() if view.filters_itself])
def test_questions_that_filter_themselves_are_given_everybody_and_stay(asked: str) -> None:
    view, query = ASKED[asked]
    facts = few(*SOME)
    assert gathered_if_few(facts, replace(query, where=SOME), view) is facts
