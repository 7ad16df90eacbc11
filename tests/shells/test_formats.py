"""What other programs receive: each format read back by somebody else's reader."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from decimal import Decimal
from zipfile import ZipFile

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from python_calamine import load_workbook
from tests.shells.answers import COLUMNS, ROWS, TYPES, answer

from cartera.app.export.formats import MODULES, chosen, encoded
from cartera.errors import CarteraError, UnknownNameError


def test_json_is_one_array_of_objects_with_the_names_of_the_schema():
    assert json.loads(encoded(answer(), "json")) == [
        {
            "name": "Ana & Co",
            "segment": "active",
            "last_issued_on": "2026-03-01",
            "days_left": None,
            "invoice_count": 1200,
            "amount": "1234567.50",
            "share": 0.75,
            "is_planned": True,
        },
        {
            "name": None,
            "segment": "sleeping_away",
            "last_issued_on": None,
            "days_left": 12,
            "invoice_count": 3,
            "amount": "-0.125",
            "share": 0.25,
            "is_planned": False,
        },
    ]


def test_csv_has_commas_no_byte_order_mark_and_no_totals():
    assert encoded(answer(), "csv").decode("utf-8") == (
        "name,segment,last_issued_on,days_left,invoice_count,amount,share,is_planned\n"
        "Ana & Co,active,2026-03-01,,1200,1234567.50,0.75,true\n"
        ",sleeping_away,,12,3,-0.125,0.25,false\n"
    )


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠"])  # noqa: RUF001
def test_no_text_cell_of_a_csv_can_become_a_formula_unless_raw(start: str):
    text = f'{start}HYPERLINK("x")'
    hostile = answer([{"name": text, "amount": Decimal(-5)}])
    assert cells(encoded(hostile, "csv"))[0]["name"] == f"'{text}"
    assert cells(encoded(hostile, "csv"))[0]["amount"] == "-5.00"
    assert cells(encoded(hostile, "csv", raw=True))[0]["name"] == text


def cells(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode("utf-8"), newline="")))


def test_csv_and_json_tell_the_same():
    for written, told in zip(cells(encoded(answer(), "csv")), json.loads(encoded(answer(), "json")), strict=True):
        assert written == {name: "" if value is None else str(value) for name, value in told.items()} | {
            "is_planned": str(told["is_planned"]).lower()
        }


@pytest.mark.parametrize(("name", "empty"), [("json", b"[]\n"), ("csv", ",".join(TYPES.names).encode() + b"\n")])
def test_an_answer_without_rows_is_still_well_formed(name: str, empty: bytes):
    assert encoded(answer([]), name) == empty


def test_parquet_keeps_types_and_exact_money():
    table = pq.read_table(pa.BufferReader(encoded(answer(), "parquet")))
    assert table.to_pylist() == ROWS
    assert table.schema.remove_metadata() == TYPES


def test_a_workbook_has_typed_cells_and_totals():
    sheet = load_workbook(io.BytesIO(encoded(answer(), "xlsx"))).get_sheet_by_name("clients").to_python()
    assert sheet[0] == [column.name for column in COLUMNS]
    assert sheet[1] == ["Ana & Co", "active", date(2026, 3, 1), "", 1200, 1234567.5, 0.75, True]
    assert sheet[2] == ["", "sleeping_away", "", 12, 3, -0.125, 0.25, False]
    assert sheet[3] == ["", "", "", "", 1203, 1234567.375, "", ""]


def test_a_workbook_says_what_was_asked_on_its_second_sheet():
    rows = load_workbook(io.BytesIO(encoded(answer(notices=("Mind the gap.",)), "xlsx"))).get_sheet_by_name("question")
    told = {name: text for name, text in rows.to_python()}  # noqa: C416 - rows are lists, not pairs
    assert told["question"] == "Who are my clients?"
    assert told["answer"] == "2 clients."
    assert told["day"] == "2026-03-31"
    assert told["policy"] == "kopilot"
    assert told["where"] == "country = France"
    assert told["column amount"] == "Sales (money)"
    assert told["notice"] == "Mind the gap."


def test_a_workbook_sums_with_formulas_and_runs_no_text():
    book = ZipFile(io.BytesIO(encoded(answer([{"name": "=1+1"}, {"name": "http://x"}]), "xlsx")))
    sheet = book.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>SUM(F2:F3)</f>" in sheet
    assert sheet.count("<f>") == 2
    assert "hyperlink" not in sheet
    assert 'pane ySplit="1"' in sheet


def test_money_longer_than_a_spreadsheet_can_hold_stays_exact_as_text():
    long = Decimal("12345678901234.5678")
    sheet = load_workbook(io.BytesIO(encoded(answer([{"amount": long}], totals={}), "xlsx"))).get_sheet_by_index(0)
    assert sheet.to_python()[1][5] == str(long)


@pytest.mark.parametrize("name", ["json", "csv", "parquet", "xlsx"])
def test_equal_answers_are_equal_files(name: str):
    assert encoded(answer(), name) == encoded(answer(), name)


def test_a_view_without_a_chart_says_so():
    with pytest.raises(CarteraError) as problem:
        encoded(answer(), "svg")
    assert str(problem.value) == "the view 'clients' has no chart. Use --format table, csv or xlsx."


@pytest.mark.parametrize(
    ("format_asked", "output", "meant"),
    [(None, None, "table"), (None, "a.CSV", "csv"), (None, "a.txt", "table"), ("json", "a.csv", "json")],
)
def test_the_format_is_the_one_asked_for_else_what_the_file_is_called(
    format_asked: str | None, output: str | None, meant: str
):
    assert chosen(format_asked, output) == meant


def test_an_unknown_format_gets_the_nearest():
    with pytest.raises(UnknownNameError) as problem:
        chosen("xslx", None)
    assert str(problem.value) == (
        "--format: unknown format 'xslx'. Did you mean 'xlsx'? Valid: table, json, csv, xlsx, parquet, svg."
    )


def test_every_format_has_its_module():
    assert set(MODULES) == {"json", "csv", "xlsx", "parquet", "svg"}
