"""What does the profile of one client hold? One client with everything that can happen, section by section."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pyarrow as pa
import pytest

import cartera
from cartera.app.scope import EVERYTHING
from cartera.app.show import Ask, show, view_called
from cartera.app.sources import Opened
from cartera.engine import open_facts
from cartera.facts.schema import schema

DAY = date(2026, 3, 31)
CLIENTS = [
    {"client_id": "ana", "name": "Ana & Co", "created_on": date(2024, 1, 1), "rep": "Bo", "email": "ana@example.org"},
    {"client_id": "zoe", "name": "Zoe", "created_on": date(2026, 4, 1)},
]
INVOICES = [
    {"invoice_id": "1", "issued_on": date(2024, 12, 1), "amount": 100, "paid_on": date(2025, 1, 5)},
    {"invoice_id": "2", "issued_on": date(2025, 3, 31), "amount": 40, "number": "R-2", "due_on": date(2025, 4, 30)},
    {"invoice_id": "3", "issued_on": date(2025, 4, 1), "amount": 60, "paid_on": date(2026, 4, 1)},
    {"invoice_id": "4", "issued_on": date(2025, 6, 1), "amount": 10},
    {"invoice_id": "5", "issued_on": date(2025, 6, 2), "amount": -10, "kind": "credit_note", "credits": "4"},
    {"invoice_id": "6", "issued_on": date(2025, 7, 1), "amount": 5, "state": "void", "void_on": date(2025, 7, 2)},
    {"invoice_id": "7", "issued_on": date(2025, 3, 1), "amount": 7, "state": "planned"},
    {"invoice_id": "8", "issued_on": date(2026, 3, 1), "amount": 8, "state": "planned"},
    {"invoice_id": "9", "issued_on": date(2026, 5, 1), "amount": 9, "state": "planned"},
    {"invoice_id": "10", "issued_on": date(2026, 4, 20), "amount": 11, "known_on": date(2026, 4, 5)},
]
LINES = [
    {"invoice_id": "1", "product": "Old", "quantity": 2, "amount": 100},
    {"invoice_id": "2", "product": "Tea", "quantity": 1, "amount": 40},
    {"invoice_id": "3", "product": "Tea", "quantity": Decimal("2.5"), "amount": 60},
]
MARKS = [{"client_id": "ana", "mark": "reactivated", "marked_on": date(2025, 1, 2), "by": "Bo", "note": "Called back"}]


def table(name: str, rows: list[dict[str, Any]]) -> pa.Table:
    kinds = {"String": pa.string(), "Date": pa.date32(), "Int64": pa.int64(), "Boolean": pa.bool_()}
    fields = {column: kinds.get(str(dtype), pa.decimal128(38, 4)) for column, dtype in schema(name).items()}
    fields = {column: kind for column, kind in fields.items() if any(column in row for row in rows)}
    return pa.Table.from_pylist(rows, pa.schema(fields))


def facts(**others: Any) -> cartera.Facts:
    common = {"client_id": "ana", "kind": "invoice", "state": "issued", "currency": "EUR"}
    invoices = [common | row for row in INVOICES]
    tables = {"clients": CLIENTS, "invoices": invoices, "lines": LINES, "marks": MARKS} | others
    return cartera.Facts(**{name: table(name, rows) for name, rows in tables.items() if rows is not None})


def section(name: str, rows: list[dict[str, Any]]) -> list[tuple[Any, ...]]:
    return [(r["what"], r["on"], r["amount"], r["text"]) for r in rows if r["section"] == name]


@pytest.fixture(scope="module")
def profile() -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = cartera.client(facts(), "ana", day=DAY).to_pylist()
    return rows


def test_where_it_stands_why_what_comes_next_and_what_to_do(profile: list[dict[str, Any]]) -> None:
    assert section("client", profile) == [("Ana & Co", date(2024, 1, 1), None, "ana")]
    [(segment, _, _, why)] = section("segment", profile)
    [(state,)] = [(row,) for row in cartera.activity(facts(), day=DAY).to_pylist() if row["client_id"] == "ana"]
    assert (segment.lower().replace(" ", "_"), why) == (state["segment"], state["explanation"])
    assert section("to do", profile) == [(cartera.explain(facts(), "ana", day=DAY).todo, None, None, None)]


def test_its_value_tiles_and_adds_up(profile: list[dict[str, Any]]) -> None:
    told = {what: amount for what, _, amount, _ in section("value", profile)}
    assert told == {"last 365 days": 60, "365 days before": 140, "all time": 200, "at stake": 200, "coming": 9}
    assert all(isinstance(amount, Decimal) for amount in told.values())


def test_a_product_of_the_year_before_alone_is_stopped(profile: list[dict[str, Any]]) -> None:
    assert section("bought", profile) == [("Tea", date(2025, 4, 1), 60, "2.5 units")]
    assert section("stopped", profile) == [("Old", date(2024, 12, 1), 100, "2 units")]


def test_documents_are_told_as_they_are_known_on_the_day(profile: list[dict[str, Any]]) -> None:
    assert section("invoices", profile) == [
        ("void invoice", date(2025, 7, 1), 5, "6"),
        ("credit note", date(2025, 6, 2), -10, "5"),
        ("invoice", date(2025, 6, 1), 10, "4, taken back by credit notes"),
        ("invoice", date(2025, 4, 1), 60, "3"),
        ("invoice", date(2025, 3, 31), 40, "R-2, due 2025-04-30"),
        ("invoice", date(2024, 12, 1), 100, "1, paid 2025-01-05"),
    ]


def test_a_plan_is_coming_broken_or_overtaken_and_one_not_known_yet_is_not_told(profile: list[dict[str, Any]]) -> None:
    assert section("plans", profile) == [
        ("planned", date(2026, 5, 1), 9, "9"),
        ("broken", date(2026, 3, 1), 8, "8, not issued on its day"),
        ("overtaken", date(2025, 3, 1), 7, "7, an invoice followed"),
    ]


def test_marks_and_contact_close_the_profile(profile: list[dict[str, Any]]) -> None:
    assert section("marks", profile) == [("reactivated", date(2025, 1, 2), None, "Called back, by Bo")]
    assert section("contact", profile) == [("rep", None, None, "Bo"), ("email", None, None, "ana@example.org")]
    assert [row["place"] for row in profile] == list(range(len(profile)))


def test_the_timeline_is_the_clients_own(profile: list[dict[str, Any]]) -> None:
    rows = [row for row in profile if row["section"] == "timeline"]
    own = [row for row in cartera.timeline(facts()).to_pylist() if row["client_id"] == "ana"]
    spans = sorted((row["from_on"], row["until_on"] or date.max) for row in own)
    assert [(row["on"], row["until_on"] or date.max) for row in rows] == spans


def asked(of: cartera.Facts, **where: str) -> Any:
    ask = Ask(cartera.Policy.kopilot(), day=DAY, where=tuple(where.items()))
    return show(EVERYTHING, Opened("facts", open_facts(of)), view_called("client"), ask)


def test_the_strip_has_a_pin_per_invoice_and_a_hollow_one_per_plan_to_come() -> None:
    answer = asked(facts(), name="Ana & Co")
    drawn = answer.view.picture.rows(answer.rows.to_pylist(), answer.query)
    pins = [(row["amount"], row["planned"]) for row in drawn if row["kind"] == "invoice"]
    assert pins == [(10, False), (60, False), (40, False), (100, False), (9, True), (8, True)]
    assert answer.sentence.startswith("Ana & Co: ")


def monthly(*days: date) -> cartera.Facts:
    rows = [{"invoice_id": str(on), "issued_on": on, "amount": 10} for on in days]
    common = {"client_id": "ana", "kind": "invoice", "state": "issued"}
    return facts(invoices=[common | row for row in rows], lines=None)


def rhythm_of(answer: Any) -> list[tuple[str, str, str]]:
    drawn = answer.view.picture.rows(answer.rows.to_pylist(), answer.query)
    return [(row["kind"], row["from_on"], row["until_on"]) for row in drawn if row["kind"] in ("usual", "next")]


# Gaps of 30, 30, 30 and 40 days: 30 is usual, 37 the limit, so that the 38th day is the first beyond it.
FOUR_GAPS = (date(2025, 11, 1), date(2025, 12, 1), date(2025, 12, 31), date(2026, 1, 30), date(2026, 3, 11))


def test_the_strip_shows_when_its_own_rhythm_expects_it_and_when_it_is_late() -> None:
    answer = asked(monthly(*FOUR_GAPS), client_id="ana")
    assert rhythm_of(answer) == [("usual", "2026-04-10", "2026-04-18"), ("next", "2026-04-10", "2026-04-18")]
    assert answer.sentence.endswith("By its own rhythm it buys on 2026-04-10 and is late from 2026-04-18 on.")


def test_a_rhythm_that_was_missed_is_told_as_past() -> None:
    earlier = [on.replace(year=on.year - 1) for on in FOUR_GAPS]
    answer = asked(monthly(*earlier), client_id="ana")
    assert answer.sentence.endswith("By its own rhythm it was to buy on 2025-04-10 and has been late since 2025-04-18.")
    assert [row["until_on"] for row in answer.rows.to_pylist() if row["section"] == "rhythm"] == [date(2025, 4, 18)]


def test_too_short_a_history_draws_no_rhythm_and_says_so() -> None:
    answer = asked(monthly(*FOUR_GAPS[1:]), client_id="ana")
    assert rhythm_of(answer) == []
    short = "Not enough history for a rhythm of its own: 3 gaps between its purchase dates; a rhythm takes 4."
    assert answer.sentence.endswith(short)


def test_without_lines_there_are_no_products_and_it_says_how_to_get_them() -> None:
    answer = asked(facts(lines=None), client_id="ana")
    assert not {"bought", "stopped"} & set(answer.rows["section"].to_pylist())
    assert any("add a table lines" in notice for notice in answer.notices)


def test_several_clients_and_none_are_refused() -> None:
    with pytest.raises(cartera.CarteraError, match="none fits by 2026-03-31"):
        asked(facts(), client_id="zoe")
    both = [row | {"created_on": date(2024, 1, 1)} for row in CLIENTS]
    with pytest.raises(cartera.CarteraError, match=r"2 fit\. Name it: --where client_id=ana \(also: zoe\)\."):
        asked(facts(clients=both))
