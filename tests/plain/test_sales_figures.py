"""Are the sales figures and the receivables plain sums? Random facts against Decimals added up one by one."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any

import pytest
from tests.plain import money
from tests.plain.oracle import Client, Row, counts, currency, is_issued, stands
from tests.plain.test_money_and_reps import portfolio
from tests.portfolios import Facts, clients_of, near, step, tables

import cartera
from cartera.calendar import year_before

ZERO, DAY, YEAR = Decimal(0), timedelta(1), timedelta(365)


def fiscal_start(day: date, month: int) -> date:
    return date(day.year - (day.month < month), month, 1)


def sold(clients: list[Client], day: date, after: date, until: date) -> Decimal:
    """Net sales of the window as the books stand on the day."""
    upto = [money.net_sales(one, after, day) - money.net_sales(one, max(until, after), day) for one in clients]
    return sum(upto, ZERO)


def counted(client: Client, day: date, after: date, until: date) -> list[date]:
    rows = [row for row in client["invoices"] if row["issued_on"] <= day and counts(client, row, day)]
    return [row["issued_on"] for row in rows if after < row["issued_on"] <= until]


def meant(facts: Facts, day: date, month: int) -> dict[str, Decimal | None]:
    """The figures of sales, read plainly."""
    clients = list(clients_of(facts).values())
    everyone = [*clients, {"invoices": [row for row in facts["invoices"] if row["client_id"] is None]}]
    start = fiscal_start(day, month) - DAY
    to_date, earlier = sold(everyone, day, start, day), sold(everyone, day, year_before(start), year_before(day))
    whole = sold(everyone, day, year_before(start), start)
    new = [c for c in clients if (first := min(counted(c, day, date.min, day), default=None)) and first > start]
    regular = [c for c in clients if len(set(counted(c, day, day - YEAR, day))) >= 3]
    invoices = sum(len(counted(c, day, start, day)) for c in clients)
    named = sold(clients, day, start, day)
    return {
        "sales_to_date": to_date, "variation": to_date - earlier, "growth": ratio(to_date - earlier, earlier),
        "whole_last_year": whole, "completion": ratio(to_date, whole),
        "sales_365": sold(everyone, day, day - YEAR, day),
        "sales_month": sold(everyone, day, day.replace(day=1) - DAY, day),
        "sales_day": sold(everyone, day, day - DAY, day), "sales_new": sold(new, day, start, day),
        "sales_existing": named - sold(new, day, start, day), "sales_unattributed": to_date - named,
        "recurring_sales": sold(regular, day, day - YEAR, day), "recurring_clients": Decimal(len(regular)),
        "invoice_count": Decimal(invoices), "average_invoice": ratio(named, Decimal(invoices)),
        "clients_invoiced": Decimal(sum(bool(counted(c, day, start, day)) for c in clients)),
    }  # fmt: skip


def ratio(part: Decimal, whole: Decimal) -> Decimal | None:
    return (part / whole).quantize(Decimal("0.0001")) if whole > 0 else None


@pytest.mark.parametrize(("seed", "month"), [(21, 1), (22, 4), (23, 12)])
def test_every_figure_of_sales_is_a_plain_sum(seed: int, month: int) -> None:
    facts, day = portfolio(seed)
    policy = cartera.Policy.kopilot(fiscal_year_start=month)
    told = {row["figure"]: row for row in cartera.figures(given(facts), day=day, policy=policy).to_pylist()}
    expected = meant(facts, day, month)
    assert {name: told[name]["value"] for name in expected} == expected
    for row in told.values():
        known = row["value"] is not None and row["last_year"] is not None
        assert row["change"] == (row["value"] - row["last_year"] if known else None)


@pytest.mark.parametrize("every", ["month", "week", "quarter"])
def test_periods_add_up_to_their_whole_and_stand_beside_last_year(every: str) -> None:
    facts, day = portfolio(24)
    since = day - timedelta(200)
    rows = cartera.figures(given(facts), day=day, every=every, since=since).to_pylist()
    everyone = [*clients_of(facts).values(), {"invoices": [r for r in facts["invoices"] if r["client_id"] is None]}]
    assert sum(row["amount"] for row in rows) == sold(everyone, day, since, day)
    assert sum(row["last_year"] for row in rows) == sold(everyone, day, year_before(since), year_before(day))
    assert [row["after_on"] for row in rows] == [since, *(row["until_on"] for row in rows[:-1])]
    assert [row["change"] for row in rows] == [row["amount"] - row["last_year"] for row in rows]


def with_payments(facts: Facts, rng: Random) -> Facts:
    """The facts with due dates, payments and what is still open, each sometimes unknown."""
    rows = []
    for row in facts["invoices"]:
        due, paid = near(rng, step(rng, row["issued_on"])), step(rng, row["issued_on"])
        owed = rng.choice((None, ZERO, row.get("amount"), Decimal("12.5")))
        more = {"due_on": rng.choice((due, due, None)), "paid_on": rng.choice((paid, None)), "open_amount": owed}
        rows.append(row | more)
    return facts | {"invoices": rows}


def owed(client: Client, row: Row, day: date) -> Decimal:
    """What one document leaves open."""
    if not (is_issued(row) and stands(row, day) and row["issued_on"] <= day and currency(row) == "EUR"):
        return ZERO
    amount, paid = row.get("open_amount"), row["paid_on"]
    if amount:
        wrong = row.get("kind") == "credit_note" and (row.get("amount") or 0) > 0
        return ZERO if wrong else amount
    unpaid = (amount is None and paid is None) or (paid is not None and paid > day)
    if not unpaid or not client or not counts(client, row, day):
        return ZERO
    return row["amount"] - money_back(client, row, day)


def money_back(client: Client, row: Row, day: date) -> Decimal:
    """What the credit notes that name the invoice take back by the day."""
    notes = [
        note for note in client["invoices"]
        if note.get("credits") == row["invoice_id"] and (note.get("amount") or 0) < 0 and is_issued(note)
        and stands(note, day) and note["issued_on"] <= day and currency(note) == currency(row)
    ]  # fmt: skip
    return sum((-note["amount"] for note in notes), ZERO)


@pytest.mark.parametrize("seed", [31, 32])
def test_receivables_are_what_each_document_leaves_open(seed: int) -> None:
    facts, day = portfolio(seed)
    facts = with_payments(facts, Random(seed))
    told = {row["client_id"]: row for row in cartera.receivables(given(facts), day=day).to_pylist()}
    for client_id, client in clients_of(facts).items():
        open_rows = [(row, owed(client, row, day)) for row in client["invoices"]]
        found = told.get(client_id, {"open_amount": ZERO, "overdue_amount": ZERO})
        assert found["open_amount"] == sum((amount for _, amount in open_rows), ZERO), client_id
        late = [amount for row, amount in open_rows if row["due_on"] and row["due_on"] < day]
        assert found["overdue_amount"] == sum(late, ZERO), client_id
    ages = ("not_due", "overdue_1", "overdue_2", "overdue_3", "overdue_4", "undated")
    assert all(sum(row[age] for age in ages) == row["open_amount"] for row in told.values())
    documents = cartera.receivables(given(facts), day=day, by="invoice_id").to_pylist()
    assert sum(row["open_amount"] for row in documents) == sum(row["open_amount"] for row in told.values())
    assert all(row["days_overdue"] == late_by(row["due_on"], day) for row in documents)


def late_by(due: date | None, day: date) -> int | None:
    return (day - due).days if due and due < day else None


def given(facts: Facts) -> Any:
    return cartera.Facts(**tables(facts))
