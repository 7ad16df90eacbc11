"""What does every view promise? Its columns in their types, one order, true totals, a picture, a sentence, an example.

On the demo, on nobody, on one client, on five, and on a table of three columns.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import cache
from random import Random
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pytest
from tests.portfolios import random_facts, tables
from tests.shells.shell import cartera

from cartera.app.restrict import restricted
from cartera.app.scope import EVERYTHING
from cartera.app.show import Ask, asked_of, show, sorted_rows
from cartera.app.sources import Opened
from cartera.charts.answer import picture
from cartera.engine import open_facts
from cartera.facts.tables import Facts
from cartera.portfolio.policy import Policy
from cartera.sources.demo import company
from cartera.views.registry import VIEWS

if TYPE_CHECKING:
    from cartera.views.view import Answer, View

DAY, SINCE = date(2026, 3, 31), date(2025, 11, 30)
SPLIT_VIEWS = ("composition", "balance", "retention")
NOBODY: dict[str, list[dict[str, Any]]] = {"clients": [], "invoices": [], "marks": []}
THREE = {
    "client_id": ["a", "a", "b", "c", None],
    "issued_on": ["2026-03-01", "2025-01-31", "2025-04-30", "2025-09-30", "2026-01-01"],
    "amount": ["100.50", "99.99", "1000", "0.01", "5"],
}
CASES: dict[str, Callable[[], dict[str, pa.Table]]] = {
    "demo": lambda: company("services", DAY),
    "nobody": lambda: tables(NOBODY),
    "one client": lambda: tables(random_facts(3, 1, around=DAY)),
    "five clients": lambda: tables(random_facts(4, 5, around=DAY)),
    "three columns": lambda: {"invoices": pa.table(THREE)},
}
PLAINLY = Ask(Policy.kopilot(), Policy.salescope(), DAY, SINCE)
TWO_PERIODS = Ask(Policy.salescope(), Policy.salescope(inactive_months=12), DAY, SINCE)
SPLIT = Ask(Policy.kopilot(), None, DAY, SINCE, by=("rep",))
MONTHLY = Ask(Policy.kopilot(), None, DAY, SINCE, by=("rep",), every="month")
UNITS: dict[str, Callable[[pa.DataType], bool]] = {
    "text": pa.types.is_string,
    "segment": pa.types.is_string,
    "date": pa.types.is_date32,
    "days": pa.types.is_int64,
    "count": pa.types.is_int64,
    "share": pa.types.is_float64,
    "number": pa.types.is_float64,
    "money": pa.types.is_decimal128,
    "flag": pa.types.is_boolean,
}
ONE = {"demo": "C039", "one client": "c00000", "five clients": "c00003", "three columns": "a"}


def of(view: View, ask: Ask, case: str) -> Ask:
    """The same question; a view of one client is asked about one of the case."""
    return replace(ask, where=(("client_id", ONE[case]),)) if view.is_of_one else ask


def has_one(view: View, case: str) -> bool:
    """Whether the view has anybody to show: a view of one client refuses nobody."""
    return not view.is_of_one or case in ONE


ASKED: dict[tuple[str, str, str], tuple[View, Ask, str]] = (
    {
        (view.name, "plainly", case): (view, of(view, PLAINLY, case), case)
        for view in VIEWS
        for case in CASES
        if has_one(view, case)
    }
    | {
        (view.name, "two periods", case): (view, of(view, TWO_PERIODS, case), case)
        for view in VIEWS
        for case in ("demo", "nobody")
        if has_one(view, case)
    }
    | {
        (view.name, how, case): (view, ask, case)
        for view in VIEWS
        if view.name in SPLIT_VIEWS
        for how, ask in (("by rep", SPLIT), ("by rep and month", MONTHLY))
        for case in CASES
    }
)
each_view = pytest.mark.parametrize("view", VIEWS, ids=[view.name for view in VIEWS])


@cache
def source(case: str, seed: int | None = None) -> Opened:
    """The case's facts, opened once; with a seed, their rows in another order."""
    given = CASES[case]()
    if seed is not None:
        given = {name: table.take(Random(seed).sample(range(len(table)), len(table))) for name, table in given.items()}
    return Opened(case, open_facts(Facts(**given)))


