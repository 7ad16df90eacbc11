"""What does a client read about itself? The whole explanation, with the numbers of the policy in force."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pyarrow as pa
import pytest

import cartera

LAST = date(2025, 11, 30)


def told(day: date, **numbers: object) -> str:
    """The explanation of a client whose last invoice is of 2025-11-30."""
    invoices = pa.table({"client_id": ["a"], "issued_on": [LAST], "amount": [Decimal("1.00")]})
    policy = cartera.Policy.kopilot(**numbers)
    return str(cartera.activity(cartera.Facts(invoices=invoices), day=day, policy=policy)["explanation"][0].as_py())


@pytest.mark.parametrize(
    ("day", "numbers", "text"),
    [
        (
            date(2026, 3, 30),
            {},
            "Active since 2025-11-30: its last invoice, of 2025-11-30, is at most 4 months old."
            " If nobody acts it turns sleeping away on 2026-03-31. Each invoice keeps it active for 4 more months.",
        ),
        (
            date(2026, 3, 30),
            {"boundary": "cold"},
            "Sleeping away since 2026-03-30: its last invoice, of 2025-11-30, is 4 months or more and less than"
            " 8 months old. If nobody acts it turns hibernating on 2026-07-30. An invoice makes it active again.",
        ),
        (
            date(2026, 12, 10),
            {},
            "Leaving since 2026-12-06: its last invoice, of 2025-11-30, is more than 370 days and at most 400 days"
            " old and nothing is planned within 12 months. If nobody acts it turns lost on 2027-01-05."
            " A planned invoice makes it hibernate, an issued one makes it active.",
        ),
        (
            date(2027, 3, 1),
            {"active_months": 12, "sleeping_months": 18, "lifespan_days": 700},
            "Sleeping away since 2026-12-01: its last invoice, of 2025-11-30, is more than 12 months and at most"
            " 18 months old. If nobody acts it turns hibernating on 2027-05-31. An invoice makes it active again.",
        ),
    ],
)
def test_the_sentence_has_the_numbers_and_the_boundary_of_the_policy(day: date, numbers: dict, text: str) -> None:
    assert told(day, **numbers) == text
