"""Which row names the columns? The first with three known names, else the row of most labels above typed rows."""

from __future__ import annotations

import re

from cartera.sources.files import dates, decimals
from cartera.sources.files.grid import EXACT
from cartera.sources.files.names import KNOWN, normalised

TOP = 30
ENOUGH = 3


def find(rows: list[list[str]]) -> int | None:
    """The index of the header among the first rows, or None when the first row already holds data."""
    known = _first_known(rows)
    if known is not None:
        return known
    marks = [_labels(row) if _begins_data(rows, i) else 0 for i, row in enumerate(rows[:TOP])]
    best = max(marks, default=0)
    if best:
        return marks.index(best)
    return None if any(_is_typed(row) for row in rows) else next((i for i, row in enumerate(rows) if any(row)), None)


def is_known(rows: list[list[str]]) -> bool:
    """Whether one of the first rows has enough known names."""
    return _first_known(rows) is not None


def _first_known(rows: list[list[str]]) -> int | None:
    for i, row in enumerate(rows[:TOP]):
        if len({name for cell in row if (name := normalised(cell)) in KNOWN}) >= ENOUGH:
            return i
    return None


def letters(width: int) -> list[str]:
    """Names for the columns of a file without a header: A, B, … Z, AA, AB."""
    return [_letter(i) for i in range(width)]


def _letter(index: int) -> str:
    before, last = divmod(index, 26)
    return (_letter(before - 1) if before else "") + chr(ord("A") + last)


def unique(cells: list[str]) -> list[str]:
    """The header with blanks trimmed, every name once: a second `Tax` becomes `Tax 2`."""
    names: list[str] = []
    for cell in cells:
        stem = _stem(cell)
        name, count = stem, 2
        while name and name in names:
            name, count = f"{stem} {count}", count + 1
        names.append(name)
    return names


def _stem(cell: str) -> str:
    return re.sub(r"\s+", " ", cell.lstrip(EXACT)).strip()


def repeated(cells: list[str]) -> list[list[int]]:
    """The columns that share one name, case aside, together."""
    columns: dict[str, list[int]] = {}
    for i, cell in enumerate(cells):
        columns.setdefault(_stem(cell).casefold(), []).append(i)
    return [alike for name, alike in columns.items() if name and len(alike) > 1]


def _labels(row: list[str]) -> int:
    return 0 if _is_typed(row) else len({cell.strip() for cell in row if cell.strip()})


def _begins_data(rows: list[list[str]], index: int) -> bool:
    below = next((row for row in rows[index + 1 :] if any(row)), None)
    return below is not None and _is_typed(below)


def _is_typed(row: list[str]) -> bool:
    return any(dates.looks(cell) or decimals.looks(cell) for cell in row if cell)
