"""Which day is answered for when nobody says."""

from __future__ import annotations

from datetime import date

import pyarrow as pa
import pytest

from cartera.app.day import default_day, parse_day
from cartera.engine import open_facts
from cartera.errors import CarteraError
from cartera.facts.tables import Facts

NOW = date(2026, 3, 31)


def facts(*rows: dict) -> Facts:
    filled = [{"client_id": "a", "amount": "10", "state": "issued", "kind": "invoice"} | row for row in rows]
    columns = {name: pa.array([row.get(name) for row in filled]) for name in ("client_id", "amount", "state", "kind")}
    days = pa.array([row["issued_on"] for row in filled], pa.date32())
    return open_facts(Facts(invoices=pa.table(columns | {"issued_on": days})))


@pytest.mark.parametrize(
    ("newest", "day"),
    [
        (date(2026, 3, 30), NOW),
        (date(2026, 2, 14), NOW),  # 45 days old: still fresh
        (date(2026, 2, 13), date(2026, 2, 13)),
        (date(2011, 12, 9), date(2011, 12, 9)),
    ],
)
def test_it_is_today_unless_the_invoices_ended_more_than_45_days_ago(newest: date, day: date):
    found, notice = default_day(facts({"issued_on": newest}, {"issued_on": date(2010, 1, 1)}), NOW)
    assert found == day
    assert notice == (
        None if day == NOW else f"Answered for {day}, the day of the newest invoice; --day {NOW} answers for today."
    )


def test_plans_credit_notes_and_the_future_do_not_make_facts_fresh():
    old = {"issued_on": date(2025, 1, 1)}
    other = (
        {"issued_on": date(2026, 5, 1)},
        {"issued_on": date(2026, 3, 1), "state": "planned"},
        {"issued_on": date(2026, 3, 1), "kind": "credit_note", "amount": "-5"},
        {"issued_on": date(2026, 3, 1), "state": "void"},
    )
    assert default_day(facts(old, *other), NOW)[0] == date(2025, 1, 1)


def test_without_any_invoice_it_is_today():
    assert default_day(facts(), NOW) == (NOW, None)


@pytest.mark.parametrize(
    ("decided_on", "day"),
    [
        (NOW, NOW), (date(2026, 2, 14), NOW), (date(2026, 2, 13), date(2025, 1, 1)),
        (date(2024, 12, 31), date(2025, 1, 1)), (None, date(2025, 1, 1)),
    ],
)  # fmt: skip
def test_a_decision_made_lately_keeps_the_day_at_today(decided_on, day):
    assert default_day(facts({"issued_on": date(2025, 1, 1)}), NOW, decided_on)[0] == day


def test_a_day_is_written_year_first():
    assert parse_day(" 2026-03-31 ") == NOW
    with pytest.raises(CarteraError) as problem:
        parse_day("3/31/2026")
    assert str(problem.value) == "--day: '3/31/2026' is not a day. Write year-month-day: 2026-03-31."
