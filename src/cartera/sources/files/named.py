"""What does a small table say whose columns are known by name: contacts, interactions, exchange rates?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from cartera.errors import InputError
from cartera.sources.files.grid import EXACT
from cartera.sources.files.load import load
from cartera.sources.files.names import normalised
from cartera.sources.files.options import ReadOptions
from cartera.sources.files.reading import Problem
from cartera.tongue import say


@dataclass(frozen=True)
class Row:
    """One row. line: where it stands. cells: column -> trimmed cell, of the columns that the file has."""

    line: int
    cells: Mapping[str, str]

    def text(self, column: str) -> str:
        """The cell as a person reads it, empty where there is none."""
        return self.raw(column).removeprefix(EXACT)

    def raw(self, column: str) -> str:
        """The cell with the sign of an exact number before it, which tells a workbook's day from a year."""
        return self.cells.get(column, "")


@dataclass
class Named:
    """A table. rows_in: records as they were read, the header included. structural: header, titles, blank rows.

    headers: column -> header of the file. unknown: headers that no column answers to. refused: rows out of shape.
    """

    name: str
    headers: Mapping[str, str]
    unknown: tuple[str, ...]
    rows: list[Row]
    rows_in: int
    structural: int
    unit: str = "line"
    refused: list[Problem] = field(default_factory=list)

    def problem(self, row: Row, code: str, column: str, hint: str) -> Problem:
        """The refusal of a row, with the cell that is to blame."""
        header = self.headers.get(column, column)
        return Problem(code, f"{self.name}, {self.unit} {row.line}", header, row.text(column), hint, row.line)


def named_table(path: Path, columns: Mapping[str, str], options: ReadOptions | None = None) -> Named:
    """The table in the file. columns: column -> the headers that mean it, with commas. InputError: as the reader's."""
    grid = load(path, options or ReadOptions(header_row=1))
    meant = {normalised(word): column for column, words in columns.items() for word in (column, *words.split(", "))}
    found: dict[str, int] = {}
    unknown: list[str] = []
    for place, header in enumerate(grid.header):
        column = meant.get(normalised(header), "")
        if column and column not in found:
            found[column] = place
        elif header.strip():
            unknown.append(header)
    texts = list(zip(*(column.to_pylist() for column in grid.columns), strict=True))
    blank = [not any(cell.strip() for cell in cells) for cells in texts]
    table = Named(
        grid.name, {column: grid.header[place] for column, place in found.items()}, tuple(unknown), [],
        grid.height + sum(grid.before.values()), sum(blank) + sum(grid.before.values()), grid.unit,
    )  # fmt: skip
    for index, cells in enumerate(texts):
        row = Row(grid.lines[index], {column: cells[place].strip() for column, place in found.items()})
        if index in grid.misfits and not blank[index]:
            table.refused.append(table.problem(row, grid.misfits[index].code, "", ""))
        elif not blank[index]:
            table.rows.append(row)
    return table


def require(table: Named, needed: tuple[str, ...], example: str) -> None:
    """InputError unless each needed column is there; `a|b` means one of the two."""
    for one in needed:
        if not any(column in table.headers for column in one.split("|")):
            found = ", ".join([*table.headers.values(), *table.unknown])
            what = f"there is no column for {one.replace('|', ' or ')} (found {found})."
            raise InputError(
                what,
                where=table.name,
                fix=say("Name the columns in the first line, such as: {example}", example=example),
            )
