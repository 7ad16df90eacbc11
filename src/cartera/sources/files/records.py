"""Which records does a text hold? The delimiter by the widths it gives, then standard quoting, one record at a time."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice

from cartera.errors import Ambiguous, InputError, Question
from cartera.sources.files.options import DELIMITERS
from cartera.tongue import say, say_many

BLOCK = 2_000  # small blocks keep their cells in the processor's cache: 50,000 took twice as long
LONGEST_FIELD_LINES = 50
SAMPLE = 200
PIECE = 1 << 20  # characters; Python's reader of lines takes four bytes for each
MOST_CELLS, LONG = 10_000, 100_000  # of a record; in a line of so many characters they are counted first
CLOSED = "\x1e"  # a line after the last one: read as a record of its own only when every quote was closed
CANDIDATES = ("comma", "semicolon", "tab", "pipe")
UNUSUAL = {"space": " "}


@dataclass
class Block:
    """Some records with the physical line on which each begins. literal: those read with quotes taken literally.

    unreadable: index -> raw text of records that are not text.
    """

    rows: list[list[str]]
    lines: Sequence[int]
    literal: list[int] = field(default_factory=list)
    unreadable: dict[int, str] = field(default_factory=dict)


def said_delimiter(text: str) -> tuple[str, str] | None:
    """The sign named in a first line `sep=;` as spreadsheets write it, and that line."""
    first = text[:8].splitlines()[0] if text[:8].strip() else ""
    return (first[4:5], first) if len(first) == 5 and first.lower().startswith("sep=") else None


def delimiter_of(text: str, name: str) -> str:
    """The sign between cells. Ambiguous: several fit equally. InputError: none does."""
    found = {word: _fit(text, DELIMITERS[word]) for word in CANDIDATES}
    best = max(count for count, _ in found.values())
    winners = [word for word, (count, _) in found.items() if count == best]
    if best and len(winners) == 1:
        return DELIMITERS[winners[0]]
    if best:
        raise Ambiguous([_question({w: found[w][1] for w in winners}, several=True)], where=name)
    unusual = {w: _fit(text, sign) for w, sign in UNUSUAL.items()}
    readings = {w: width for w, (count, width) in unusual.items() if count > 1 and width > 2}
    if readings:
        raise Ambiguous([_question(readings, several=False)], where=name)
    raise InputError(
        say("no columns were found: the first line is {first}.", first=repr(_first(text))),
        where=name,
        fix=say(
            "Give a table with a client, a date and an amount per row, divided by commas, semicolons, tabs or pipes."
        ),
    )


def _first(text: str) -> str:
    line = next((line for line in text[:5000].splitlines() if line.strip()), "")
    return line if len(line) <= 60 else line[:60] + "…"


def _question(readings: dict[str, int], *, several: bool) -> Question:
    meanings = {word: say_many("{count} column", "{count} columns", count=width) for word, width in readings.items()}
    unclear = say("Which sign divides the columns: no comma, semicolon, tab or pipe divides the columns.")
    if several:
        unclear = say("Which sign divides the columns: several signs may divide the columns.")
    return Question("delimiter", unclear, "--delimiter", meanings)


def _fit(text: str, delimiter: str) -> tuple[int, int]:
    """How many of the first records share one width of at least 2, and that width."""
    lines = io.StringIO(text[: 1 << 20], newline="")
    widths = Counter(len(row) for row in islice(_cells(lines, delimiter), SAMPLE) if len(row) > 1)
    return max(((count, width) for width, count in widths.items()), default=(0, 0))


def _cells(lines: Iterator[str], delimiter: str) -> Iterator[list[str]]:
    if delimiter == " ":
        yield from (line.split() for line in lines)
        return
    try:
        yield from csv.reader(lines, delimiter=delimiter)
    except csv.Error:
        return


def blocks(text: str, delimiter: str, suspect: bool = False) -> Iterator[Block]:
    """All records of the text, in order, block by block."""
    lines = _lines(text)
    start = 1
    while physical := list(islice(lines, BLOCK)):
        block = _fast(physical, delimiter, start, suspect) or _careful(physical, lines, delimiter, start)
        start += len(physical)
        yield block


def _lines(text: str) -> Iterator[str]:
    """The lines with their ends as they are."""
    start = 0
    while start < len(text):
        end = text.find("\n", start + PIECE) + 1 or len(text)
        yield from io.StringIO(text[start:end], newline="")
        start = end


def _is_endless(line: str, delimiter: str) -> bool:
    """Whether the line has more cells than any table."""
    return len(line) > LONG and line.count(delimiter) > MOST_CELLS


def _fast(physical: list[str], delimiter: str, start: int, suspect: bool) -> Block | None:
    """The block when every line is one record and every quote is closed, else None."""
    if suspect and any("\0" in line or "\ufffd" in line for line in physical):
        return None
    if any(len(line) > LONG for line in physical):
        return None
    try:
        rows = list(_strict_cells(physical, delimiter))
    except csv.Error:
        return None
    if len(rows) != len(physical) + 1 or rows.pop() != [CLOSED]:
        return None
    return Block(rows, range(start, start + len(rows)))


def _strict_cells(physical: list[str], delimiter: str) -> Iterator[list[str]]:
    if delimiter == " ":
        return chain((line.split() for line in physical), [[CLOSED]])
    return csv.reader(chain(physical, (CLOSED,)), delimiter=delimiter)


def _careful(physical: list[str], rest: Iterator[str], delimiter: str, start: int) -> Block:
    """Record by record; `physical` grows by the lines that its last record needs."""
    block, numbers, at = Block([], []), [], 0
    while at < len(physical):
        row, used, literal, unreadable = _record(physical, at, rest, delimiter)
        if literal:
            block.literal.append(len(block.rows))
        if unreadable:
            block.unreadable[len(block.rows)] = physical[at].strip()[:200]
        block.rows.append(row)
        numbers.append(start + at)
        at += used
    block.lines = numbers
    return block


def _record(physical: list[str], at: int, rest: Iterator[str], delimiter: str) -> tuple[list[str], int, bool, bool]:
    """One record: its cells, its physical lines, whether its quotes were taken literally, whether it is no text."""
    if "\0" in physical[at] or "\ufffd" in physical[at] or _is_endless(physical[at], delimiter):
        return [], 1, False, True
    if delimiter == " ":
        return physical[at].split(), 1, False, False
    feed = _Feed(physical, at, rest)
    try:
        row = next(csv.reader(feed, delimiter=delimiter))
        if feed.used > 1:  # A field over several lines must be closed properly, or two stray quotes would swallow rows.
            row = next(csv.reader(physical[at : at + feed.used], delimiter=delimiter, strict=True))
        if not feed.ran_out:
            return row, feed.used, False, False
    except csv.Error as error:
        if "field larger" in str(error):
            return [], 1, False, True
    return next(csv.reader([physical[at]], delimiter=delimiter, quoting=csv.QUOTE_NONE)), 1, True, False


class _Feed:
    """Lines for one record: from the block, then from the rest of the text; at most as many as one field may span."""

    def __init__(self, physical: list[str], at: int, rest: Iterator[str]) -> None:
        self.physical, self.at, self.rest = physical, at, rest
        self.used, self.ran_out = 0, False

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        index = self.at + self.used
        if index == len(self.physical):
            self.physical.extend(islice(self.rest, 1))
        if index == len(self.physical) or self.used > LONGEST_FIELD_LINES:
            self.ran_out = True
            raise StopIteration
        self.used += 1
        return self.physical[index]
