"""How does an answer become a table on a page? Every cell as text with its door; templates only place it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, TypeVar

from cartera import tongue
from cartera.views.view import Column

if TYPE_CHECKING:
    from cartera.views.view import Answer

LONG = 36  # letters beyond which a text is a sentence
SPEAKING = ("segment", "rep", "phone", "email")  # columns whose values say what they are
NUMBERS = ("money", "count", "share", "days", "number")
Row = Mapping[str, Any]
Door = Callable[[Column, Row], str]
Stack = tuple[Column, Column | None]  # a column and the one below it


@dataclass(frozen=True)
class Cell:
    """What stands in a cell. kind: its unit. segment: the id where it is a segment. href: where it leads.

    label: what the column is called, for rows that stand without their heads. second: what stands below in small.
    """

    text: str
    kind: str
    href: str = ""
    segment: str = ""
    label: str = ""
    second: Cell | None = None

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
    """The head of a column. href: sorts by it. sort: `ascending`, `descending` or nothing. second: the head below."""

    name: str
    text: str
    kind: str
    href: str = ""
    sort: str = ""
    second: Head | None = None

    @property
    def is_number(self) -> bool:
        """Whether its cells stand on the right."""
        return self.kind in NUMBERS

    @property
    def order(self) -> str:
        """The order in force by this column or the one below it, nothing for neither."""
        return self.sort or (self.second.sort if self.second else "")


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

    @property
    def is_of_clients(self) -> bool:
        """Whether its rows are clients: on a phone each stands for itself, without the heads."""
        return any(one.key for one in self.lines)


Placed = TypeVar("Placed", Cell, Head)


def table(
    answer: Answer,
    rows: Iterable[Row] | None = None,
    *,
    columns: Sequence[Column] | None = None,
    door: Door | None = None,
    head: Callable[[Column], tuple[str, str]] | None = None,
    totals: Mapping[str, Any] | None = None,
    under: Mapping[str, str] | None = None,
) -> Table:
    """The answer's rows, or some of them, in these columns. door: the address behind a cell. head: link and order.

    under: column -> the one below which it stands, where both are shown.
    """
    shown = _stacked(list(columns or answer.columns), under or {})
    heads = tuple(_below(one, lambda column: _head(column, answer.currency, head)) for one in shown)
    labels = {one.name: one.text for head in heads for one in (head, head.second) if one and one.name not in SPEAKING}
    lines = tuple(_line(row, shown, door, labels) for row in (answer.rows.to_pylist() if rows is None else rows))
    sums = answer.totals if totals is None else totals
    return Table(answer.view.asks, heads, lines, _foot(shown, sums, labels))


def cell(column: Column, row: Row, href: str = "", label: str | None = None) -> Cell:
    """One value as text: unknown is a dash, never 0. label: what it is called, where not as its column."""
    value, called = row.get(column.name), label
    if called is None:
        called = "" if column.name in SPEAKING else column.head
    unit = str(row.get(column.unit_from)) if column.unit_from and row.get(column.unit_from) else column.unit
    if value is None:
        return Cell(column.unknown_said or tongue.UNKNOWN, unit, label=called)
    if unit == "segment":
        from cartera.words import segment_said

        return Cell(segment_said(value), unit, href, str(value), called)
    return Cell(value_text(column, value, unit), unit, href, label=called)


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


def _stacked(columns: Sequence[Column], under: Mapping[str, str]) -> list[Stack]:
    """The columns, each with the one that stands below it."""
    names = {one.name for one in columns}
    below = {under[one.name]: one for one in columns if under.get(one.name) in names}
    return [(one, below.get(one.name)) for one in columns if one not in below.values()]


def _below(stack: Stack, made: Callable[[Column], Placed]) -> Placed:
    first, second = stack
    return replace(made(first), second=made(second)) if second else made(first)


def _line(row: Row, stacks: Sequence[Stack], door: Door | None, labels: Mapping[str, str]) -> Line:
    def made(column: Column) -> Cell:
        return cell(column, row, door(column, row) if door else "", labels.get(column.name, ""))

    return Line(tuple(_below(one, made) for one in stacks), str(row.get("client_id") or ""))


def _foot(stacks: Sequence[Stack], totals: Mapping[str, Any], labels: Mapping[str, str]) -> tuple[Cell, ...]:
    if not any(one.name in totals for stack in stacks for one in stack if one):
        return ()

    def made(column: Column) -> Cell:
        known = column.name in totals
        return cell(column, totals, "", labels.get(column.name, "")) if known else Cell("", column.unit)

    return (Cell(tongue.say("Total"), "text"), *(_below(one, made) for one in stacks[1:]))
