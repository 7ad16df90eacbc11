"""What does a table look like before it means anything? A header, columns of text, the line of every record."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Literal

import pyarrow as pa
import pyarrow.compute as pc

# Stands before a number that a program wrote (a number cell, Parquet, JSON): its sign is a point, nothing to ask.
EXACT = "\x1f"
BLANKS = " \t\r\n\f\v\u00a0\u2007\u2009\u202f\ufeff"


@dataclass(frozen=True)
class Distinct:
    """A column as its different texts, trimmed, and per row the index of its text."""

    texts: list[str]
    codes: pa.Int32Array

    def spread(self, values: pa.Array) -> pa.Array:
        """Per row the value that belongs to its text."""
        return values.take(self.codes)

    def flags(self, values: Iterable[bool]) -> pa.BooleanArray:
        """Per row the flag that belongs to its text."""
        return self.spread(pa.array(list(values), pa.bool_()))


@dataclass(frozen=True)
class Misfit:
    """A record that does not fit the header. width: how many cells it had. cells: what they held."""

    code: Literal["TOO_SHORT", "TOO_LONG", "NOT_TEXT"]
    width: int
    cells: tuple[str, ...]


@dataclass
class Grid:
    """The records under a header as columns of text, none null.

    lines: the line (or row) of each record. before: records above the first one by kind (title, blank, header).
    texts: what the rows above the header say. misfits: record index -> what is wrong with its shape.
    repeated: columns of one name, together. how: how the file was read, in words. unit: "line" or "row".
    """

    name: str
    header: list[str]
    columns: list[pa.ChunkedArray]
    lines: Sequence[int]
    before: Counter[str] = field(default_factory=Counter)
    texts: list[str] = field(default_factory=list)
    misfits: dict[int, Misfit] = field(default_factory=dict)
    literal_lines: list[int] = field(default_factory=list)
    how: str = ""
    unit: str = "line"
    has_header: bool = True
    repeated: list[list[int]] = field(default_factory=list)
    _distinct: dict[int, Distinct] = field(default_factory=dict)

    @property
    def height(self) -> int:
        """How many records there are."""
        return len(self.lines)

    def where(self, index: int) -> str:
        """File and line of a record, for a person."""
        return f"{self.name}, {self.unit} {self.lines[index]}"

    def distinct(self, column: int) -> Distinct:
        """The column as its different texts; computed once."""
        if column not in self._distinct:
            self._distinct[column] = encoded(self.columns[column])
        return self._distinct[column]

    def text(self, column: int) -> pa.ChunkedArray:
        """The column as a person would read it."""
        if any(text.startswith(EXACT) for text in self.distinct(column).texts):
            return pc.replace_substring(self.columns[column], EXACT, "")
        return self.columns[column]

    def rows(self, indices: Sequence[int]) -> list[list[str]]:
        """Some records as lists of cells, as a person would read them."""
        if not indices:
            return []
        at = pa.array(indices, pa.int64())
        cells = [pc.replace_substring(column.take(at), EXACT, "").to_pylist() for column in self.columns]
        return [list(row) for row in zip(*cells, strict=True)]

    def column(self, name: str) -> int | None:
        """The index of the column under this header, or None."""
        return self.header.index(name) if name in self.header else None


def encoded(column: pa.ChunkedArray | pa.Array) -> Distinct:
    """A text column as its different trimmed texts."""
    whole = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
    if isinstance(whole, pa.ChunkedArray):  # beyond 2 GB Arrow keeps chunks
        whole = whole.cast(pa.large_string()).combine_chunks()
    raw = whole.dictionary_encode()
    trimmed = pc.utf8_trim(raw.dictionary, BLANKS).dictionary_encode()
    return Distinct(trimmed.dictionary.to_pylist(), trimmed.indices.take(raw.indices))


class Columns:
    """Collects records into text columns of one width, and remembers those that do not fit."""

    def __init__(self, width: int) -> None:
        self.width = width
        self.lines = array("q")
        self.misfits: dict[int, Misfit] = {}
        self._parts: list[list[pa.Array]] = [[] for _ in range(width)]

    def add(self, rows: list[list[str]], lines: Sequence[int], unreadable: dict[int, str]) -> None:
        """Takes over some records and the line of each; unreadable: index within them -> raw text."""
        if not rows:
            return
        first = len(self.lines)
        if unreadable or set(map(len, rows)) != {self.width}:
            rows = [self._fitted(row, first + i, unreadable.get(i)) for i, row in enumerate(rows)]
        for parts, cells in zip(self._parts, zip(*rows, strict=True), strict=True):
            parts.append(pa.array(cells, pa.string()))
        self.lines.extend(lines)

    def _fitted(self, row: list[str], index: int, raw: str | None) -> list[str]:
        if raw is not None:
            self.misfits[index] = Misfit("NOT_TEXT", len(row), (raw,))
            return [""] * self.width
        if len(row) < self.width:
            if any(row):
                self.misfits[index] = Misfit("TOO_SHORT", len(row), tuple(row))
            return row + [""] * (self.width - len(row))
        if any(cell.strip() for cell in row[self.width :]):
            self.misfits[index] = Misfit("TOO_LONG", len(row), tuple(row))
        return row[: self.width]

    def finished(self) -> list[pa.ChunkedArray]:
        """The columns."""
        return [pa.chunked_array(parts, pa.string()) for parts in self._parts]