def weighed(name: tuple[str, str, str]) -> Any:
    """Every view plainly on the demo belongs to make test; each way on the demo and each case to the gate."""
    is_brief = name[1:] == ("plainly", "demo")
    is_gate = name[1] == "plainly" or name[2] == "demo"
    return pytest.param(
        name, id=" ".join(name), marks=() if is_brief else pytest.mark.thorough if is_gate else pytest.mark.slow
    )


@pytest.fixture(scope="module", params=[weighed(name) for name in ASKED])
def answer(request: pytest.FixtureRequest) -> Answer:
    """Every view's answer to every way of asking about every case; computed once for all the tests that look at it."""
    view, ask, case = ASKED[request.param]
    return show(EVERYTHING, source(case), view, ask)


def test_the_columns_promised_are_the_columns_given_in_their_types(answer: Answer) -> None:
    assert answer.rows.column_names == [column.name for column in answer.columns]
    assert len(set(answer.rows.column_names)) == len(answer.columns)
    for column in answer.columns:
        assert UNITS[column.unit](answer.rows.schema.field(column.name).type), (column, answer.rows.schema)
        assert column.label
        assert column.link is None or column.link in answer.rows.column_names


def test_totals_are_the_sums_of_what_is_shown(answer: Answer) -> None:
    sums = {
        column.name: sum(cell for cell in answer.rows[column.name].to_pylist() if cell is not None)
        for column in answer.columns
        if column.total
    }
    assert dict(answer.totals) == sums


def test_the_sentence_is_one_and_so_is_every_notice(answer: Answer) -> None:
    assert bool(answer.sentence) == bool(answer.view.sentence)
    for said in (answer.sentence, *answer.notices):
        assert not said or said.endswith(".")
        assert not set(said.split()) & {"None", "nan", "None."}


def test_a_view_with_a_picture_draws_it(answer: Answer) -> None:
    look, rows = answer.view.picture, answer.rows.to_pylist()
    if look:
        # A strip shows one client.
        several = look.kind == "strip" and not answer.view.is_of_one
        shown = [row for row in rows if row["client_id"] == rows[0]["client_id"]] if several else rows
        drawn = look.rows(shown, answer.query)
        assert all(row.get("label") for row in drawn if row.get("kind") != "day")
        assert picture(answer, drawn).startswith("<svg ")


@pytest.mark.thorough
@pytest.mark.parametrize("name", [weighed(name) for name in ASKED if name[2] == "demo"])
def test_the_order_leaves_no_two_rows_to_chance(name: tuple[str, str, str]) -> None:
    view, ask, case = ASKED[name]
    query = asked_of(source(case), ask)[0]
    facts = restricted(source(case).facts, query, view)
    view = view.over_time if ask.every and view.over_time else view
    keys = [key.removeprefix("-") for key in view.order(query)]
    rows = sorted_rows(facts, view, query).select(keys).to_pylist() if keys else []
    assert len({tuple(row.values()) for row in rows}) == len(rows)


@pytest.mark.thorough
@each_view
def test_the_order_of_the_facts_is_not_the_order_of_the_answer(view: View) -> None:
    shuffled, usual = (
        show(EVERYTHING, source("demo", seed), view, of(view, PLAINLY, "demo")).rows for seed in (1, None)
    )
    assert shuffled.equals(usual)


@each_view
def test_the_question_is_a_question_and_the_example_answers_it(view: View) -> None:
    assert view.question.endswith("?")
    assert view.question[0].isupper()
    assert {"cartera", view.name, "demo"} <= set(view.example.split())
    asked = view.example.removeprefix("cartera ").partition(" --format xlsx")[0]
    ended = cartera(f"{asked} --day {DAY}")
    assert ended.status == 0, ended.told
    assert view.question in " ".join(ended.out.split())


def test_names_and_questions_are_told_apart() -> None:
    assert len({view.name for view in VIEWS}) == len({view.question for view in VIEWS}) == len(VIEWS)
