"""Can a cell of ours run in a spreadsheet? Names that begin like formulas, through every format that leaves."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from datetime import date
from itertools import product

import pyarrow as pa
import pytest
from tests.shells.shell import cartera

from cartera.app.export.tables import write_table
from cartera.facts.guard import FORMULA_STARTS

pytestmark = pytest.mark.thorough
BODIES = ["1+1", "cmd|'/c calc'!A0", 'HYPERLINK("http://x.example","y")', "SUM(A1:A9)", "{1}", "http://x.example", ""]
TEXTS = [f"{start}{body}{number}" for start, body, number in product([*FORMULA_STARTS, "{="], BODIES, range(18))]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Fact tables whose every text is hostile."""
    room = tmp_path_factory.mktemp("facts")
    count = len(TEXTS)
    days = pa.array([date(2026, 3, 1)] * count)
    ids = [f"c{number}" for number in range(count)]
    money = pa.array(["10"] * count).cast(pa.decimal128(18, 4))
    write_table(
        pa.table({"client_id": ids, "issued_on": days, "amount": money, "rep": TEXTS}), room / "invoices.parquet"
    )
    clients = {"client_id": ids, **dict.fromkeys(("name", "rep", "city", "email"), TEXTS)}
    write_table(pa.table(clients), room / "clients.parquet")
    return room


def written(folder, tmp_path, view: str, ending: str) -> bytes:
    target = tmp_path / f"{view}.{ending}"
    ended = cartera(f"show {view} {folder} --day 2026-03-31 --output {target}")
    assert ended.status == 0, ended.told
    return target.read_bytes()


def test_there_are_enough_cells():
    assert len(TEXTS) * 4 >= 5_000


@pytest.mark.parametrize("view", ["clients", "activity"])
def test_csv(folder, tmp_path, view):
    text = written(folder, tmp_path, view, "csv").decode()
    cells = [cell for row in csv.reader(io.StringIO(text, newline="")) for cell in row]
    assert len(cells) > len(TEXTS)
    assert not [cell for cell in cells if cell.startswith(FORMULA_STARTS)]


@pytest.mark.parametrize("view", ["clients", "activity"])
def test_workbooks(folder, tmp_path, view):
    with zipfile.ZipFile(io.BytesIO(written(folder, tmp_path, view, "xlsx"))) as book:
        names = [name for name in book.namelist() if name.startswith("xl/worksheets/") and name.endswith(".xml")]
        formulas = [one for name in names for one in re.findall(rb"<f>(.*?)</f>", book.read(name))]
        links = [
            one for name in book.namelist() if "rels" in name for one in re.findall(rb"x\.example", book.read(name))
        ]
    # The only formulas are our own totals, over a range of cells.
    assert not [one for one in formulas if not re.fullmatch(rb"SUM\([A-Z]+\d+:[A-Z]+\d+\)|SUBTOTAL\(.*\)", one)]
    assert not links


def test_exported_tables(tmp_path):
    table = pa.table(dict.fromkeys(("client_id", "name", "rep", "=city"), TEXTS))
    write_table(table, tmp_path / "clients.csv")
    with (tmp_path / "clients.csv").open(newline="", encoding="utf-8") as file:
        cells = [cell for row in csv.reader(file) for cell in row]
    assert len(cells) == 4 * (len(TEXTS) + 1) >= 5_000
    assert not [cell for cell in cells if cell.startswith(FORMULA_STARTS)]


def test_the_test_can_fail(tmp_path):
    write_table(pa.table({"name": TEXTS}), tmp_path / "raw.csv", raw=True)
    with (tmp_path / "raw.csv").open(newline="", encoding="utf-8") as file:
        assert [row for row in csv.reader(file) if row and row[0].startswith(FORMULA_STARTS)]
