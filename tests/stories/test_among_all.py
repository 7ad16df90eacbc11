"""Has a client one class, whatever is filtered? It is that among all clients; counts and sums are of those left."""

from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl
import pytest

import cartera
from cartera.app.opened import Opened
from cartera.app.scope import EVERYTHING
from cartera.app.show import Ask, show, view_called
from cartera.engine import open_facts

DAY = date(2026, 3, 31)
SOLD = [
    ("a", date(2026, 3, 1), 900, "Ana", "EUR"),
    ("b", date(2026, 3, 2), 100, "Bo", "EUR"),
    ("b", date(2026, 1, 2), 60, "Bo", "EUR"),
    ("c", date(2026, 3, 3), 10, "Bo", "EUR"),
    ("c", date(2026, 3, 5), 10, "Bo", "USD"),
    ("d", date(2024, 12, 1), 5, "Bo", "EUR"),
]
COLUMNS = ("client_id", "issued_on", "amount", "rep", "currency")
RULES = {"big": {"column": "volume", "is": "high"}, "rest": {"column": "abc", "in": ["B", "C"]}}
BO, OURS = (("rep", "Bo"),), "Classes, scores and means are those among all clients"
NAMES = ("abc", "worth", "volume", "rfm")


@pytest.fixture(scope="module")
def facts() -> cartera.Facts:
    return cartera.Facts(invoices=pl.DataFrame(SOLD, schema=COLUMNS, orient="row"))


@pytest.fixture(scope="module")
def source(facts: cartera.Facts) -> Opened:
    return Opened("sold", open_facts(facts))


def told(source: Opened, view: str, where: tuple[tuple[str, str], ...] = BO, by: tuple[str, ...] = ()) -> Any:
    return show(EVERYTHING, source, view_called(view), Ask(day=DAY, where=where, by=by))


@pytest.mark.parametrize("view", NAMES)
def test_a_filter_leaves_the_rows_as_they_are_among_all(source: Opened, facts: cartera.Facts, view: str) -> None:
    everybody = {row["client_id"]: row for row in told(source, view, ()).rows.to_pylist()}
    answer = told(source, view)
    assert {row["client_id"]: row for row in answer.rows.to_pylist()} == {c: everybody[c] for c in "bcd"}
    ask = getattr(cartera, view)
    rows = {row["client_id"]: row for row in ask(facts, day=DAY).to_dicts()}
    assert {row["client_id"]: row for row in ask(facts, day=DAY, where=dict(BO)).to_dicts()} == {
        c: rows[c] for c in "bcd"
    }
    assert any(note.startswith(OURS) for note in answer.notices)
    assert not any(note.startswith(OURS) for note in told(source, view, ()).notices)


def test_the_class_that_was_asked_for_is_the_only_one(source: Opened) -> None:
    answer = told(source, "abc", (("abc", "A"),))
    assert [(row["client_id"], row["abc"]) for row in answer.rows.to_pylist()] == [("a", "A")]
    assert answer.sentence == "1 client makes 84.1 % of all net sales in the last 365 days: 1 A among all clients."
    assert answer.totals["value"] == 900


def test_the_picture_adds_up_what_is_left(source: Opened) -> None:
    answer = told(source, "abc")
    assert view_called("abc").picture is not None
    marks = view_called("abc").picture.rows(answer.rows.to_pylist(), answer.query)  # type: ignore[union-attr]
    steps = [mark["share"] for mark in marks if "kind" not in mark]
    assert steps == pytest.approx([0, 160 / 1070, 170 / 1070])


def test_tables_of_classes_count_those_that_are_left(source: Opened, facts: cartera.Facts) -> None:
    cells = cartera.cross(facts, day=DAY, by=("rep", "volume")).to_dicts()
    left = cartera.cross(facts, day=DAY, by=("rep", "volume"), where=dict(BO)).to_dicts()
    kept = {row["volume"]: row["client_count"] for row in cells if row["rep"] == "Bo"}
    assert {row["volume"]: row["client_count"] for row in left} == kept == {"low": 2, "none": 1}
    assert sum(row["client_share"] for row in left) == pytest.approx(1)
    grid = told(source, "rfm_grid").rows.to_pylist()
    names = [row["cell"] for row in told(source, "rfm").rows.to_pylist()]
    assert sum(row["client_count"] for row in grid) == len(names) == 3
    assert {row["cell"] for row in grid if row["client_count"]} == set(names)


def test_rules_of_your_own_see_the_classes_among_all(facts: cartera.Facts) -> None:
    rows = cartera.custom(facts, day=DAY, rules=RULES, where=dict(BO)).sort("rank").to_dicts()
    assert [row["client_count"] for row in rows] == [0, 3]


def test_the_few_that_are_left_are_reported_in_the_currency_of_all(source: Opened) -> None:
    answer = told(source, "volume", (("client_id", "c"),))
    assert answer.currency == "EUR"
    assert any("1 document has no rate: 10.00 USD" in note for note in answer.notices)
