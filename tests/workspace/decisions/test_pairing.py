"""Which invoice keeps which plan? Tables that a person could read."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from cartera.app.workspace.deciding.pairing import Document, paired

PLAN = Document("plan-1", "acme", date(2026, 5, 1), Decimal(1000), "EUR", date(2026, 3, 31))


def invoice(on: date, amount: int = 1000, name: str = "i1", client: str = "acme", currency: str = "EUR") -> Document:
    """An issued invoice."""
    return Document(name, client, on, Decimal(amount), currency)


@pytest.mark.parametrize(
    ("found", "becomes"),
    [
        (invoice(date(2026, 5, 1)), "certain"),
        (invoice(date(2026, 5, 14)), "certain"),
        (invoice(date(2026, 4, 18)), "certain"),
        (invoice(date(2026, 5, 1), 1100), "certain"),
        (invoice(date(2026, 5, 1), 900), "certain"),
        (invoice(date(2026, 5, 15)), "asked"),
        (invoice(date(2026, 4, 17)), "asked"),
        (invoice(date(2026, 5, 1), 1101), "asked"),
        (invoice(date(2026, 5, 1), 1), "asked"),
        (invoice(date(2026, 6, 16)), "asked"),
        (invoice(date(2026, 6, 17)), "neither"),
        (invoice(date(2026, 5, 20), 500), "neither"),
        (invoice(date(2026, 5, 1), client="bolt"), "neither"),
        (invoice(date(2026, 5, 1), currency="USD"), "neither"),
        (invoice(date(2026, 3, 30)), "neither"),
    ],
)
def test_one_plan_and_one_invoice(found: Document, becomes: str):
    certain, asked = paired([PLAN], [found])
    assert ("certain" if certain else "asked" if asked else "neither") == becomes


def test_two_invoices_like_one_plan_are_asked():
    certain, asked = paired([PLAN], [invoice(date(2026, 5, 1)), invoice(date(2026, 5, 3), name="i2")])
    assert not certain and [pair.invoice.id for pair in asked] == ["i1", "i2"]


def test_of_a_series_by_months_an_invoice_keeps_the_one_of_its_month():
    days = [date(2026, month, 1) for month in range(4, 10)]
    series = [
        Document(f"plan-1.{n}", "acme", on, Decimal(1000), "EUR", date(2026, 3, 31)) for n, on in enumerate(days, 1)
    ]
    certain, asked = paired(series, [invoice(date(2026, 6, 12))])
    assert [pair.plan.id for pair in certain] == ["plan-1.3"] and not asked


def test_a_plan_without_a_currency_takes_any():
    plan = Document("plan-1", "acme", date(2026, 5, 1), Decimal(1000))
    assert paired([plan], [invoice(date(2026, 5, 1), currency="USD")])[0]
