"""What do the demo companies promise? Facts of the schema's types, the same for the same day, with every story told."""

from __future__ import annotations

import re
import subprocess
import sys
from collections import Counter, defaultdict
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from typing import Any

import narwhals as nw
import pytest
from tests.plain.oracle import Kopilot, Policy, Salescope, segment_on

from cartera import words
from cartera.app.policies import policy
from cartera.engine import open_facts
from cartera.errors import InputError, UnknownNameError
from cartera.facts.schema import TABLES, schema
from cartera.facts.tables import Facts
from cartera.portfolio.activity import standing
from cartera.sources.demo import COMPANIES, company

DAY = date(2026, 3, 31)
OTHER_DAYS = (date(2024, 2, 29), date(2025, 8, 16), date(2023, 10, 31), date(2026, 12, 31))
SIZES = {"services": (120, 1_500, 2_500), "distributor": (400, 9_500, 15_000)}
RANGES = {"services": (500, 25_000), "distributor": (80, 6_000)}
NAMES = [each.name for each in COMPANIES]

Rows = list[dict[str, Any]]
every_company = pytest.mark.parametrize("name", NAMES)


@cache
def rows(name: str, day: date = DAY) -> dict[str, Rows]:
    return {table: rows.to_pylist() for table, rows in company(name, day).items()}


@cache
def answers(name: str, policy: Policy, day: date = DAY) -> dict[str, tuple[str, str] | None]:
    """The plain reading of the rules: client -> segment and reason."""
    facts = rows(name, day)
    told: dict[str, dict[str, Any]] = {c["client_id"]: {**c, "invoices": [], "marks": []} for c in facts["clients"]}
    for table in ("invoices", "marks"):
        for row in facts[table]:
            told[row["client_id"]][table].append(row)
    return {client_id: segment_on(client, day, policy) for client_id, client in told.items()}


def segments(name: str, policy: Policy, day: date = DAY) -> Counter[str]:
    return Counter(answer[0] for answer in answers(name, policy, day).values() if answer)


@every_company
def test_tables_have_the_columns_and_types_of_the_schema(name: str) -> None:
    tables = company(name, DAY)
    assert list(tables) == list(TABLES)
    for table, arrow in tables.items():
        assert dict(nw.from_native(arrow).schema) == schema(table)


@every_company
@pytest.mark.parametrize("day", [DAY, OTHER_DAYS[0]])
def test_the_same_day_gives_the_same_company(name: str, day: date) -> None:
    once, again = company(name, day), company(name, day)
    assert all(once[table].equals(again[table]) for table in TABLES)


@every_company
def test_keys_are_unique_and_point_somewhere(name: str) -> None:
    facts = rows(name)
    ids = [row["invoice_id"] for row in facts["invoices"]]
    clients = [row["client_id"] for row in facts["clients"]]
    numbers = [row["number"] for row in facts["invoices"] if row["number"]]
    assert len(set(ids)) == len(ids)
    assert len(set(clients)) == len(clients) == len({row["name"] for row in facts["clients"]})
    assert len(set(numbers)) == len(numbers)
    assert {row["client_id"] for table in ("invoices", "marks") for row in facts[table]} <= set(clients)
    assert len({(row["invoice_id"], row["line_no"]) for row in facts["lines"]}) == len(facts["lines"])


@every_company
def test_lines_add_up_to_their_invoice(name: str) -> None:
    facts = rows(name)
    sums: dict[str, Decimal] = defaultdict(Decimal)
    for line in facts["lines"]:
        sums[line["invoice_id"]] += line["amount"]
    assert sums == {row["invoice_id"]: row["amount"] for row in facts["invoices"]}


@every_company
def test_credit_notes_correct_an_invoice_of_the_same_client_and_never_more_than_it(name: str) -> None:
    invoices = {row["invoice_id"]: row for row in rows(name)["invoices"]}
    notes = [row for row in invoices.values() if row["kind"] == "credit_note"]
    linked = [(note, invoices[note["credits"]]) for note in notes if note["credits"]]
    assert all(note["amount"] < 0 for note in notes)
    assert all(note["client_id"] == invoice["client_id"] for note, invoice in linked)
    assert all(note["issued_on"] >= invoice["issued_on"] for note, invoice in linked)
    assert all(invoice["amount"] + note["amount"] >= 0 for note, invoice in linked)
    assert any(invoice["amount"] + note["amount"] == 0 for note, invoice in linked)
    assert any(invoice["amount"] + note["amount"] > 0 for note, invoice in linked)
    assert len(linked) < len(notes)


@every_company
@pytest.mark.parametrize("day", [DAY, *OTHER_DAYS])
def test_nothing_is_known_or_done_after_the_day(name: str, day: date) -> None:
    facts = rows(name, day)
    for row in facts["invoices"]:
        assert row["known_on"] <= day
        assert all(row[column] is None or row[column] <= day for column in ("void_on", "paid_on"))
        assert row["issued_on"] > day - timedelta(days=3 * 366)
    assert all(row["issued_on"] <= day for row in facts["invoices"] if row["kind"] == "credit_note")
    assert all(row["marked_on"] <= day and row["recorded_at"].date() <= day for row in facts["marks"])
    assert all(row["created_on"] <= day for row in facts["clients"])


@every_company
def test_every_word_of_the_facts_occurs(name: str) -> None:
    facts = rows(name)
    assert {row["kind"] for row in facts["invoices"]} == set(words.KINDS)
    assert {row["state"] for row in facts["invoices"]} == set(words.STATES)
    assert {row["mark"] for row in facts["marks"]} == set(words.MARKS)
    assert len({row["rep"] for row in facts["clients"]} - {None}) == 6
    assert len({row["country"] for row in facts["clients"]}) == 5


