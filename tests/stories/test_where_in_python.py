"""Does `where=` keep in Python whom `--where` keeps on the command line? Columns, segments, classes, rules."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import polars as pl
import pytest

import cartera
from cartera.app.opened import Opened
from cartera.app.rules import rules_of
from cartera.app.scope import EVERYTHING
from cartera.app.show import Ask, show, view_called
from cartera.engine import open_facts

if TYPE_CHECKING:
    from collections.abc import Mapping

DAY = date(2026, 3, 31)
SOLD = [
    ("a", date(2026, 3, 1), 900, "Ana"),
    ("a", date(2026, 2, 1), 90, "Ana"),
    ("b", date(2026, 3, 2), 100, "Bo"),
    ("b", date(2026, 1, 2), 60, "Bo"),
    ("c", date(2026, 3, 3), 10, "Bo"),
    ("d", date(2020, 1, 1), 5, "Bo"),
]
TYPES = {"client_id": pl.String, "issued_on": pl.Date, "amount": pl.Int64, "rep": pl.String}
RULES = {"big": {"column": "amount", "at_least": 150}, "old": {"column": "amount", "below": 1}}


@pytest.fixture(scope="module")
def facts() -> cartera.Facts:
    return cartera.Facts(invoices=pl.DataFrame(SOLD, schema=TYPES, orient="row"))


def kept(facts: cartera.Facts, where: Mapping[str, Any]) -> str:
    return "".join(sorted(cartera.activity(facts, day=DAY, where=where)["client_id"].to_list()))


KEPT: list[tuple[Mapping[str, Any], str]] = [
    ({"rep": "Bo"}, "bcd"),
    ({"segment": "lost"}, "d"),
    ({"segment": ["new", "active"]}, "abc"),
    ({"volume": "high"}, "a"),
    ({"volume": ("very high", "low"), "rep": ["Ana", "Bo"]}, "bc"),
    ({"abc": "B", "rep": "Bo"}, "b"),  # among the clients of Bo alone it would be A
    ({"custom": "big", "rules": RULES}, "ab"),
    ({"custom": ["big", "old"], "rules": RULES, "segment": "lost"}, "d"),
]


@pytest.mark.parametrize(("where", "clients"), KEPT, ids=str)
def test_a_filter_keeps_the_same_clients_through_both_doors(
    facts: cartera.Facts, where: Mapping[str, Any], clients: str
) -> None:
    assert kept(facts, where) == clients
    pairs = [(name, value) for name, values in where.items() if name != "rules" for value in several(values)]
    options = {"rules": rules_of(where["rules"])} if "rules" in where else {}
    asked = Ask(day=DAY, where=tuple(pairs), options=options)
    rows = show(EVERYTHING, Opened("sold", open_facts(facts)), view_called("activity"), asked).rows
    assert "".join(sorted(rows.column("client_id").to_pylist())) == clients


def several(values: Any) -> list[str]:
    return [values] if isinstance(values, str) else list(values)


def test_a_subject_is_made_of_the_clients_that_are_left(facts: cartera.Facts) -> None:
    rows = cartera.activity(facts, day=DAY, where={"client_id": ["b", "c"]}, subject="rep")
    assert rows["client_id"].to_list() == ["Bo"]


def test_a_rule_of_no_custom_segment_is_a_column_like_any_other(facts: cartera.Facts) -> None:
    with pytest.raises(cartera.CarteraError, match="where: unknown column 'rules'"):
        kept(facts, {"rules": "big"})
