"""An answer as CSV: comma, UTF-8, a header with the column names; no cell can become a formula unless asked."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Any

from cartera.app.export.plain import in_pieces, plain
from cartera.facts.guard import guarded

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import TextIO

    from cartera.views.view import Answer, Column

WINDOWS_END = "\r\n"


class Lines:
    """Takes the rows of Python's writer, which quotes a carriage return only where lines end in one."""

    def __init__(self, file: TextIO) -> None:
        self.file = file

    def write(self, row: str) -> int:
        """The row with a line feed at its end."""
        return self.file.write(f"{row.removesuffix(WINDOWS_END)}\n")


def writer_into(file: TextIO, separator: str = ",") -> Any:
    """A `csv.writer` of the CSV that we write."""
    return csv.writer(Lines(file), lineterminator=WINDOWS_END, delimiter=separator)


def encoded(answer: Answer, *, raw: bool = False, separator: str = ",", with_mark: bool = False) -> bytes:
    """UTF-8 text. raw: text that begins like a formula gets no apostrophe. with_mark: begins with a byte order mark."""
    return b"".join(pieces(answer, raw=raw, separator=separator, with_mark=with_mark))


def pieces(answer: Answer, *, raw: bool = False, separator: str = ",", with_mark: bool = False) -> Iterator[bytes]:
    """The same, some thousand rows at a time."""
    names = [column.name for column in answer.columns]
    yield written([names if raw else [guarded(name) for name in names]], separator, with_mark=with_mark)
    for batch in in_pieces(answer.rows):
        yield written(records(answer, batch, raw=raw), separator)


def written(rows: Iterable[list[Any]], separator: str, *, with_mark: bool = False) -> bytes:
    """These rows as UTF-8 text."""
    text = io.StringIO(newline="")
    writer_into(text, separator).writerows(rows)
    return text.getvalue().encode("utf-8-sig" if with_mark else "utf-8")


def records(answer: Answer, batch: Any, *, raw: bool) -> Iterator[list[Any]]:
    """The cells of every row of an Arrow table."""
    for row in batch.to_pylist():
        yield [cell(row[column.name], column, raw=raw) for column in answer.columns]


def cell(value: Any, column: Column, *, raw: bool) -> Any:
    """One value as CSV writes it: true and false in lower case, lists with semicolons, unknown as nothing."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        value = "; ".join(str(plain(one, column)) for one in value)
    return guarded(value) if isinstance(value, str) and not raw else plain(value, column)
