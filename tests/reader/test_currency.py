"""Is money of one currency ever added to another's? Not by the reader: what names none is kept apart and told."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.reader.given import read

from cartera.sources.files import Reading, ReadOptions

APART = "1 row names no single currency while others are EUR: it is kept apart (--currency USD names theirs)."
KEPT = "are kept apart (--currency USD names theirs)."
SHARED = "The sign $ is used by several currencies: say which, such as --currency USD."


def codes(reading: Reading) -> list[str | None]:
    return reading.tables["invoices"]["currency"].to_pylist()


def money(folder: Path, *cells: str, **options: object) -> Reading:
    rows = "".join(f"A,{number},2026-01-31,{cell}\n" for number, cell in enumerate(cells))
    return read(folder, f"client,number,date,net\n{rows}", **options)


@pytest.mark.parametrize(
    ("cells", "found", "notices"),
    [
        (("€10.50", "$20.00"), ["EUR", "$"], [APART]),
        (("€10.50", "20.00"), ["EUR", "XXX"], [APART]),
        (("$10.50", "$20.00"), ["$", "$"], [SHARED]),
        (("$10.50", "20.00"), ["$", "XXX"], [f"2 rows name no single currency: they {KEPT}"]),
        (("$10.50", "kr 20.00"), ["$", "kr"], [f"2 rows name no single currency: they {KEPT}"]),
        (("10.50", "20.00"), [None, None], []),
    ],
)
def test_signs(tmp_path: Path, cells: tuple[str, ...], found: list[str | None], notices: list[str]) -> None:
    reading = money(tmp_path, *cells)
    assert (codes(reading), reading.notices) == (found, notices)


def test_the_sum_is_told_apart(tmp_path: Path) -> None:
    assert money(tmp_path, "€10.50", "$20.00").understood[-1].endswith("net 10.50 EUR, 20.00 $.")


def test_a_currency_told_is_that_of_rows_without_one(tmp_path: Path) -> None:
    reading = money(tmp_path, "€10.50", "$20.00", currency="usd")
    assert (codes(reading), reading.notices) == (["EUR", "USD"], [])


def test_an_empty_cell_of_the_currency_column_leaves_it_to_the_sign(tmp_path: Path) -> None:
    text = "client,number,date,net,currency\nA,1,2026-01-31,1,EUR\nA,2,2026-01-31,£2,\nA,3,2026-01-31,3,\n"
    assert codes(read(tmp_path, text)) == ["EUR", "GBP", "XXX"]


def test_a_code_is_put_in_capitals() -> None:
    assert ReadOptions(currency=" eur ").currency == "EUR"


@pytest.mark.parametrize(
    ("cells", "told", "found"),
    [
        (("$100.00", "€5.00"), "EUR", ["$", "EUR"]),
        (("$100.00", "$5.00"), "EUR", ["$", "$"]),
        (("$100.00", "€5.00", "7"), "CAD", ["CAD", "EUR", "CAD"]),
        (("£100.00", "¥5.00"), "JPY", ["GBP", "JPY"]),
        (("kr 100.00", "5.00"), "NOK", ["NOK", "NOK"]),
        (("kr 100.00", "5.00"), "USD", ["kr", "USD"]),
    ],
)
def test_a_shared_sign_is_never_of_a_currency_without_it(
    tmp_path: Path, cells: tuple[str, ...], told: str, found: list[str]
) -> None:
    reading = money(tmp_path, *cells, currency=told)
    assert codes(reading) == found
    assert any("used by several currencies" in notice for notice in reading.notices) == (
        {"$", "kr"} & {*found} != set()
    )


def test_a_code_that_is_no_currency_is_refused(tmp_path: Path) -> None:
    text = "client,number,date,net,currency\nA,1,2026-01-31,1,XXY\nA,2,2026-01-31,2,eur\nA,3,2026-01-31,XXY 3,\n"
    reading = read(tmp_path, text)
    assert [(one.code, one.column, one.value) for one in reading.problems] == [
        ("UNKNOWN_CURRENCY", "currency", "XXY"),
        ("UNKNOWN_CURRENCY", "net", "XXY 3"),
    ]
    assert codes(reading) == ["EUR"]


@pytest.mark.parametrize("code", ["VEF", "ROL", "TRL", "DEM", "FRF", "RUR", "YUM", "ZWL", "BYR", "MRO", "SLL", "ANG"])
def test_a_currency_that_is_no_more_is_one_in_old_files(tmp_path: Path, code: str) -> None:
    reading = read(tmp_path, f"client,number,date,net,currency\nA,1,1999-01-31,1,{code}\n")
    assert (codes(reading), reading.problems) == ([code], [])
