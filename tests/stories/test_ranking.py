"""Who is great, who is small, and how much hangs on whom? Worked examples that an owner could check with a pencil."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pyarrow as pa
import pytest

import cartera
from cartera.portfolio.abc import AbcLimits
from cartera.portfolio.concentration import ConcentrationLimits
from cartera.portfolio.frequency import FrequencyLimits
from cartera.portfolio.policy import Policy
from cartera.portfolio.rhythm import RhythmLimits
from cartera.portfolio.shape import ShapeLimits
from cartera.portfolio.volume import VolumeLimits
from cartera.portfolio.windows import WindowLimits
from cartera.portfolio.worth import WorthLimits
from cartera.views.abc import sentence
from cartera.views.view import Query

DAY = date(2026, 3, 31)
THIS_YEAR, LAST_YEAR, LONG_AGO = date(2026, 1, 15), date(2025, 1, 15), date(2020, 5, 5)
Sale = tuple[str, date, str]


def facts(*sales: Sale, lines: list[dict[str, Any]] | None = None) -> cartera.Facts:
    """Invoices numbered from 0, each a client, a date and an amount; below 0 it is a credit note."""
    rows = [
        {"invoice_id": str(n), "client_id": client, "issued_on": on, "amount": amount}
        for n, (client, on, amount) in enumerate(sales)
    ]
    tables = {"invoices": pa.Table.from_pylist(rows)} | ({"lines": pa.Table.from_pylist(lines)} if lines else {})
    return cartera.Facts(**tables)


def told(question: Any, given: cartera.Facts, name: str, **asked: Any) -> dict[str, Any]:
    return {row["client_id"]: row[name] for row in question(given, day=DAY, **asked).to_pylist()}


def this_year(**amounts: str) -> list[Sale]:
    return [(client, THIS_YEAR, amount) for client, amount in amounts.items()]


def test_volume_is_measured_against_the_mean_of_those_who_bought() -> None:
    # 1,000 among five clients with sales: the mean is 200. Who bought nothing this year does not lower it.
    sales = this_year(great="600", good="250", usual="100", little="49.99", least="0.01")
    found = told(cartera.volume, facts(*sales, ("gone", LAST_YEAR, "9000")), "volume")
    assert found == {
        "great": "very high", "good": "high", "usual": "average", "little": "low", "least": "low", "gone": "none",
    }  # fmt: skip
    assert told(cartera.volume, facts(*sales), "times_mean")["great"] == pytest.approx(3)


def test_a_client_on_the_limit_is_in_the_higher_class_and_one_cent_below_it_is_not() -> None:
    assert told(cartera.volume, facts(*this_year(a="125", b="75")), "volume") == {"a": "high", "b": "average"}
    assert told(cartera.volume, facts(*this_year(a="124.99", b="75.01")), "volume") == {"a": "average", "b": "average"}


def test_abc_follows_the_cumulated_value() -> None:
    found = facts(*this_year(a="500", b="300", c="150", d="30", e="20"))  # 50, 80, 95, 98 and 100 %
    assert told(cartera.abc, found, "abc") == {"a": "A", "b": "A", "c": "B", "d": "C", "e": "C"}
    assert told(cartera.abc, found, "cumulated_share") == pytest.approx(
        {"a": 0.5, "b": 0.8, "c": 0.95, "d": 0.98, "e": 1}
    )


def test_the_client_that_passes_a_limit_still_belongs_above_it() -> None:
    assert told(cartera.abc, facts(*this_year(only="5")), "abc") == {"only": "A"}
    assert told(cartera.abc, facts(*this_year(a="90", b="10")), "abc") == {"a": "A", "b": "B"}


def test_equal_clients_share_the_better_class() -> None:
    five = facts(*this_year(a="20", b="20", c="20", d="20", e="20"))
    assert set(told(cartera.abc, five, "abc").values()) == {"A"}
    pair = facts(*this_year(a="79", b="7", c="7", d="7"))
    assert told(cartera.abc, pair, "abc") == {"a": "A", "b": "A", "c": "A", "d": "A"}


def test_who_brings_nothing_or_less_is_c_and_makes_nobody_greater() -> None:
    given = facts(*this_year(a="80", b="20", back="-50"), ("back", LAST_YEAR, "50"), ("gone", LAST_YEAR, "7"))
    assert told(cartera.abc, given, "abc") == {"a": "A", "b": "B", "back": "C", "gone": "C"}
    assert told(cartera.abc, given, "value_share") == pytest.approx({"a": 0.8, "b": 0.2, "back": None, "gone": None})


def test_profit_and_quantity_come_from_the_lines_and_invoices_are_counted() -> None:
    lines = [
        {"invoice_id": "0", "amount": Decimal(100), "cost": Decimal(95), "quantity": Decimal(1)},
        {"invoice_id": "1", "amount": Decimal(60), "cost": Decimal(10), "quantity": Decimal(9)},
        {"invoice_id": "1", "amount": Decimal(40), "cost": Decimal(10), "quantity": Decimal("0.5")},
        {"invoice_id": "2", "amount": Decimal(-20), "cost": Decimal(-2), "quantity": Decimal(-1)},
    ]
    given = facts(("a", THIS_YEAR, "100"), ("b", THIS_YEAR, "100"), ("b", THIS_YEAR, "-20"), lines=lines)
    assert told(cartera.abc, given, "value", measure="profit") == {"a": 5, "b": 62}
    assert told(cartera.abc, given, "value", measure="quantity") == {"a": 1.0, "b": 8.5}
    assert told(cartera.abc, given, "value", measure="invoices") == {"a": 1, "b": 1}
    assert told(cartera.abc, given, "abc", measure="profit") == {"a": "B", "b": "A"}


def test_concentration_with_last_years_beside_it() -> None:
    given = facts(*this_year(a="50", b="30", c="15", d="5"), *[(c, LAST_YEAR, "25") for c in "abcd"])
    rows = {row["figure"]: row for row in cartera.concentration(given, day=DAY).to_pylist()}
    now, before = ({name: row[column] for name, row in rows.items()} for column in ("value", "last_year"))
    assert now == pytest.approx({"top_1": 0.5, "top_3": 0.95, "top_10": 1, "herfindahl": 0.365})
    assert before == pytest.approx({"top_1": 0.25, "top_3": 0.75, "top_10": 1, "herfindahl": 0.25})
    assert [row["names"] for row in rows.values()] == ["a", "a, b, c", "a, b, c and 1 more", None]
    assert rows["top_10"]["client_count"] == 4


def test_nobody_bought_and_one_client_alone() -> None:
    nobody = cartera.concentration(facts(("a", LONG_AGO, "5")), day=DAY).to_pylist()
    assert {(row["value"], row["last_year"], row["client_count"]) for row in nobody} == {(None, None, 0)}
    alone = cartera.concentration(facts(*this_year(a="5")), day=DAY).to_pylist()
    assert {(row["value"], row["last_year"], row["client_count"]) for row in alone} == {(1, None, 1)}


def test_best_grow_loyal_stay_small_bring_little_and_the_silent_are_unrated() -> None:
    given = facts(
        ("grows", LAST_YEAR, "100"), ("grows", THIS_YEAR, "120"), ("stays", LAST_YEAR, "100"),
        ("stays", THIS_YEAR, "119.99"), ("opened", THIS_YEAR, "300"), ("small", LAST_YEAR, "1"),
        ("small", THIS_YEAR, "5"), ("silent", LAST_YEAR, "900"), ("back", LONG_AGO, "10"), ("back", THIS_YEAR, "200"),
    )  # fmt: skip
    assert told(cartera.worth, given, "worth") == {
        "grows": "best", "stays": "loyal", "opened": "best", "small": "small", "silent": "unrated", "back": "loyal",
    }  # fmt: skip
    growth = told(cartera.worth, given, "growth_share")
    assert growth["grows"] == pytest.approx(0.2)
    assert growth["opened"] is growth["back"] is None


def test_opened_within_the_year_needs_class_a_to_be_best() -> None:
    given = facts(*this_year(great="850", fresh="100", tiny="50"))
    assert told(cartera.worth, given, "worth") == {"great": "best", "fresh": "loyal", "tiny": "small"}


def test_with_costs_a_client_of_class_c_is_small_only_below_its_cost_to_serve() -> None:
    lines = [{"invoice_id": str(n), "amount": Decimal(10), "cost": Decimal(cost)} for n, cost in ((1, 1), (2, 9))]
    sales = [("great", LAST_YEAR, "990"), *this_year(dear="10", cheap="10", untold="10", great="970")]
    given = facts(*sales, lines=lines)
    found = told(cartera.worth, given, "worth", limits=WorthLimits(cost_to_serve=Decimal(5)))
    assert found == {"great": "loyal", "dear": "loyal", "cheap": "small", "untold": "small"}
    assert told(cartera.worth, given, "margin", limits=WorthLimits(cost_to_serve=Decimal(5))) == {
        "great": None, "dear": 9, "cheap": 1, "untold": None,
    }  # fmt: skip


def test_limits_of_ones_own_move_the_classes() -> None:
    given = facts(*this_year(a="125", b="75", c="100"))
    own = VolumeLimits(very_high=Decimal("1.2"), high=Decimal(1), average=Decimal("0.8"))
    assert told(cartera.volume, given, "volume", limits=own) == {"a": "very high", "b": "low", "c": "high"}
    assert told(cartera.abc, given, "abc", limits=AbcLimits(Decimal("0.3"), Decimal("0.5"))) == {
        "a": "A", "b": "C", "c": "B",
    }  # fmt: skip
    rows = cartera.concentration(given, day=DAY, limits=ConcentrationLimits(tops=(2,))).to_pylist()
    assert [row["figure"] for row in rows] == ["top_2", "herfindahl"]
    assert told(cartera.frequency, given, "recurrence", limits=FrequencyLimits(recurring=2))["a"] == "nearly recurring"
    assert cartera.shape(given, day=DAY)["shape"].to_pylist() == ["can't tell"]
    assert cartera.shape(given, day=DAY, limits=ShapeLimits(fewest_clients=2))["shape"].to_pylist() == ["mature"]


@pytest.mark.parametrize(
    ("question", "limits"),
    [
        (cartera.funnel, FrequencyLimits(recurring=4)), (cartera.status, FrequencyLimits(recurring=4)),
        (cartera.rhythm, RhythmLimits(fewest_gaps=1)), (cartera.windows, WindowLimits(fewest_gaps=1)),
    ],
)  # fmt: skip
def test_limits_of_ones_own_change_the_answer(question: Any, limits: Any) -> None:
    twice = facts(("a", THIS_YEAR, "9"), ("a", date(2026, 2, 14), "9"), ("a", date(2026, 3, 16), "9"))
    assert not question(twice, day=DAY, limits=limits).equals(question(twice, day=DAY))


def test_a_great_number_of_small_clients_has_separators() -> None:
    given = facts(*this_year(great="1000000", **{f"c{n}": "1" for n in range(1200)}))
    rows = cartera.abc(given, day=DAY).to_pylist()
    assert sentence(rows, Query(DAY, Policy.kopilot())).endswith(" (A); 1,200 are C.")
