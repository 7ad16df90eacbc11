"""Which dot does each question get? Read from a few clients, and from nobody."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pyarrow as pa

import cartera

DAY = date(2026, 3, 31)


def told(*rows: tuple[str, int, int], state: str = "issued") -> dict[str, dict[str, Any]]:
    """The signals of invoices: client, how many days ago, amount."""
    columns = {
        "invoice_id": [str(n) for n in range(len(rows))], "client_id": [one for one, _, _ in rows],
        "issued_on": [DAY - timedelta(days) for _, days, _ in rows], "amount": [amount for _, _, amount in rows],
        "state": [state for _ in rows],
    }  # fmt: skip
    facts = cartera.Facts(invoices=pa.table(columns))
    return {row["signal"]: row for row in cartera.signals(facts, day=DAY).to_pylist()}


def test_a_portfolio_that_is_well() -> None:
    found = told(*((f"c{n}", days, 100) for n in range(12) for days in (3, 100, 200, 400, 600, 720)))
    assert {name: row["state"] for name, row in found.items()} == {
        "shape": "fine", "active": "fine", "leaving": "fine", "plans": "can't tell", "concentration": "fine",
        "sales": "fine", "fresh": "fine",
    }  # fmt: skip


def test_a_portfolio_in_need() -> None:
    found = told(*((f"c{n}", 380, 100) for n in range(6)), ("big", 60, 5000), ("big", 500, 90_000), ("big", 720, 1))
    assert found["leaving"]["state"] == "act"
    assert (found["leaving"]["client_count"], found["active"]["state"]) == (6, "act")
    assert (found["concentration"]["state"], found["concentration"]["value"]) == ("act", 1.0)
    assert found["sales"]["state"] == "act"
    assert found["fresh"]["sentence"] == "The newest invoice is 60 days old, of 2026-01-30."
    assert found["fresh"]["state"] == "act"


def test_a_year_before_that_is_not_all_there_says_nothing_about_sales() -> None:
    """An export of thirteen months would show sales that grew twenty times."""
    found = told(("c1", 3, 5000), ("c1", 370, 100), ("c1", 380, 100))
    assert found["sales"]["state"] == "can't tell"
    assert found["sales"]["value"] is None
    assert found["sales"]["sentence"].startswith("The facts begin on 2025-03-16, inside or after the year before")


def test_a_plan_that_passed_is_broken() -> None:
    found = told(("c1", 20, 100), state="planned")
    assert (found["plans"]["state"], found["plans"]["client_count"]) == ("act", 1)
    assert found["fresh"]["state"] == "can't tell"
