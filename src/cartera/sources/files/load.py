"""From a path to a grid: unpack, decode, divide into records, find the header."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from cartera.errors import InputError
from cartera.sources.files import header, records
from cartera.sources.files.content import Content, open_content
from cartera.sources.files.decode import decode
from cartera.sources.files.grid import Columns, Grid
from cartera.sources.files.options import DELIMITERS, ReadOptions
from cartera.sources.files.records import BLOCK, Block
from cartera.tongue import say, spoken, text

MOST_COLUMNS = 1_000
NAMED = {sign: word for word, sign in DELIMITERS.items()}
SEPARATED = {
    "comma": text("comma-separated text"), "semicolon": text("semicolon-separated text"),
    "tab": text("tab-separated text"), "pipe": text("pipe-separated text"), "space": text("space-separated text"),
}  # fmt: skip


def load(path: Path, options: ReadOptions, *, allow_empty: bool = False) -> Grid:
    """The table of a file as text cells. InputError, Ambiguous: as each step has them; for no row unless allowed."""
    content = open_content(path, is_text=options.encoding is not None)
    refuse_sheet(content, options)
    if content.kind == "parquet":
        from cartera.sources.files.typed import parquet_grid

        return parquet_grid(content)
    if content.kind == "json":
        from cartera.sources.files.typed import json_grid

        return json_grid(content, options.encoding)
    grid = _workbook(content, options) if content.kind == "workbook" else _text(content, options)
    if not grid.height and not allow_empty:
        what = say("there is a header ({names}) but no row below it.", names=", ".join(grid.header)[:80])
        raise InputError(what, where=content.name, fix=say("Export it again with its rows."))
    return grid


def refuse_sheet(content: Content, options: ReadOptions) -> None:
    """InputError: a sheet was named, but the file is no workbook."""
    if options.sheet is not None and content.kind != "workbook":
        what = say("there is no sheet {sheet}: this is no workbook.", sheet=repr(options.sheet))
        raise InputError(what, where=content.name, fix=say("Leave --sheet out."))


def _workbook(content: Content, options: ReadOptions) -> Grid:
    from cartera.sources.files.sheets import sheet_rows

    sheet, rows = sheet_rows(content, options)
    starts = range(0, len(rows), BLOCK)
    parts = (Block(rows[i : i + BLOCK], range(i + 1, min(i + BLOCK, len(rows)) + 1)) for i in starts)
    return _gridded(
        content.name, parts, options, Origin(say("workbook, sheet {sheet}", sheet=repr(sheet)), len(rows), "row")
    )


def _text(content: Content, options: ReadOptions) -> Grid:
    decoded = decode(content.data, content.name, options.encoding)
    if not decoded.text.strip():
        raise InputError(
            say("the file holds only blanks."), where=content.name, fix=say("Export it again and check its size.")
        )
    said = records.said_delimiter(decoded.text)
    delimiter = options.separator or (said[0] if said else records.delimiter_of(decoded.text, content.name))
    kind = say("{sign}-separated text", sign=repr(delimiter))
    if delimiter in NAMED:
        kind = spoken(SEPARATED[NAMED[delimiter]])
    how = say("{kind}, {encoding}", kind=kind, encoding=decoded.encoding)
    if content.container:
        how = say(
            "{kind} in {container}, {encoding}", kind=kind, container=content.container, encoding=decoded.encoding
        )
    height = decoded.text.count("\n") or decoded.text.count("\r") or 1
    parts = records.blocks(decoded.text, delimiter, decoded.suspect)
    return _gridded(content.name, parts, options, Origin(how, height))


@dataclass(frozen=True)
class Origin:
    """How records were found, about how many there are, and what one is called."""

    how: str
    height: int
    unit: str = "line"


def _gridded(name: str, parts: Iterator[Block], options: ReadOptions, origin: Origin) -> Grid:
    first = next(parts)
    at = _header_index(name, first, options)
    names = header.unique(first.rows[at]) if at is not None else header.letters(max(map(len, first.rows)))
    if len(names) > MOST_COLUMNS:
        raise InputError(
            say("there are {count} columns.", count=len(names)),
            where=name,
            fix=say("Keep at most {count}.", count=MOST_COLUMNS),
        )
    columns, literal = Columns(len(names)), [first.lines[i] for i in first.literal]
    above = 0 if at is None else at + 1
    unreadable = {i - above: raw for i, raw in first.unreadable.items() if i >= above}
    columns.add(first.rows[above:], first.lines[above:], unreadable)
    for part in parts:
        columns.add(part.rows, part.lines, part.unreadable)
        literal += [part.lines[i] for i in part.literal]
        if options.progress is not None:
            options.progress(min(1.0, len(columns.lines) / origin.height))
    where = say("no header: columns are named A, B, C")
    if at is not None:
        line = str(first.lines[at])
        in_row, in_line = say("header in row {line}", line=line), say("header in line {line}", line=line)
        where = in_row if origin.unit == "row" else in_line
    return Grid(
        name,
        names,
        columns.finished(),
        columns.lines,
        before=_before(first.rows[:above]),
        texts=[cell for cell in chain.from_iterable(first.rows[: above - 1 if above else 0]) if cell],
        misfits=columns.misfits,
        literal_lines=literal,
        how=f"{origin.how}; {where}",
        unit=origin.unit,
        has_header=at is not None,
        repeated=header.repeated(first.rows[at]) if at is not None else [],
    )


def _header_index(name: str, first: Block, options: ReadOptions) -> int | None:
    if options.header_row is None:
        return header.find(first.rows)
    if not 0 < options.header_row <= len(first.rows):
        raise InputError(
            say("there is no row {row} for the header.", row=options.header_row),
            where=name,
            fix=say("Give 1 to {count}.", count=min(len(first.rows), 30)),
        )
    return options.header_row - 1


def _before(rows: list[list[str]]) -> Counter[str]:
    """Title and blank rows above the header, and the header itself."""
    kinds = Counter("title" if any(cell.strip() for cell in row) else "blank" for row in rows[:-1])
    if rows:
        kinds["header"] = 1
    return kinds
