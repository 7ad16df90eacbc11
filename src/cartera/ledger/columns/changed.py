"""What changed since the columns were made? The rows that began and the numbers of those that ended, few of each."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa

from cartera.ledger.book import Book
from cartera.ledger.columns import store
from cartera.ledger.columns.building import write
from cartera.ledger.columns.more import filled
from cartera.ledger.columns.sheets import DOCUMENT, LINE, ROW, SHEETS, VERSIONED, Sheet
from cartera.ledger.columns.statements import begun, changed_count, ended
from cartera.ledger.columns.typed import from_rows, parsed
from cartera.ledger.database import connection

SHEET, KEY = "sheet", "key"
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
    told, gone, counts = {}, [], {}
    for sheet in SHEETS:
        made = _table(book, sheet, begun(sheet, book.workspace_id, base, version))
        told[sheet.name] = write(into, sheet, [made] if made.num_rows else [])
        left = _table(book, sheet, ended(sheet, book.workspace_id, base, version))
        counts[sheet.name] = filled(left)
        gone.append(_keys(sheet, left))
    rows = pa.concat_tables(gone)
    told[ENDED.name] = write(into, ENDED, [rows] if rows.num_rows else [])
    store.finish(into, {"base": base, "version": version, "sheets": told, "ended": counts})


def _table(book: Book, sheet: Sheet, statement: str) -> pa.Table:
    with connection(book.alias).cursor() as cursor:
        cursor.execute(statement)
        rows = cursor.fetchall()
    told = ([parsed(cell, value) for cell, value in zip(sheet.cells, row, strict=True)] for row in rows)
    return from_rows(sheet, told)


def _keys(sheet: Sheet, left: pa.Table) -> pa.Table:
    """What names the rows that ended: their numbers; of lines the documents that no longer stand."""
    key = DOCUMENT if sheet is LINE else ROW
    keys = pa.array(left.column(key).unique())
    return pa.table({SHEET: pa.array([sheet.name] * len(keys), pa.string()), KEY: keys})
