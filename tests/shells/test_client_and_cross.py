"""How do one client and a cross-table read on the command line, and what is said to a question that fits neither?"""

from __future__ import annotations

import json
from decimal import Decimal

import pytest
from tests.shells.shell import cartera

DAY = "--day 2026-03-31"


def test_what_nobody_stated_is_a_column_of_its_own_and_the_totals_are_all_clients(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("COLUMNS", "140")
    lines = cartera(f"show cross demo {DAY} --by status --by rep").out.splitlines()
    head = next(line for line in lines if line.startswith("Status"))
    assert head.split()[-1] == "unknown"
    total = next(line for line in lines if line.startswith("Total"))
    assert sum(map(int, total.split()[1:])) == 120


def test_classes_stand_in_the_order_in_which_people_say_them() -> None:
    text = cartera(f"show cross demo {DAY} --by segment --by frequency").out
    assert "frequent  regular  occasional  none" in text
    rows = json.loads(cartera(f"show cross demo {DAY} --by frequency --by status --format json").out)
    assert list(dict.fromkeys(row["frequency"] for row in rows)) == ["frequent", "regular", "occasional", "none"]


def test_a_measure_fills_the_cells_with_money(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "140")
    text = cartera(f"show cross demo {DAY} --by abc --by segment --measure amount").out
    assert "(EUR)" in text
    rows = json.loads(cartera(f"show cross demo {DAY} --by abc --by segment --format json").out)
    whole = json.loads(cartera(f"show composition demo {DAY} --format json").out)
    assert sum(Decimal(row["amount"]) for row in rows) == sum(Decimal(row["amount"]) for row in whole)


def test_rows_of_a_profile_name_their_own_currency() -> None:
    rows = json.loads(cartera(f"show client demo {DAY} --where client_id=C014 --format json").out)
    assert {row["currency"] for row in rows if row["amount"] is not None} == {"EUR"}
    assert list(rows[0]) == ["section", "what", "on", "until_on", "amount", "currency", "text"]
    assert "Amount (EUR)" not in cartera(f"show client demo {DAY} --where client_id=C014").out


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("client demo", "a profile shows one client, and 120 fit. Name it: --where client_id=C001 (also: C002,"),
        ("client demo --where segment=leaving", "a profile shows one client, and 8 fit. Name it: --where client_id="),
        ("client demo --by rep", "--by: the view 'client' does not take it."),
        ("cross demo --by rep --by rep", "--by: a cross-table has two different sides, not rep, rep."),
        ("cross demo --by rep --by status --by abc", "--by: a cross-table has two different sides, not rep, status,"),
        ("cross demo --by statos", "--by: unknown column 'statos'. Did you mean 'status'?"),
        ("cross demo --measure profit", "--measure: unknown measure 'profit'. Valid: amount."),
    ],
)
def test_what_cannot_be_shown_is_refused_with_a_way_out(words: str, told: str) -> None:
    ended = cartera(f"show {words} {DAY}")
    assert (ended.out, ended.status) == ("", 2)
    assert told in " ".join(ended.told.split())
