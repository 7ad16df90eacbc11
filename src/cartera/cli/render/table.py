"""An answer as a table on a screen: the question, the answer in a sentence, the rows, their totals."""

from __future__ import annotations

from textwrap import wrap
from typing import IO, TYPE_CHECKING, Any

from rich.box import SIMPLE
from rich.console import Console, JustifyMethod, RenderableType
from rich.table import Table
from rich.text import Text

from cartera.app.asked import asked
from cartera.cli.render.cells import LEFT, SEGMENT_STYLES, clean, shown, shown_in
from cartera.cli.render.cross import crossed
from cartera.cli.render.fit import TOTAL, Sheet, fitting

if TYPE_CHECKING:
    from cartera.views.view import Answer, Column

MANY = 6  # one row of more columns reads better as a list
BESIDE = ("question", "answer", "currency")  # said elsewhere than in the line below the question


def print_table(answer: Answer, file: IO[str], *, limit: int = 40) -> None:
    """Write the answer to `file`, as wide as its terminal; `limit` rows of it, 0 for all."""
    console = Console(file=file, highlight=False, soft_wrap=False)
    answer = crossed(answer)
    count = answer.rows.num_rows
    rows = answer.rows.slice(0, limit or count).to_pylist()
    console.print(heading(answer))
    sheets = [sheet(column, rows, answer) for column in answer.columns]
    kept = fitting(sheets, console.width)
    console.print()
    console.print(body(kept, sheets, rows, answer))
    console.print()
    for line in left_out(kept, sheets, count - len(rows)):
        console.print(Text(line, style="dim"))


def heading(answer: Answer) -> Text:
    """The question, the sentence that answers it, and with what it was asked."""
    lines = Text(clean(answer.view.question), style="bold")
    if answer.sentence:
        lines.append("\n" + clean(answer.sentence), style="not bold")
    told = " · ".join(f"{name} {text}" for name, text in asked(answer) if name not in BESIDE)
    return lines.append("\n" + clean(told), style="not bold dim") if told else lines


def sheet(column: Column, rows: list[dict[str, Any]], answer: Answer) -> Sheet:
    """The column's head and cells; the total is one of the cells, so that it has room."""
    cells = [shown_in(row, column) for row in rows]
    is_money = column.unit == "money" and column.unit_from is None
    head = f"{column.label} ({answer.currency})" if is_money and answer.currency else column.label
    return Sheet(column, head, [*cells, total(column, answer)])


def total(column: Column, answer: Answer) -> str:
    """The total under the column, empty where rows are not summed."""
    return shown(answer.totals[column.name], column) if column.name in answer.totals else ""


def body(kept: list[Sheet], sheets: list[Sheet], rows: list[dict[str, Any]], answer: Answer) -> RenderableType:
    """A table; a single row that does not fit becomes a list of its columns."""
    if not rows:
        return Text("No rows.", style="dim")
    if len(rows) == 1 and (len(kept) < len(sheets) or len(sheets) > MANY):
        return listed(sheets, rows[0], answer.sentence)
    return tabled(kept, rows, answer)


def tabled(kept: list[Sheet], rows: list[dict[str, Any]], answer: Answer) -> Table:
    """The rows under their heads, numbers to the right, totals below a line."""
    has_totals = len(rows) > 1 and any(one.column.name in answer.totals for one in kept)
    table = Table(
        box=SIMPLE, show_edge=False, pad_edge=False, padding=(0, 1, 0, 0), show_footer=has_totals, header_style="bold"
    )
    for place, one in enumerate(kept):
        label = TOTAL if has_totals and place == 0 and not one.cells[-1] else one.cells[-1]
        side: JustifyMethod = "left" if one.column.unit in LEFT else "right"
        foot = Text(label, style="bold")
        head = "\n".join(wrap(one.head, one.width))  # Rich breaks heads only in columns whose cells it breaks, too
        table.add_column(head, foot, justify=side, min_width=one.width, no_wrap=not one.is_long, overflow="fold")
    for number, row in enumerate(rows):
        table.add_row(*(cell(one, one.cells[number], row) for one in kept))
    return table


def listed(sheets: list[Sheet], row: dict[str, Any], said: str) -> Table:
    """One row as name and value below each other, without what was said above it."""
    table = Table(box=None, show_header=False, pad_edge=False)
    for one in sheets:
        if one.cells[0] and not (one.is_long and one.cells[0] in said):
            table.add_row(Text(one.head, style="dim"), cell(one, one.cells[0], row))
    return table


def cell(one: Sheet, text: str, row: dict[str, Any]) -> Text:
    """The cell's text, a segment in its colour."""
    return Text(text, style=SEGMENT_STYLES.get(row[one.column.name], "") if one.column.unit == "segment" else "")


def left_out(kept: list[Sheet], sheets: list[Sheet], more: int) -> list[str]:
    """What the table does not show, and how to see it."""
    rows = "row" if more == 1 else "rows"
    lines = [f"{more:,} more {rows}: --limit 0 shows all."] if more > 0 else []
    shown_names = {one.column.name for one in kept}
    hidden = [one.column.name for one in sheets if one.column.name not in shown_names and not one.is_empty]
    if hidden and len(sheets[0].cells) > 2:
        lines.append(f"No room for {', '.join(hidden)}: widen the window or use --format csv.")
    return lines
