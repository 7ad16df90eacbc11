"""An answer as CSV: comma, UTF-8, a header with the column names; no cell can become a formula unless asked."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Any

from cartera.app.export.plain import ROWS_AT_ONCE, plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cartera.views.view import Answer, Column

# Spreadsheets run a cell that begins so; the last four are the full-width forms, which some of them accept as well.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")  # noqa: RUF001 - full width on purpose


def encoded(answer: Answer, *, raw: bool = False) -> bytes:
    """UTF-8 text without a byte order mark. raw: text that begins like a formula gets no apostrophe."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    names = [column.name for column in answer.columns]
    writer.writerow(names if raw else [guarded(name) for name in names])
    writer.writerows(records(answer, raw=raw))
    return text.getvalue().encode("utf-8")


def records(answer: Answer, *, raw: bool) -> Iterator[list[Any]]:
    """The cells of every row."""
    for batch in answer.rows.to_batches(max_chunksize=ROWS_AT_ONCE):
        for row in batch.to_pylist():
            yield [cell(row[column.name], column, raw=raw) for column in answer.columns]


def cell(value: Any, column: Column, *, raw: bool) -> Any:
    """One value as CSV writes it: true and false in lower case, lists with semicolons, unknown as nothing."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        value = "; ".join(str(plain(one, column)) for one in value)
    return guarded(value) if isinstance(value, str) and not raw else plain(value, column)


def guarded(text: str) -> str:
    """The text with an apostrophe in front when a spreadsheet could run it."""
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text
