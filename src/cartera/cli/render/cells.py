"""How does one value read on a screen? By its unit: thousands separators, percentages, ISO dates, segment labels."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from cartera import money
from cartera.words import KOPILOT, SALESCOPE, SEGMENT_LABELS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from cartera.views.view import Column

LEFT = ("text", "segment", "flag", "date")
# Names, not hex values: every terminal has its own readable red for its own background.
STYLES = {
    "no-activity": "dim",
    "new": "blue",
    "active": "green",
    "sleeping-away": "yellow",
    "hibernating": "magenta",
    "leaving": "bright_red",
    "lost": "red",
    "cancelled": "bright_black",
}
SEGMENT_STYLES = {segment.id: STYLES[segment.colour] for segment in (*SALESCOPE, *KOPILOT)}
CONTROLS = dict.fromkeys([*range(32), *range(127, 160)], " ")


def shown(value: Any, column: Column) -> str:
    """The text of one cell; for an unknown value what its column says of such, usually nothing."""
    if value is None:
        return column.unknown
    if isinstance(value, list):
        return ", ".join(shown(one, column) for one in value)
    return WRITERS[written_as(column.unit, column)](value)


def shown_in(row: Mapping[str, Any], column: Column) -> str:
    """The text of the row's cell, in the row's own unit where it has one."""
    value = row[column.name]
    if value is None or column.unit_from is None:
        return shown(value, column)
    unit = row[column.unit_from]
    # A share stays the decimal that it is: as a float, 1.6765 would read 167.7 % here and 167.6 % in the sentence.
    written = value if unit in ("money", "share") else int(value) if unit == "count" else float(value)
    return WRITERS[written_as(unit, column)](written)


def written_as(unit: str, column: Column) -> str:
    """The writer of a value of this unit: 5 % after 4 % are one point more, not 1 %."""
    return "points" if unit == "share" and column.is_change else unit


def clean(text: object) -> str:
    """The text in one line, without what would steer a terminal."""
    return str(text).translate(CONTROLS)


def number(value: Any) -> str:
    """A number with thousands separators; one decimal where it may have some."""
    if isinstance(value, Decimal):
        return money.text(value)
    return f"{value:,.1f}" if isinstance(value, float) else f"{value:,}"


WRITERS: dict[str, Callable[[Any], str]] = {
    "text": clean,
    "segment": lambda value: SEGMENT_LABELS.get(value, clean(value)),
    "date": clean,
    "days": number,
    "count": number,
    "number": number,
    "share": lambda value: f"{value * 100:,.1f} %",
    "points": lambda value: f"{value * 100:+,.1f} points",
    "money": lambda value: f"{value:,.2f}",
    "flag": lambda value: "yes" if value else "no",
}
