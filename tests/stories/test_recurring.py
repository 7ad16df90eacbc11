"""Is recurring revenue one number? The figures and the funnel, with sales of nobody and a document voided since."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import polars as pl
import pytest

import cartera

DAY = date(2026, 3, 31)
INVOICES = pl.DataFrame(
    [
        *(("ana", date(2026, month, 1), 300, None) for month in (1, 2, 3)),
        ("zoe", date(2026, 3, 2), 100, None),
        (None, date(2026, 3, 3), 1000, None),
        *(("ana", date(2024, month, 1), 100, None) for month in (6, 7)),
        ("ana", date(2024, 8, 1), 200, date(2025, 12, 1)),  # a year ago it still stood
    ],
    schema={"client_id": pl.String, "issued_on": pl.Date, "amount": pl.Int64, "void_on": pl.Date},
    orient="row",
)


@pytest.fixture(scope="module")
def facts() -> cartera.Facts:
    return cartera.Facts(invoices=INVOICES)


def test_figures_and_funnel_say_the_same_share_now_and_a_year_before(facts: cartera.Facts) -> None:
    figures: dict[str, dict[str, Any]] = {row["figure"]: row for row in cartera.figures(facts, day=DAY).to_dicts()}
    recurring = cartera.funnel(facts, day=DAY).sort("stage").to_dicts()[3]
    share = figures["recurring_share"]
    assert (share["value"], share["last_year"]) == (Decimal("0.45"), Decimal(1))
    assert (recurring["amount_share"], recurring["amount_share_before"]) == (0.45, 1.0)
    assert figures["recurring_sales"]["last_year"] == recurring["amount_before"] == 400
    assert figures["sales_365"]["last_year"] == 200  # as the books stand today


def test_both_name_the_revenue_and_the_books_of_the_year_before(facts: cartera.Facts) -> None:
    [why] = [r["definition"] for r in cartera.figures(facts, day=DAY).to_dicts() if r["figure"] == "recurring_share"]
    assert why == (
        "that as a share of all net sales of the last 365 days, those that name no client included;"
        " a year before: as the books stood 365 days earlier"
    )
