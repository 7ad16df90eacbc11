"""What changed since the columns were made? The rows that began and the numbers of those that ended, few of each."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pyarrow as pa

from cartera.ledger.book import Book
from cartera.ledger.columns import store
from cartera.ledger.columns.building import write
from cartera.ledger.columns.sheets import DOCUMENT, LINE, ROW, VERSIONED, Sheet
from cartera.ledger.columns.statements import begun, changed_count, ended
from cartera.ledger.columns.typed import from_rows, parsed
from cartera.ledger.database import connection

SHEET = "sheet"
ENDED = Sheet("ended", "", ())


def is_small(book: Book, base: int, version: int, most: int) -> bool:
    """Whether no more than so many rows changed between two versions."""
    with connection(book.alias).cursor() as cursor:
        total = 0
        for sheet in VERSIONED:
            cursor.execute(changed_count(sheet, book.workspace_id, base, version, most + 1))
            total += cursor.fetchone()[0]
            if total > most:
                return False
    return True


def write_changes(book: Book, base: int, version: int, into: Path) -> None:
    """Fill a folder with what changed between two versions."""
    told = {}
    gone: list[tuple[str, int, int | None]] = []
    for sheet in (*VERSIONED, LINE):
        rows = _rows(book, sheet, begun(sheet, book.workspace_id, base, version))
        told[sheet.name] = write(into, sheet, [from_rows(sheet, rows)] if rows else [])
        if sheet is not LINE:
            left = _fetched(book, ended(sheet, book.workspace_id, base, version))
            gone += [(sheet.name, row, document) for row, document in left]
    told[ENDED.name] = write(into, ENDED, [_gone(gone)] if gone else [])
    store.finish(into, {"base": base, "version": version, "sheets": told})


def _rows(book: Book, sheet: Sheet, statement: str) -> list[list[Any]]:
    rows = _fetched(book, statement)
    return [[parsed(cell, value) for cell, value in zip(sheet.cells, row, strict=True)] for row in rows]


def _fetched(book: Book, statement: str) -> list[Any]:
    with connection(book.alias).cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchall()


def _gone(rows: list[tuple[str, int, int | None]]) -> pa.Table:
    sheets, numbers, documents = zip(*rows, strict=True)
    return pa.table(
        {
            SHEET: pa.array(sheets, pa.string()),
            ROW: pa.array(numbers, pa.int64()),
            DOCUMENT: pa.array(documents, pa.int64()),
        }
    )
