"""Which rows does a workbook's sheet hold, as text? Days become ISO text, numbers keep their stored value."""

from __future__ import annotations

import datetime as dt
import io
from decimal import Decimal
from typing import Any

from cartera.errors import Ambiguous, InputError, Question, UnknownNameError
from cartera.sources.files import header
from cartera.sources.files.content import Content
from cartera.sources.files.grid import EXACT
from cartera.sources.files.options import ReadOptions
from cartera.tongue import say

MOST_CELLS = 50_000_000


def sheet_rows(content: Content, options: ReadOptions) -> tuple[str, list[list[str]]]:
    """The sheet's name and its rows. Ambiguous: several sheets hold a table. InputError: damaged, locked or empty."""
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content.data))
        names = [options.sheet] if options.sheet in book.sheet_names else _visible(book)
        _check_sheet(content.name, options.sheet, book.sheet_names)
        sheets = {name: _rows(content.name, book.get_sheet_by_name(name)) for name in names}
    except BaseException as error:
        # What the library, written in Rust, panics about is no Exception for Python.
        if not isinstance(error, CalamineError | OSError | ValueError) and type(error).__name__ != "PanicException":
            raise
        reason = str(error).splitlines()[0] if str(error) else type(error).__name__
        fix = say("Save it again without a password as XLSX, or as CSV.")
        raise InputError(
            say("the workbook cannot be read ({reason}).", reason=reason), where=content.name, fix=fix
        ) from None
    return _picked(content.name, {name: rows for name, rows in sheets.items() if rows})


def _visible(book: Any) -> list[str]:
    return [sheet.name for sheet in book.sheets_metadata if str(sheet.typ).endswith("WorkSheet")]


def _check_sheet(name: str, wanted: str | None, found: list[str]) -> None:
    if wanted is not None and wanted not in found:
        raise UnknownNameError("sheet", wanted, found, where=name)


def _rows(name: str, sheet: Any) -> list[list[str]]:
    if sheet.total_height * sheet.total_width > MOST_CELLS:
        raise InputError(
            say("sheet {name} has more than 50 million cells.", name=repr(sheet.name)),
            where=name,
            fix=say("Save it as CSV."),
        )
    rows = [[_text(cell) for cell in row] for row in sheet.to_python(skip_empty_area=False)]
    while rows and not any(rows[-1]):
        rows.pop()
    return rows


def _text(cell: Any) -> str:
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, (int, float)):
        whole = int(cell) if abs(cell) < 1e15 and cell == int(cell) else None
        return EXACT + (str(whole) if whole is not None else f"{Decimal(repr(cell)):f}")
    if isinstance(cell, dt.datetime):
        return cell.isoformat(" ", "seconds").removesuffix(" 00:00:00")
    if isinstance(cell, (dt.date, dt.time)):
        return cell.isoformat()
    return str(cell)


def _picked(name: str, sheets: dict[str, list[list[str]]]) -> tuple[str, list[list[str]]]:
    if not sheets:
        raise InputError(say("the workbook has no cells with content."), where=name, fix=say("Export it again."))
    if len(sheets) == 1:
        return next(iter(sheets.items()))
    known = [sheet for sheet, rows in sheets.items() if header.is_known(rows)]
    if len(known) == 1:
        return known[0], sheets[known[0]]
    readings = {
        sheet: say("{count} rows, first: {row}", count=len(rows), row=_glimpse(rows)) for sheet, rows in sheets.items()
    }
    question = Question(
        "sheet", say("Which of the {count} sheets holds the invoices?", count=len(sheets)), "--sheet", readings
    )
    raise Ambiguous([question], where=name)


def _glimpse(rows: list[list[str]]) -> str:
    first = next(row for row in rows if any(row))
    return ", ".join(cell.lstrip(EXACT) for cell in first if cell)[:60]
