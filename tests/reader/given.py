"""How does a test make a file? From the text that a person would see, in any wrapping; read back as plain Python."""

from __future__ import annotations

import gzip
from pathlib import Path
from typing import Any

import xlsxwriter

from cartera.sources.files import Reading, ReadOptions, read_file


def written(folder: Path, text: str | bytes, name: str = "sales.csv") -> Path:
    """A file with this content; text is dedented by its first line's indent and stored as UTF-8."""
    path = folder / name
    content = text if isinstance(text, bytes) else table(text).encode()
    path.write_bytes(gzip.compress(content) if name.endswith(".gz") else content)
    return path


def table(text: str) -> str:
    """The text of a table as it stands in a test: without the margin."""
    lines = [line.strip(" ") for line in text.strip("\n").split("\n")]
    return "\n".join(lines if lines[-1] else lines[:-1]) + "\n"


def read(folder: Path, text: str | bytes, name: str = "sales.csv", **options: Any) -> Reading:
    """What the reader makes of a file with this content."""
    return read_file(written(folder, text, name), ReadOptions(**options))


def workbook(path: Path, sheets: dict[str, list[list[Any]]]) -> Path:
    """A workbook with these cells; dates are formatted as dates."""
    book = xlsxwriter.Workbook(path, {"default_date_format": "dd/mm/yyyy"})
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    book.close()
    return path


def invoices(reading: Reading) -> list[tuple[Any, ...]]:
    """(client, day, amount) of each document, amounts as plain text."""
    return [
        (row["client_id"], row["issued_on"].isoformat(), f"{row['amount'].normalize():f}")
        for row in reading.tables["invoices"].to_pylist()
    ]


def buckets(reading: Reading) -> tuple[int, int, int, int]:
    """Records read, accepted, rejected, structural."""
    counts = reading.counts
    return counts.rows_in, counts.accepted, counts.rejected, counts.structural


def refused(reading: Reading) -> list[tuple[str, str, str, str]]:
    """(code, where, column, value) of each refused row."""
    return [(p.code, p.where.partition(", ")[2], p.column, p.value) for p in reading.problems]
