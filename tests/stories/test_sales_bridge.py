"""Why sales changed and whom to wake up, as examples that a customer could read."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pyarrow as pa
import pytest

import cartera
from cartera.app.opened import Opened
from cartera.app.scope import EVERYTHING
from cartera.app.show import Ask, show, view_called
from cartera.calendar import year_before
from cartera.engine import open_facts
from cartera.errors import InputError
from cartera.portfolio.compared import period, short_history
from cartera.portfolio.wakeup import WakeUpLimits, definitions

DAY = date(2026, 3, 31)
OLD, LAST, NOW = date(2024, 1, 10), date(2025, 1, 10), date(2026, 1, 10)
Sale = tuple[str | None, date, str]


def facts(sales: list[Sale], *, rep: dict[str, str] | None = None, **tables: Any) -> cartera.Facts:
    clients, days, amounts = zip(*sales, strict=True)
    columns = {"client_id": clients, "issued_on": days, "amount": [Decimal(a) for a in amounts]}
    columns["invoice_id"] = [f"i{n}" for n in range(len(sales))]
    columns |= {"rep": [(rep or {}).get(client or "") for client in clients]} if rep else {}
    return cartera.Facts(pa.table({name: pa.array(list(values)) for name, values in columns.items()}), **tables)


def changes(given: cartera.Facts, **asked: Any) -> dict[str, str]:
    rows = cartera.bridge(given, day=DAY, **asked).to_pylist()
    return {row["part"]: f"{row['change']:.2f}" for row in rows if row["change"]}


def test_every_part_of_the_bridge() -> None:
    sales = [
        ("gone", LAST, "100"), ("new", NOW, "50"), ("back", OLD, "10"), ("back", NOW, "70"), ("more", LAST, "10"),
        ("more", NOW, "30.50"), ("less", LAST, "30"), ("less", NOW, "10"), ("same", LAST, "5"), ("same", NOW, "5"),
        ("note", OLD, "90"), ("note", NOW, "-9"), (None, NOW, "3"),
    ]  # fmt: skip
    assert changes(facts(sales)) == {
        "lost": "-100.00", "new": "50.00", "returned": "70.00", "grown": "20.50", "shrunk": "-20.00",
        "corrected": "-9.00", "unattributed": "3.00",
    }  # fmt: skip


def test_a_period_is_compared_with_the_same_days_a_year_before() -> None:
    sales = [("a", date(2025, 3, 5), "100"), ("a", date(2026, 3, 5), "80"), ("a", date(2026, 1, 5), "999")]
    assert changes(facts(sales), since=date(2026, 2, 28)) == {"shrunk": "-20.00"}


@pytest.mark.parametrize(
    ("day", "before"),
    [("2024-02-29", "2023-02-28"), ("2025-02-28", "2024-02-29"), ("2024-02-28", "2023-02-28"),
     ("2025-03-01", "2024-03-01"), ("2025-02-27", "2024-02-27")],
)  # fmt: skip
def test_the_end_of_february_is_the_end_of_february(day: str, before: str) -> None:
    assert year_before(date.fromisoformat(day)) == date.fromisoformat(before)


def test_a_period_that_is_empty_is_refused() -> None:
    with pytest.raises(InputError, match="--since: the period would begin after 2026-03-31"):
        cartera.bridge(facts([("a", NOW, "1")]), day=DAY, since=DAY)


LINES = {
    "invoice_id": ["i0", "i0", "i1", "i1", "i1"],
    "product": ["bolt", "nut", "bolt", "nut", "new"],
    "quantity": ["10", "10", "10", "20", "5"],
    "amount": ["100", "20", "110", "40", "30"],
}


def test_price_quantity_and_mix_worked_out() -> None:
    """Twenty units for 120 cost 6 each; now there are 35: 15 more x 6 = 90 by quantity.

    Bolts went from 10 to 11 each: 10 x 1 = 10 by price. Ten more nuts at 2 instead of 6: 10 x (2 - 6) = -40, and five
    of the new product at 6 as the average: 0; so -40 by mix. The 5 on no line are other: 90 + 10 - 40 + 5 = 65.
    """
    given = facts([("a", LAST, "120"), ("a", NOW, "185")], lines=pa.table(LINES))
    rows = {row["product"]: row for row in cartera.bridge(given, day=DAY, by="product").to_pylist()}
    told = {name: sum(row[name] for row in rows.values()) for name in ("quantity", "price", "mix", "other", "change")}
    assert told == {"quantity": 90, "price": 10, "mix": -40, "other": 5, "change": 65}
    assert [rows["nut"][name] for name in ("quantity", "price", "mix", "change")] == [60, 0, -40, 20]
    assert rows[None]["other"] == 5


def test_without_lines_the_view_says_how_to_supply_them() -> None:
    with pytest.raises(InputError, match=r"there are no lines.*Add a table lines\(invoice_id, product, quantity"):
        cartera.bridge(facts([("a", NOW, "1")]), day=DAY, by="product")


def verdict(before: str, now: str, reps: str, **limits: Any) -> tuple[str, int]:
    """Of clients a, b, c ... with these sales a year before and now (0: none) and these reps."""
    names = [chr(ord("a") + n) for n in range(len(before.split()))]
    sales: list[Sale] = [(n, LAST, amount) for n, amount in zip(names, before.split(), strict=True) if amount != "0"]
    sales += [(n, NOW, amount) for n, amount in zip(names, now.split(), strict=True) if amount != "0"]
    given = facts(sales, rep=dict(zip(names, reps.split(), strict=True)))
    rows = cartera.wakeup(given, day=DAY, limits=WakeUpLimits(**limits)).to_pylist()
    words = {row["verdict"] for row in rows}
    assert len(words) == 1
    return words.pop(), len(rows)


def test_the_verdicts() -> None:
    reps = "Ann Ann Ann Bob Bob Bob"
    assert verdict("10 10 10 10 10 10", "0 0 10 10 10 10", reps) == ("sales force", 2)
    assert verdict("10 10 10 10 10 10", "0 10 10 0 10 10", reps) == ("portfolio", 2)
    assert verdict("10 10 10 10 10 10", "8 8 8 8 8 8", reps) == ("mixed", 2)
    assert verdict("10 10 10 10 10 10", "10 10 10 10 10 9", reps) == ("holds", 2)
    assert verdict("10 10 10 10 10 10", "0 0 10 10 10 10", "Ann Ann Ann Ann Ann Ann") == ("can't tell", 1)
    assert verdict("10 10 10 10 0 0", "0 0 10 10 10 10", reps) == ("can't tell", 2)
    assert verdict("10 10 10 10 0 0", "0 0 10 10 0 0", "Ann Ann Bob Bob Bob Bob", fewest_clients=4)[0] == "sales force"


def test_the_thresholds_stand_in_the_definitions() -> None:
    told = dict(definitions(WakeUpLimits(fewest_clients=7, decline_share=0.1)))
    assert "fewer than 7 clients" in told["can't tell"]
    assert told["holds"] == "sales did not fall by 10% or more"


def test_a_short_history_is_told() -> None:
    said = [short_history(open_facts(facts([("a", on, "1")])), period(DAY)) for on in (date(2024, 4, 15), LAST)]
    assert said[0] == []
    told = "The facts begin on 2025-01-10, inside or after the year before: what was sold earlier counts as nothing."
    assert said[1] == [told]


@pytest.mark.parametrize(
    ("asked", "oldest", "said"),
    [
        ({}, date(2024, 1, 31), False), ({}, date(2024, 2, 1), True),  # the whole year before last begins 2024-01-01
        ({"every": "month"}, date(2024, 5, 1), False), ({"every": "month"}, date(2024, 5, 3), True),
        ({"every": "month", "since": date(2025, 12, 31)}, date(2025, 1, 10), False),
        ({"every": "year", "since": date(2023, 12, 31)}, date(2024, 1, 10), True),
    ],
)  # fmt: skip
def test_figures_say_when_the_facts_begin_within_what_they_are_compared_with(
    asked: dict[str, Any], oldest: date, said: bool
) -> None:
    answer = show(
        EVERYTHING,
        Opened("one", open_facts(facts([("a", oldest, "1")]))),
        view_called("figures"),
        Ask(day=DAY, **asked),
    )
    assert any(f"The facts begin on {oldest}" in notice for notice in answer.notices) is said
