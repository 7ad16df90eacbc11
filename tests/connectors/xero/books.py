"""Which books does the pretended Xero of a test hold? Those of the specification's examples."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from tests.shared import shared

from cartera.sources.kit.http import Budget
from cartera.sources.kit.parsing import parsed
from cartera.sources.xero.books import Books
from cartera.sources.xero.connector import Xero

MOMENT = datetime(2019, 4, 1, 12, tzinfo=UTC)
NAMES = (
    "Contacts", "Invoices", "CreditNotes", "Payments", "RepeatingInvoices", "Quotes", "Items", "Overpayments",
    "Prepayments",
)  # fmt: skip


class Quick(Xero):
    """Xero that may be asked as fast as it answers."""

    budget = Budget(10_000, per_second=10_000)


def examples() -> Books:
    """The books of the specification."""
    told = example("Organisation")["Organisations"][0]
    books = Books(MOMENT, told["Name"], told["BaseCurrency"], told["CountryCode"], told["Timezone"])
    for name in NAMES:
        books.put_all(name, example(name)[name])
    return books


def example(name: str) -> dict[str, Any]:
    """One of its answers."""
    return parsed(shared("payloads", "xero", "examples", f"{name}.json").read_text())
