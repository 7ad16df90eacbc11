"""An answer as an Excel workbook: the rows as typed cells with totals, and a second sheet that says what was asked."""

from __future__ import annotations

import io
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from cartera.app.asked import asked
from cartera.app.export.plain import in_pieces
from cartera.errors import CarteraError
from cartera.tongue import say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cartera.views.view import Answer, Column

MOST_ROWS = 1_048_576 - 2  # a sheet's limit, less header and totals
EXACT_DIGITS = 15  # a cell holds a float: longer amounts are written as text, not rounded
CREATED = datetime(2000, 1, 1)
SAFE = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
ROW_BY_ROW = {"constant_memory": True}  # a row that is written leaves the memory: it must not be written to again
FORMATS = {
    "money": "#,##0.00",
    "share": "0.0%",
    "date": "yyyy-mm-dd",
    "count": "#,##0",
    "days": "#,##0",
    "number": "General",
}
WIDTHS = {"money": 14, "share": 9, "date": 11, "count": 10, "days": 8, "flag": 8, "number": 11}


def encoded(answer: Answer) -> bytes:
    """The bytes of one .xlsx file; an error when the answer has more rows than a sheet."""
    import xlsxwriter

    if answer.rows.num_rows > MOST_ROWS:
        raise CarteraError(
            say("{count} rows do not fit into a sheet.", count=answer.rows.num_rows),
            fix=say("Use --format csv or parquet."),
        )
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, SAFE | ROW_BY_ROW) as book:
        book.set_properties({"created": CREATED, "title": answer.view.question})
        write_rows(book, answer)
        write_question(book, answer)
    return buffer.getvalue()


def write_rows(book: Any, answer: Answer) -> None:
    """The first sheet: header, one typed row each, totals."""
    sheet = book.add_worksheet(answer.view.name[:31])
    sheet.freeze_panes(1, 0)
    bold = book.add_format({"bold": True, "bottom": 1})
    styles = [book.add_format({"num_format": FORMATS.get(column.unit, "@")}) for column in answer.columns]
    for place, (column, style) in enumerate(zip(answer.columns, styles, strict=True)):
        sheet.write_string(0, place, column.name, bold)
        sheet.set_column(place, place, WIDTHS.get(column.unit, 22), style)
    for row, values in enumerate(rows(answer), start=1):
        for place, (value, style) in enumerate(zip(values, styles, strict=True)):
            write_cell(sheet, row, place, value, style)
    write_totals(book, sheet, answer)


def rows(answer: Answer) -> Iterator[tuple[Any, ...]]:
    """The values of every row, in the order of the columns."""
    for batch in in_pieces(answer.rows):
        yield from zip(*(batch.column(column.name).to_pylist() for column in answer.columns), strict=True)


def write_cell(sheet: Any, row: int, place: int, value: Any, style: Any) -> None:
    """One value with its own cell type; unknown leaves the cell empty."""
    if value is None:
        return
    if isinstance(value, bool):
        sheet.write_boolean(row, place, value)
    elif isinstance(value, Decimal) and len(value.normalize().as_tuple().digits) > EXACT_DIGITS:
        sheet.write_string(row, place, f"{value:f}")
    elif isinstance(value, (int, float, Decimal)):
        sheet.write_number(row, place, value, style)
    elif hasattr(value, "isoformat"):
        sheet.write_datetime(row, place, value, style)
    else:
        sheet.write_string(row, place, "; ".join(map(str, value)) if isinstance(value, list) else str(value))


def write_totals(book: Any, sheet: Any, answer: Answer) -> None:
    """Sums as formulas under their columns, with the value already in the cell for readers that do not calculate."""
    from xlsxwriter.utility import xl_range

    last = answer.rows.num_rows
    for place, column in enumerate(answer.columns):
        if last and column.name in answer.totals:
            style = book.add_format({"bold": True, "top": 1, "num_format": FORMATS.get(column.unit, "General")})
            formula = f"=SUM({xl_range(1, place, last, place)})"
            sheet.write_formula(last + 1, place, formula, style, float(answer.totals[column.name]))


def write_question(book: Any, answer: Answer) -> None:
    """The second sheet: the question, its answer, what it was asked with, what the columns mean, the notices."""
    sheet = book.add_worksheet("question")
    sheet.set_column(0, 0, 18)
    sheet.set_column(1, 1, 100)
    told = [*asked(answer), *((f"column {one.name}", meaning(one)) for one in answer.columns)]
    told += [("notice", notice) for notice in answer.notices]
    for row, (name, text) in enumerate(told):
        sheet.write_string(row, 0, name)
        sheet.write_string(row, 1, text)


def meaning(column: Column) -> str:
    """The column's label with its unit."""
    return f"{column.label} ({column.unit})"
