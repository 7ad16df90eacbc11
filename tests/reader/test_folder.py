"""How is a folder of fact tables in our own schema read? Only invoices are needed; a bad row costs itself alone."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from tests.reader.given import buckets, refused, written

from cartera.errors import InputError
from cartera.sources.files import Reading, ReadOptions
from cartera.sources.files.folder import read_folder

INVOICES = "client_id,issued_on,amount\nc1,2026-01-31,1.000\n"


def folder(path: Path, **tables: str) -> Reading:
    for name, text in tables.items():
        written(path, text, f"{name}.csv")
    return read_folder(path)


def test_three_columns_are_enough_and_a_point_divides_decimals(tmp_path) -> None:
    reading = folder(tmp_path, invoices=INVOICES)
    assert reading.tables["invoices"].to_pylist() == [
        {"client_id": "c1", "issued_on": date(2026, 1, 31), "amount": Decimal("1.0000")}
    ]
    assert buckets(reading) == (2, 1, 0, 1)


def test_bad_rows_become_problems(tmp_path) -> None:
    reading = folder(
        tmp_path,
        invoices="""
            client_id,issued_on,amount,state
            c1,2026-01-31,1,issued
            c1,2026-02-30,1,issued
            c1,31/01/2026,1,issued
            c1,2026-01-31,x,issued
            c1,2026-01-31,1,sold
            c1,,1,issued
            c1,2026-01-31
            c1,2026-01-31,1,issued,more
            ,2026-01-31,,void
        """,
        clients="client_id,created_on\nc1,2020-01-01\nc1,2021-01-01\n,2020-01-01\n",
        marks="client_id,mark,marked_on\nc1,gone,2026-01-01\nc1,lost,2026-01-01\n",
    )
    assert {name: table.num_rows for name, table in reading.tables.items()} == {"clients": 1, "invoices": 2, "marks": 1}
    assert refused(reading) == [
        ("REPEATED_CLIENT", "line 3", "client_id", "c1"),
        ("MISSING_CLIENT", "line 4", "client_id", ""),
        ("BAD_DATE", "line 3", "issued_on", "2026-02-30"),
        ("BAD_DATE", "line 4", "issued_on", "31/01/2026"),
        ("BAD_NUMBER", "line 5", "amount", "x"),
        ("UNKNOWN_TYPE", "line 6", "state", "sold"),
        ("MISSING_DATE", "line 7", "issued_on", ""),
        ("TOO_SHORT", "line 8", "", "c1,2026-01-31"),
        ("TOO_LONG", "line 9", "", "c1,2026-01-31,1,issued,more"),
        ("UNKNOWN_TYPE", "line 2", "mark", "gone"),
    ]


def test_moments_keep_their_order_across_zones(tmp_path) -> None:
    stamps = ["2026-05-01T10:00:00+02:00", "2026-05-01T09:00:00Z", "2026-05-01 09:30:00", "2026-05-02"]
    rows = "".join(f"c1,lost,2026-05-01,{stamp}\n" for stamp in stamps)
    reading = folder(tmp_path, invoices=INVOICES, marks=f"client_id,mark,marked_on,recorded_at\n{rows}")
    assert reading.tables["marks"]["recorded_at"].to_pylist() == [
        datetime(2026, 5, 1, 8), datetime(2026, 5, 1, 9), datetime(2026, 5, 1, 9, 30), datetime(2026, 5, 2),
    ]  # fmt: skip


def test_flags_in_any_spelling(tmp_path) -> None:
    rows = "c1,true,0\nc2,YES,no\nc3,1,False\nc4,,\nc5,maybe,1\n"
    reading = folder(tmp_path, invoices=INVOICES, clients=f"client_id,interest,can_pay\n{rows}")
    clients = reading.tables["clients"]
    assert clients["interest"].to_pylist() == [True, True, True, None]
    assert clients["can_pay"].to_pylist() == [False, False, False, None]
    assert refused(reading) == [("BAD_WORD", "line 6", "interest", "maybe")]


def test_further_columns_stay_as_text(tmp_path) -> None:
    reading = folder(tmp_path, invoices="client_id;issued_on;amount;Shop\nc1;2026-01-31;1;007\nc2;2026-01-31;1;\n")
    assert reading.tables["invoices"]["Shop"].to_pylist() == ["007", None]


def test_tables_with_a_header_only_are_empty(tmp_path) -> None:
    reading = folder(tmp_path, invoices=INVOICES, marks="client_id,mark,marked_on\n", clients="client_id\n")
    assert (reading.tables["marks"].num_rows, reading.tables["clients"].num_rows) == (0, 0)


def test_parquet_says_the_same_as_text(tmp_path) -> None:
    text = folder(tmp_path, invoices="client_id,issued_on,amount,state\nc1,2026-01-31,1.50,issued\n,2026-01-31,2,\n")
    (tmp_path / "invoices.csv").unlink()
    typed = pa.table({
        "client_id": ["c1", ""], "issued_on": [date(2026, 1, 31)] * 2, "amount": [1.5, 2.0], "state": ["issued", None],
    })  # fmt: skip
    pq.write_table(typed, tmp_path / "invoices.parquet")
    assert read_folder(tmp_path).tables["invoices"].to_pylist() == text.tables["invoices"].to_pylist()


def test_gzip(tmp_path) -> None:
    written(tmp_path, INVOICES, "invoices.csv.gz")
    assert read_folder(tmp_path).tables["invoices"].num_rows == 1


def test_the_empty_date_of_a_program_is_no_day(tmp_path) -> None:
    days = pa.array([date(1, 1, 1), date(2026, 1, 31)])
    pq.write_table(
        pa.table({"client_id": ["c1", "c2"], "issued_on": days, "amount": [1, 2]}), tmp_path / "invoices.parquet"
    )
    reading = read_folder(tmp_path)
    assert refused(reading) == [("BAD_DATE", "row 1", "issued_on", "0001-01-01")]
    assert reading.problems[0].hint.startswith("This is a program's empty date")


def test_a_folder_has_no_sheet(tmp_path) -> None:
    pq.write_table(pa.table({"client_id": ["c1"]}), tmp_path / "clients.parquet")
    written(tmp_path, INVOICES, "invoices.csv")
    with pytest.raises(InputError, match=r"clients.parquet: there is no sheet '2026': this is no workbook"):
        read_folder(tmp_path, ReadOptions(sheet="2026"))