@every_company
def test_plans_are_coming_late_in_series_and_dropped(name: str) -> None:
    plans = [row for row in rows(name)["invoices"] if row["state"] == "planned"]
    assert any(row["issued_on"] > DAY for row in plans)
    assert any(row["issued_on"] <= DAY and not row["void_on"] for row in plans)
    assert any(row["void_on"] for row in plans)
    assert max(Counter(row["client_id"] for row in plans).values()) >= 6
    assert any(row["state"] == "issued" and row["issued_on"] > DAY for row in rows(name)["invoices"])


@every_company
def test_sizes_are_those_of_a_believable_company(name: str) -> None:
    facts, (clients, fewest, most), (smallest, largest) = rows(name), SIZES[name], RANGES[name]
    sales = [row["amount"] for row in facts["invoices"] if row["kind"] == "invoice"]
    assert len(facts["clients"]) == clients
    assert fewest <= len(facts["invoices"]) <= most
    assert smallest <= min(sales) <= max(sales) <= largest
    assert {row["currency"] for row in facts["invoices"]} == {"EUR"}


@every_company
def test_open_amounts_are_what_is_left_to_pay_with_tax(name: str) -> None:
    for row in rows(name)["invoices"]:
        if row["state"] == "planned":
            assert row["open_amount"] is None
        elif row["paid_on"] or row["state"] == "void" or row["kind"] == "credit_note":
            assert row["open_amount"] == 0
        else:
            assert 0 <= row["open_amount"] <= row["amount"] * Decimal("1.2") + Decimal("0.01")
    assert any(row["open_amount"] and row["due_on"] < DAY for row in rows(name)["invoices"])


@every_company
def test_every_segment_of_both_policies_has_clients(name: str) -> None:
    assert set(segments(name, Kopilot())) == {segment.id for segment in words.KOPILOT}
    assert set(segments(name, Salescope())) == {segment.id for segment in words.SALESCOPE}


@every_company
def test_every_reason_occurs(name: str) -> None:
    reasons = {answer[1] for answer in answers(name, Kopilot()).values() if answer}
    assert {"planned", "first", "returning", "expired", "never_invoiced", "marked", "leaving", "empty"} < reasons


@every_company
@pytest.mark.parametrize("day", OTHER_DAYS)
def test_the_portfolio_is_the_same_on_any_day(name: str, day: date) -> None:
    assert answers(name, Kopilot(), day) == answers(name, Kopilot())


@every_company
def test_some_clients_are_new_in_every_month_and_today_is_no_exception(name: str) -> None:
    months = [date(2025 + month // 12, month % 12 + 1, 28) for month in range(2, 14)]
    facts = open_facts(Facts(**company(name, DAY)))
    counts = []
    for day in (*months, DAY):
        stands = standing(facts, day=day, policy=policy("kopilot")).filter(nw.col("segment") == "new")
        counts.append(len(facts.room.rows(stands.select("client_id"))))
    assert min(counts) >= 1
    assert counts[-1] <= 2 * counts[-2]


@every_company
def test_what_was_planned_was_known_ten_to_forty_five_days_before(name: str) -> None:
    issued = [row for row in rows(name)["invoices"] if row["state"] == "issued" and row["issued_on"] <= DAY]
    ahead = [(row["issued_on"] - row["known_on"]).days for row in issued]
    assert {days for days in ahead if days} <= set(range(10, 46))
    assert 0.1 < sum(map(bool, ahead)) / len(ahead) < 0.25


@every_company
def test_no_name_has_one_letter_three_times_in_a_row(name: str) -> None:
    assert not [row["name"] for row in rows(name)["clients"] if re.search(r"(.)\1\1", row["name"].lower())]


def test_the_services_firm_is_mostly_healthy_with_some_on_their_way_out() -> None:
    counts = segments("services", Kopilot())
    assert 0.45 < counts["active"] / 120 < 0.55
    assert counts["leaving"] >= 6


@every_company
def test_one_rep_has_most_of_the_leaving_clients_and_they_are_worth_a_call(name: str) -> None:
    reps = {row["client_id"]: row["rep"] for row in rows(name)["clients"]}
    leaving = [client for client, answer in answers(name, Kopilot()).items() if answer and answer[0] == "leaving"]
    (rep, most), (_, next_most) = Counter(reps[client] for client in leaving).most_common(2)
    money = sum(row["amount"] for row in rows(name)["invoices"] if row["client_id"] in leaving)
    assert rep == "Marta Ruiz"
    assert most >= 2 * next_most
    assert money > len(leaving) * 20 * RANGES[name][0]


def test_an_unknown_company_is_told_the_nearest() -> None:
    with pytest.raises(UnknownNameError, match="Did you mean 'distributor'"):
        company("distributer", DAY)


@pytest.mark.parametrize("day", [date.min, date.max])
def test_a_day_at_an_end_of_the_calendar_is_refused_with_a_way_out(day: date) -> None:
    with pytest.raises(InputError, match=f"ends on {day}. Choose a day from 0010-01-01"):
        company("services", day)


@every_company
@pytest.mark.parametrize("day", [date(10, 1, 1), date(9990, 12, 31)])
def test_the_first_and_the_last_day_work(name: str, day: date) -> None:
    assert company(name, day)["clients"].num_rows == SIZES[name][0]


def test_listing_the_companies_loads_nothing_heavy() -> None:
    program = "import sys, cartera.sources.demo; print({'pyarrow', 'narwhals'} & set(sys.modules) or 'light')"
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "light"
