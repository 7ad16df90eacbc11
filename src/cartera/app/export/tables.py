"""A fact table as a file that any command reads again: CSV or Parquet, in our schema, the same bytes every time."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cartera import money
from cartera.app.export.csv_text import writer_into
from cartera.app.export.plain import ROWS_AT_ONCE
from cartera.facts.guard import escaped, guarded

if TYPE_CHECKING:
    from collections.abc import Callable

CSV, PARQUET = "csv", "parquet"
FORMATS = (CSV, PARQUET)


def write_table(table: Any, path: Path, *, raw: bool = False) -> None:
    """Write Arrow rows into a new file; its ending says how. raw: CSV without apostrophes before formulas.

    A text that looks as if it had such an apostrophe gets one more even then, so that reading gives back what was.
    """
    if path.suffix == f".{PARQUET}":
        import pyarrow.parquet as pq

        pq.write_table(table.replace_schema_metadata(None), path)
        return
    safe = escaped if raw else guarded
    with path.open("x", encoding="utf-8", newline="") as file:
        writer = writer_into(file)
        writer.writerow(map(safe, table.column_names))
        for batch in table.to_batches(max_chunksize=ROWS_AT_ONCE):
            columns = [[_cell(value, safe) for value in column.to_pylist()] for column in batch.columns]
            writer.writerows(zip(*columns, strict=True))


def _cell(value: Any, safe: Callable[[str], str]) -> Any:
    if isinstance(value, str):
        return safe(value)
    if isinstance(value, Decimal):
        return money.text(value)
    if isinstance(value, bool):
        return str(value).lower()
    return value.isoformat() if hasattr(value, "isoformat") else value
