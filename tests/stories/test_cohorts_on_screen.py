"""How do cohorts read? Side by side by age on a screen and in a picture, in clients or in money; gaps are no zeros."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from tests.shared import shared
from tests.shells.shell import cartera

import cartera as library
from cartera.errors import InputError
from cartera.portfolio.policy import Policy
from cartera.views.cohorts import VIEW, _short, cells, sentence
from cartera.views.view import Query

CSV = """client_id,issued_on,amount
a,2026-01-10,100
b,2026-01-20,50.50
a,2026-02-01,25
c,2026-03-03,10
"""


def told(out: str) -> list[list[str]]:
    """The words of the lines of the table."""
    return [line.split() for line in out.splitlines() if line.startswith(("2026-", "Began", "Total"))]


@pytest.fixture
def source(tmp_path: Any) -> str:
    path = tmp_path / "sold.csv"
    path.write_text(CSV, encoding="utf-8")
    return str(path)


def test_ages_stand_side_by_side_and_the_future_is_empty(source: str) -> None:
    ended = cartera(f"show cohorts {source} --day 2026-03-15")
    assert told(ended.out) == [["Began", "0", "1", "2"], ["2026-01-01", "2", "1", "0"], ["2026-03-01", "1"]]
    assert "3 clients began in 2 months; 1 of the 2 with a finished next month bought in it." in ended.out
    assert "The last cell of every row is not finished: the month goes on after 2026-03-15." in ended.told


def test_who_began_before_the_dozen_cohorts_shown_is_counted(source: str) -> None:
    ended = cartera(f"show cohorts {source} --day 2027-02-10")
    assert "2 clients began before 2026-02-01 and are not shown: --since 2026-01-10 shows all." in ended.told
    assert "1 client began before 2026-03-01 and" not in ended.told
    assert "not shown" not in cartera(f"show cohorts {source} --day 2027-02-10 --since 2026-02-01").told


def test_money_fills_the_cells_when_asked(source: str) -> None:
    ended = cartera(f"show cohorts {source} --day 2026-03-31 --measure amount")
    assert told(ended.out)[1:] == [
        ["2026-01-01", "150.50", "25.00", "0.00"], ["2026-03-01", "10.00"], ["Total", "160.50", "25.00", "0.00"]
    ]  # fmt: skip
    assert "not finished" not in ended.told


@pytest.mark.parametrize(
    ("amount", "said"),
    [
        ("0", "0"),
        ("9999", "9,999"),
        ("10000", "10k"),
        ("123456.78", "123k"),
        ("3400000", "3.4m"),
        ("-12345678", "-12m"),
    ],
)
def test_money_in_a_cell_is_short(amount: str, said: str) -> None:
    assert _short(Decimal(amount)) == said


def test_a_cell_says_what_it_is() -> None:
    row = {"cohort_on": date(2026, 1, 1), "age": 0, "client_count": 4, "client_share": 1.0, "amount": Decimal("99.5")}
    later = row | {"age": 1, "client_count": 1, "client_share": 0.25, "is_unfinished": True}
    query = Query(date(2026, 5, 1), Policy.kopilot(), every="quarter")
    drawn = cells([row | {"is_unfinished": False}, later], query)
    assert [cell["text"] for cell in drawn] == ["4", "25 %"]
    assert drawn[1]["label"] == "Q1 2026, quarter 1: 1 of 4 clients (25.0 %), 100 net, not finished yet"
    assert sentence([row | {"is_unfinished": False}, later], query) == (
        "4 clients began in 1 quarter; no next quarter is finished yet."
    )


def test_another_measure_is_refused_with_the_one_there_is() -> None:
    with pytest.raises(InputError, match="not measured in profit"):
        cells([], Query(date(2026, 5, 1), Policy.kopilot(), options={"measure": "profit"}))
    assert "measure" in VIEW.takes


def test_the_first_cohort_of_online_retail_is_the_one_that_everybody_shows() -> None:
    """885 customers of December 2010, credit notes aside, and their months since: a fixture of public notebooks."""
    facts = library.read(shared("data", "online_retail_uci.csv.gz"))
    rows = library.cohorts(facts, day=date(2011, 12, 9)).to_pylist()
    first = sorted((row["age"], row["client_count"]) for row in rows if row["cohort_on"] == date(2010, 12, 1))
    assert [count for _, count in first] == [885, 324, 286, 340, 321, 352, 321, 309, 313, 350, 331, 445, 235]
