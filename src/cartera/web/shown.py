"""How does an answer become a table on a page? Every cell as text with its door; templates only place it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cartera import tongue
from cartera.views.view import Column

if TYPE_CHECKING:
    from cartera.views.view import Answer

LONG = 36  # letters beyond which a text is a sentence
NUMBERS = ("money", "count", "share", "days", "number")
Row = Mapping[str, Any]
Door = Callable[[Column, Row], str]


@dataclass(frozen=True)
class Cell:
    """What stands in a cell. kind: its unit. segment: the id where it is a segment. href: where it leads."""

    text: str
    kind: str
    href: str = ""
    segment: str = ""

    @property
    def is_number(self) -> bool:
        """Whether it stands on the right."""
        return self.kind in NUMBERS

    @property
    def is_long(self) -> bool:
        """Whether it is a sentence, which may take several lines."""
        return len(self.text) > LONG


@dataclass(frozen=True)
class Head:
    """The head of a column. href: sorts by it. sort: `ascending`, `descending` or nothing."""

    name: str
    text: str
    kind: str
    href: str = ""
    sort: str = ""

    @property
    def is_number(self) -> bool:
        """Whether its cells stand on the right."""
        return self.kind in NUMBERS


@dataclass(frozen=True)
class Line:
    """One row of a table. key: the client's id where the row is one."""

    cells: tuple[Cell, ...]
    key: str = ""

    @property
    def segment(self) -> str:
        """The segment that stands in it, empty for none."""
        return next((one.segment for one in self.cells if one.segment), "")


@dataclass(frozen=True)
class Table:
    """A table to be placed. foot: the totals of all rows, not of those shown."""

    caption: str
    heads: tuple[Head, ...]
    lines: tuple[Line, ...]
    foot: tuple[Cell, ...] = ()


def table(
    answer: Answer,
    rows: Iterable[Row] | None = None,
    *,
    columns: Sequence[Column] | None = None,
    door: Door | None = None,
    head: Callable[[Column], tuple[str, str]] | None = None,
    totals: Mapping[str, Any] | None = None,
) -> Table:
    """The answer's rows, or some of them, in these columns. door: the address behind a cell. head: link and order."""
    shown = list(columns or answer.columns)
    heads = tuple(_head(one, answer.currency, head) for one in shown)
    lines = tuple(_line(row, shown, door) for row in (answer.rows.to_pylist() if rows is None else rows))
    sums = answer.totals if totals is None else totals
    return Table(answer.view.asks, heads, lines, _foot(shown, sums))


def cell(column: Column, row: Row, href: str = "") -> Cell:
    """One value as text: unknown is a dash, never 0."""
    value = row.get(column.name)
    unit = str(row.get(column.unit_from)) if column.unit_from and row.get(column.unit_from) else column.unit
    if value is None:
        return Cell(column.unknown_said or tongue.UNKNOWN, unit)
    if unit == "segment":
        from cartera.words import segment_said

        return Cell(segment_said(value), unit, href, str(value))
    return Cell(value_text(column, value, unit), unit, href)


def value_text(column: Column, value: Any, unit: str) -> str:
    """A value in words and signs of the language in force; amounts without cents from 1,000 up."""
    if unit in SAID:
        return SAID[unit](value, column.is_change)
    return str(column.said(value))


def amount(value: Any, is_change: bool = False) -> str:
    """An amount without its currency: zero is 0, cents only where there are few euros."""
    places = 0 if value == 0 or abs(value) >= FEW else 2
    return tongue.money(value, places=places, sign=is_change and bool(value))


FEW = 1000  # from here on cents say nothing
SAID: Mapping[str, Callable[[Any, bool], str]] = {
    "money": amount,
    "share": lambda value, is_change: tongue.share(value, sign=is_change and bool(value)),
    "count": lambda value, is_change: tongue.number(value, sign=is_change and bool(value)),
    "days": lambda value, is_change: tongue.number(value, sign=is_change and bool(value)),
    "number": lambda value, _: tongue.number(value, 0 if value == int(value) else 2),
    "date": lambda value, _: tongue.day_text(value),
    "flag": lambda value, _: tongue.say("yes") if value else tongue.say("no"),
}


def _head(column: Column, currency: str | None, head: Callable[[Column], tuple[str, str]] | None) -> Head:
    href, sort = head(column) if head else ("", "")
    text = f"{column.head}, {currency}" if column.unit == "money" and currency else column.head
    return Head(column.name, text, column.unit, href, sort)


def _line(row: Row, columns: Sequence[Column], door: Door | None) -> Line:
    cells = tuple(cell(one, row, door(one, row) if door else "") for one in columns)
    return Line(cells, str(row.get("client_id") or ""))


def _foot(columns: Sequence[Column], totals: Mapping[str, Any]) -> tuple[Cell, ...]:
    if not any(one.name in totals for one in columns):
        return ()
    first = Cell(tongue.say("Total"), "text")
    rest = (cell(one, totals) if one.name in totals else Cell("", one.unit) for one in columns[1:])
    return (first, *rest)
