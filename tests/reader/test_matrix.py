"""Do the same facts come out of every encoding, line end, delimiter and container of one table?"""

from __future__ import annotations

import codecs
from pathlib import Path

import pytest
from tests.reader.given import invoices, read, workbook

from cartera.sources.files import Reading, read_file

ROWS = [
    ["Cliente", "N° fattura", "Fecha", "Base imponible", "Ciudad"],
    ["Société Générale", "F-001", "31/01/2026", "1.234,56", "Évry"],
    ["Müller; Söhne, GmbH", "007", "01/02/2026", "-99,90", 'Bad "Ems"'],
    ["Ünal", "F-003", "15/02/2026", "1.000", "İzmir"],
]
MARKED = {
    "utf-8": b"",
    "utf-8-sig": b"",
    "utf-16-le": codecs.BOM_UTF16_LE,
    "utf-16-be": codecs.BOM_UTF16_BE,
    "cp1252": b"",
}


def text(rows: list[list[str]], delimiter: str, end: str) -> str:
    quoted = ([f'"{cell.replace(chr(34), chr(34) * 2)}"' for cell in row] for row in rows)
    return end.join(delimiter.join(row) for row in quoted) + end


def told(reading: Reading) -> tuple[object, ...]:
    return (
        invoices(reading),
        reading.tables["clients"]["city"].to_pylist(),
        reading.tables["invoices"]["number"].to_pylist(),
    )


@pytest.fixture(scope="module")
def expected(tmp_path_factory) -> tuple[object, ...]:
    found = told(read(tmp_path_factory.mktemp("plain"), text(ROWS, ",", "\n").encode()))
    assert found[0][1] == ("Müller; Söhne, GmbH", "2026-02-01", "-99.9")
    return found


@pytest.mark.parametrize("encoding", MARKED)
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_every_text(tmp_path: Path, expected: tuple[object, ...], delimiter: str, end: str, encoding: str) -> None:
    rows = [[cell.replace("İ", "I") for cell in row] for row in ROWS] if encoding == "cp1252" else ROWS
    found = told(read(tmp_path, MARKED[encoding] + text(rows, delimiter, end).encode(encoding)))
    assert found == (expected if encoding != "cp1252" else (expected[0], ["Évry", 'Bad "Ems"', "Izmir"], expected[2]))


def test_a_workbook_of_text_cells(tmp_path: Path, expected: tuple[object, ...]) -> None:
    assert told(read_file(workbook(tmp_path / "a.xlsx", {"S": ROWS}))) == expected
