"""What do --measure and --window do to ABC, volume and concentration, and what is said where a measure is not known?"""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.shells.shell import cartera

DAY = "--day 2026-03-31"
FEW = "client_id,issued_on,amount\na,2026-01-01,90\nb,2026-01-02,10\nb,2024-01-02,990\n"


@pytest.fixture
def few(tmp_path: Path) -> Path:
    """Two clients in a file of three columns."""
    file = tmp_path / "few.csv"
    file.write_text(FEW, encoding="utf-8")
    return file


def test_another_measure_and_window_rank_otherwise(few: Path) -> None:
    for options, classes in (("", ["A", "B"]), ("--window all", ["A", "B"]), ("--measure invoices", ["A", "A"])):
        rows = json.loads(cartera(f"show abc {few} {DAY} {options} --format json").out)
        assert [row["abc"] for row in rows] == classes
        assert rows[0]["client_id"] == ("b" if options == "--window all" else "a")


@pytest.mark.parametrize(("measure", "column"), [("profit", "cost"), ("quantity", "quantity")])
def test_what_three_columns_do_not_tell_is_asked_for(few: Path, measure: str, column: str) -> None:
    ended = cartera(f"show abc {few} {DAY} --measure {measure}")
    assert ended.status == 2
    told = " ".join(ended.told.split())
    assert f"lines.{column}: no line tells" in told
    assert "Add it to a table lines(invoice_id, amount, quantity, cost) beside the invoices" in told
    assert not ended.out


@pytest.mark.parametrize("view", ["volume", "concentration", "worth"])
def test_three_columns_are_enough_for_the_rest(few: Path, view: str) -> None:
    ended = cartera(f"show {view} {few} {DAY}")
    assert ended.status == 0
    assert "2 clients" in " ".join(ended.out.split())


@pytest.mark.parametrize(("first", "is_told"), [("2024-12-01", True), ("2025-06-01", True), ("2024-01-20", False)])
@pytest.mark.parametrize("view", ["concentration", "worth", "figures", "funnel"])
def test_a_year_before_that_is_not_whole_is_told(tmp_path: Path, view: str, first: str, is_told: bool) -> None:
    file = tmp_path / "young.csv"
    file.write_text(f"client_id,issued_on,amount\na,{first},90\nb,2026-01-02,10\n", encoding="utf-8")
    said = " ".join(cartera(f"show {view} {file} {DAY}").told.split())
    assert (f"The facts begin on {first}, inside or after the year before" in said) is is_told
