"""What is a client worth, read plainly? Sums of Decimals over its rows, to compare the engine's amounts with."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from tests.plain.oracle import Client, Row, amount, counts, currency, is_credit_note, is_issued, is_plan, stands

if TYPE_CHECKING:
    from tests.portfolios import Facts

ZERO = Decimal(0)


def is_money(row: Row, day: date) -> bool:
    """Whether the row makes net sales by the day: issued, not voided, and no credit note of the wrong sign."""
    wrong = row.get("kind") == "credit_note" and amount(row) > 0
    return is_issued(row) and stands(row, day) and row["issued_on"] <= day and not wrong


def with_currencies(facts: Facts) -> Facts:
    """The facts with every row in euro but for those in dollars, so that the report is in euro."""
    for row in facts["invoices"]:
        row["currency"] = "USD" if row.get("currency") == "USD" else "EUR"
    return facts


def in_euro(row: Row) -> Decimal:
    """The amount where the row is in euro; other money has no rate."""
    return amount(row) if currency(row) == "EUR" else ZERO


def net_sales(client: Client, after: date, day: date) -> Decimal:
    """Net sales with after < date <= day."""
    return sum((in_euro(r) for r in client["invoices"] if is_money(r, day) and r["issued_on"] > after), ZERO)


def at_stake(client: Client, day: date) -> Decimal:
    """Net sales of the 365 days that end on the last counted invoice."""
    dates = [row["issued_on"] for row in client["invoices"] if row["issued_on"] <= day and counts(client, row, day)]
    if not dates:
        return ZERO
    last = max(dates)
    rows = [r for r in client["invoices"] if is_money(r, day) and last - timedelta(365) < r["issued_on"] <= last]
    return sum((in_euro(row) for row in rows), ZERO)


def planned(client: Client, day: date, horizon: date) -> Decimal:
    """What is coming: plans and known future invoices that stand, up to the horizon."""
    total = ZERO
    for row in client["invoices"]:
        ahead = day < row["issued_on"] <= horizon and stands(row, day) and amount(row) > 0
        known = row.get("known_on")
        seen = (known is not None and known <= day) or (is_plan(row) and known is None)
        if ahead and seen and not is_credit_note(row) and (is_plan(row) or counts(client, row, day)):
            total += in_euro(row)
    return total


def rep_on(client: Client, day: date) -> Any:
    """The rep of the latest counted invoice that names one; of two on one day, the one of the greater id."""
    found = [
        (row["issued_on"], row["invoice_id"], row["rep"])
        for row in client["invoices"]
        if row.get("rep") and row["issued_on"] <= day and counts(client, row, day)
    ]
    return max(found)[2] if found else None
