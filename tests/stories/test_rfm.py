"""What must the scores be? The 995 rows that others published, a name for every cell, and portfolios of a few."""

from __future__ import annotations

import csv
from collections import Counter
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from typing import Any

import pytest
from tests.shared import shared

import cartera
from cartera.app.scope import EVERYTHING
from cartera.app.show import Ask, show, view_called
from cartera.app.sources import Opened, open_source
from cartera.engine import open_facts
from cartera.errors import CarteraError
from cartera.portfolio.breaks import read_breaks
from cartera.portfolio.cells import CELLS, SCORES, Cell, cell_of, definitions, fm_score
from cartera.portfolio.policy import Policy
from cartera.portfolio.rfm import Scoring, rfm_cuts

END = date(2006, 12, 31)
DAY = date(2026, 3, 31)
KOPILOT = Policy.kopilot()


@cache
def orders() -> cartera.Facts:
    return open_source(EVERYTHING, str(shared("data", "r_rfm_data_orders.csv"))).facts


def published() -> Counter[tuple[Any, ...]]:
    with shared("data", "r_rfm_expected_orders_published.csv").open(encoding="utf-8", newline="") as file:
        names = ("rfm_score", "transaction_count", "recency_days", "amount")
        return Counter(tuple(Decimal(row[name]) for name in names) for row in csv.DictReader(file))


def test_the_published_rows_of_r_come_out_equal() -> None:
    rows = cartera.rfm(orders(), day=END, window="all", scores="r").to_pylist()
    ours = Counter((row["rfm_score"], row["frequency"], row["recency_days"], row["monetary"]) for row in rows)
    assert ours.total() == 995
    assert ours == published()
    by_score = {axis: Counter(row[f"{axis}_score"] for row in rows) for axis in "rfm"}
    assert [by_score["r"][score] for score in SCORES] == [197, 200, 199, 199, 200]
    assert [by_score["f"][score] for score in SCORES] == [268, 187, 176, 244, 120]
    assert [by_score["m"][score] for score in SCORES] == [200, 200, 198, 202, 195]


def test_its_cuts_are_the_published_ones() -> None:
    found = rfm_cuts(orders(), day=END, scoring=Scoring("all", "r"))
    assert {axis: [str(cut.normalize()) for cut in one.cuts] for axis, one in found.items()} == {
        "recency": ["115", "181", "297.4", "482"],
        "frequency": ["4", "5", "6", "8"],
        "monetary": ["255.8", "382", "506.4", "666"],
    }


def test_the_usual_scores_differ_from_r_only_where_the_rules_do() -> None:
    rows = cartera.rfm(orders(), day=END, window="all").to_pylist()
    usual = Counter((row["rfm_score"], row["frequency"], row["recency_days"], row["monetary"]) for row in rows)
    assert (usual & published()).total() == 992


def test_purchase_dates_count_the_orders_of_one_day_once() -> None:
    by_date, by_order = (
        sum(cartera.rfm(orders(), day=END, window="all", frequency=way)["frequency"].to_pylist())
        for way in ("dates", "invoices")
    )
    assert (by_order, by_order - by_date) == (4906, 11)


def test_each_of_the_125_cells_has_exactly_one_name() -> None:
    for r in SCORES:
        for f in SCORES:
            for m in SCORES:
                assert sum(cell.holds(r, fm_score(f, m)) for cell in CELLS) == 1
    assert {cell_of(r, fm) for r in SCORES for fm in SCORES} == {cell.name for cell in CELLS}
    assert [name for name, _ in definitions()] == [*(cell.name for cell in CELLS), "no purchase"]


@pytest.mark.parametrize(("f", "m", "across"), [(1, 1, 1), (1, 2, 2), (5, 1, 3), (4, 4, 4), (4, 5, 5), (5, 5, 5)])
def test_frequency_and_money_share_one_place_across(f: int, m: int, across: int) -> None:
    assert fm_score(f, m) == fm_score(m, f) == across


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        (CELLS[1:], "the cell of recency 4 and frequency with money 5 has no name."),
        (
            (*CELLS, Cell("odd", (3, 3), (3, 3), "")),
            "recency 3 and frequency with money 3 has the names wavering, odd.",
        ),
    ],
)
def test_names_with_holes_or_overlaps_are_refused(cells: tuple[Cell, ...], told: str) -> None:
    with pytest.raises(CarteraError) as refused:
        [cell_of(r, fm, cells) for r in SCORES for fm in SCORES]
    assert told in str(refused.value)


def few(*sales: tuple[str, int, str]) -> Opened:
    """A portfolio of invoices told as client, days ago, amount."""
    rows = {
        "client_id": [client for client, _, _ in sales],
        "issued_on": [DAY - timedelta(ago) for _, ago, _ in sales],
        "amount": [Decimal(amount) for _, _, amount in sales],
    }
    import pyarrow as pa

    types = pa.schema([("client_id", pa.string()), ("issued_on", pa.date32()), ("amount", pa.decimal128(18, 4))])
    return Opened("few", open_facts(cartera.Facts(invoices=pa.table(rows, types))))


