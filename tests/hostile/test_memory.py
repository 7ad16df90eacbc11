"""Can a file fill the memory? Bombs and monsters, each read in a process of its own whose memory is measured."""

from __future__ import annotations

import gzip
import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
import xlsxwriter
from tests.chaos.program import ran

pytestmark = pytest.mark.thorough
MOST = 300  # megabytes
MB = bytes(1 << 20)
SHEET = "xl/worksheets/sheet1.xml"
SPREADSHEET = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
TOO_MUCH = "the archive unpacks to more than is reasonable."


def zipped(path: Path, name: str, pieces: Iterator[bytes], others: dict[str, bytes] | None = None) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for other, content in (others or {}).items():
            archive.writestr(other, content)
        with archive.open(name, "w", force_zip64=True) as file:
            for piece in pieces:
                file.write(piece)


def workbook(path: Path, rows: Iterator[bytes]) -> None:
    """A workbook whose one sheet holds these rows."""
    plain = io.BytesIO()
    with xlsxwriter.Workbook(plain) as book:
        book.add_worksheet()
    with zipfile.ZipFile(plain) as archive:
        others = {name: archive.read(name) for name in archive.namelist() if name != SHEET}
    head, tail = f"<worksheet {SPREADSHEET}><sheetData>".encode(), b"</sheetData></worksheet>"
    zipped(path, SHEET, iter([head, *rows, tail]), others)


def gzip_of_zeros(path: Path) -> None:
    with gzip.open(path, "wb", 9) as file:
        for _ in range(500):
            file.write(MB)


def gzip_of_rows(path: Path) -> None:
    with gzip.open(path, "wb", 9) as file:
        file.write(b"client,date,net\n")
        for _ in range(300):
            file.write(b"A,2026-01-01,1.00\n" * 58_000)


def corner(path: Path) -> None:
    cells = ('<row r="1"><c r="A1"><v>1</v></c></row>', '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')
    workbook(path, (cell.encode() for cell in cells))


MONSTERS = {
    "zeros.csv.gz": (gzip_of_zeros, TOO_MUCH),
    "rows.csv.gz": (gzip_of_rows, TOO_MUCH),
    "zeros.zip": (lambda path: zipped(path, "a.csv", (MB for _ in range(500))), TOO_MUCH),
    "cells.xlsx": (lambda path: workbook(path, (b"<row><c><v>1</v></c></row>" * 40_000 for _ in range(300))), TOO_MUCH),
    "corner.xlsx": (corner, "a sheet reaches to row 1,048,576 and column 16,384, and nearly all of it is empty."),
    "line.csv": (
        lambda path: path.write_text("client,date,net\n" + "A," * 50_000_000),
        "there is a line of more than 16 MB.",
    ),
    "cell.csv": (
        lambda path: path.write_text(f"client,date,net\n{'A' * 10_000_000},2026-01-01,1\nB,2026-01-02,2\n"),
        "2 rows: 3 read = 1 accepted + 1 rejected + 1 structural (1 header); rejected: 1 NOT_TEXT",
    ),
    "wide.csv": (
        lambda path: path.write_text("client,date,net\n" + "x," * 4_000_000 + "\nB,2026-01-02,2\n"),
        "2 rows: 3 read = 1 accepted + 1 rejected + 1 structural (1 header); rejected: 1 NOT_TEXT",
    ),
}


@pytest.mark.parametrize("name", MONSTERS)
def test_a_monster_is_refused_in_little_memory(name, tmp_path):
    make, told = MONSTERS[name]
    make(tmp_path / name)
    ended = ran("tests.hostile.reading", str(tmp_path / name))
    used, _, said = ended.stdout.strip().partition(" ")
    assert (ended.returncode, said, ended.stderr) == (0, told, "")
    assert int(used) < MOST
