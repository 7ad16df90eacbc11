"""How are columns made from nothing? Every row that holds at a version, sheet by sheet, some rows at a time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from cartera.ledger.columns import adbc, store
from cartera.ledger.columns.more import filled
from cartera.ledger.columns.sheets import SHEETS, Sheet
from cartera.ledger.columns.statements import holding
from cartera.ledger.columns.typed import table

FILE_ROWS = 1_000_000  # a file's rows are in memory while it is made


def build(address: str, workspace: int, version: int, into: Path) -> None:
    """Fill a folder with every row that holds at this version."""
    with adbc.opened(address) as door:
        told = {sheet.name: _written(door, sheet, workspace, version, into) for sheet in SHEETS}
    store.finish(into, {"version": version, "sheets": told})


def _written(door: adbc.Door, sheet: Sheet, workspace: int, version: int, into: Path) -> dict[str, Any]:
    batches = door.batches(sheet, holding(sheet, workspace, version))
    return write(into, sheet, (table(sheet, columns) for columns in _gathered(batches)))


def _gathered(batches: Iterable[list[pa.Array]]) -> Iterator[list[pa.ChunkedArray]]:
    """The batches of about as many rows as a file should have, together."""
    parts: list[list[pa.Array]] = []
    count = 0
    for batch in batches:
        parts.append(batch)
        count += len(batch[0])
        if count >= FILE_ROWS:
            yield [pa.chunked_array(column) for column in zip(*parts, strict=True)]
            parts, count = [], 0
    if parts:
        yield [pa.chunked_array(column) for column in zip(*parts, strict=True)]


def write(into: Path, sheet: Sheet, tables: Iterable[pa.Table]) -> dict[str, Any]:
    """The tables as files of a sheet; what the manifest says of them: files, rows, values per column."""
    files: list[str] = []
    rows = 0
    columns: Counter[str] = Counter()
    for number, made in enumerate(one for one in tables if one.num_rows):
        files.append(f"{sheet.name}-{number}.parquet")
        rows += made.num_rows
        columns.update(filled(made))
        with store.create(into / files[-1]) as file:
            pq.write_table(made, file, compression="zstd", compression_level=1, write_statistics=True)
    return {"files": files, "rows": rows, "columns": dict(columns)}