def told(source: Opened, view: str = "rfm", **options: Any) -> Any:
    return show(EVERYTHING, source, view_called(view), Ask(KOPILOT, day=DAY, options=options))


def scores(source: Opened, **options: Any) -> dict[str, int | None]:
    return {row["client_id"]: row["rfm_score"] for row in told(source, **options).rows.to_pylist()}


def test_nobody_and_nobody_lately() -> None:
    assert told(few()).sentence == "No client yet."
    assert told(few(), "rfm_grid").sentence == "Nobody bought in the last 365 days, so the grid is empty."
    old = few(("a", 365, "10"))
    assert told(old).sentence == "Nobody bought in the last 365 days, so nobody is scored."
    assert (
        told(old).rows.to_pylist()[0] | {"recency_days": 365, "frequency": 0, "cell": "no purchase"}
        == (told(old).rows.to_pylist()[0])
    )
    assert scores(old, window="all") == {"a": 511}


def test_one_client_cannot_be_compared() -> None:
    answer = told(few(("a", 3, "10"), ("a", 9, "20")))
    assert "One client alone cannot be compared" in answer.sentence
    assert answer.rows["average_amount"].to_pylist() == [Decimal("15.0000")]


def test_five_clients_take_the_five_scores() -> None:
    sales = [(name, 10 * n, "10") for n, name in enumerate("abcde", 1) for _ in range(n)]
    assert scores(few(*sales)) == {"a": 511, "b": 422, "c": 333, "d": 244, "e": 155}
    assert "because" not in told(few(*sales)).sentence


def test_equal_clients_are_never_split_and_the_sentence_says_so() -> None:
    equal = few(*((name, 5, "10") for name in "abcdefg"))
    assert set(scores(equal).values()) == {511}
    assert "1 for recency, 1 for frequency, 1 for money occur, because equal clients are never split" in (
        told(equal).sentence
    )
    three = few(("a", 1, "1"), ("b", 2, "2"), ("c", 3, "3"))
    assert "because there are fewer than 5 clients" in told(three).sentence


def test_the_window_ends_after_365_days() -> None:
    source = few(("in", 364, "10"), ("out", 365, "10"))
    assert {row["client_id"]: row["frequency"] for row in told(source).rows.to_pylist()} == {"in": 1, "out": 0}


TEXT = "recency = [30, 90, 180, 270]\nfrequency = [1, 3, 6, 12]\nmonetary = [100, 500.50, 2000, 10000]\n"


def test_a_value_equal_to_a_fixed_break_lies_below_it() -> None:
    breaks = read_breaks(TEXT, "breaks.toml")
    source = few(("a", 30, "500.50"), ("b", 31, "500.5001"), ("b", 40, "0.0001"), ("c", 271, "99999"))
    assert scores(source, scores=breaks) == {"a": 512, "b": 423, "c": 115}
    assert "nobody lies between some of the breaks" not in told(source, scores=breaks).sentence
    assert str(breaks) == "recency 30 90 180 270, frequency 1 3 6 12, monetary 100 500.50 2000 10000"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("recency = [30", "b.toml: not a TOML text"),
        ("", "b.toml: the breaks of recency are missing. For example recency = [30, 90, 180, 270]"),
        (TEXT + "money = [1]", "b.toml, line 4: money has no scores. Did you mean 'monetary'?"),
        (TEXT.replace("90", "20"), "b.toml, line 1: recency wants four breaks that rise; found: 30, 20, 180, 270."),
        (TEXT.replace("[1, 3, 6, 12]", "[1, 3, 6]"), "b.toml, line 2: frequency wants four breaks that rise"),
        (
            TEXT.replace("[1, 3, 6, 12]", "[1.5, 3, 6, 9]"),
            "b.toml, line 2: frequency has the break 1.5, no whole number",
        ),
        (TEXT.replace("100,", "0.00001,"), "b.toml, line 3: monetary has the break 0.00001, no amount of at most four"),
        (TEXT.replace("100,", "inf,"), "b.toml, line 3: monetary has the break Infinity, no amount"),
        (TEXT.replace("100,", "'100',"), "b.toml, line 3: monetary has the break '100', no amount"),
        (TEXT.replace("[1, 3, 6, 12]", "3"), "b.toml, line 2: frequency wants four breaks that rise; found: 3."),
    ],
)
def test_a_file_of_breaks_that_cannot_be_used_says_where_and_how(text: str, message: str) -> None:
    with pytest.raises(CarteraError) as refused:
        read_breaks(text, "b.toml")
    assert message in str(refused.value)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"window": "366"}, "unknown window '366'"),
        ({"scores": "quintile"}, "unknown scores 'quintile'. Did you mean 'quantile'?"),
        ({"frequency": "date"}, "unknown frequency 'date'. Did you mean 'dates'?"),
    ],
)
def test_another_word_is_refused_with_the_nearest(options: dict[str, str], message: str) -> None:
    with pytest.raises(CarteraError) as refused:
        told(few(("a", 1, "1")), **options)
    assert message in str(refused.value)
