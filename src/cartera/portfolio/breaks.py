"""Between which fixed values do the scores lie? Four breaks per axis, written in a TOML text."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import Any

from cartera.errors import CarteraError, nearest
from cartera.money import QUANTUM

AXES = ("recency", "frequency", "monetary")
COUNT = 4  # five scores lie between four breaks
EXAMPLES = {"recency": "[30, 90, 180, 270]", "frequency": "[1, 3, 6, 12]", "monetary": "[100, 500, 2000, 10000]"}


@dataclass(frozen=True)
class Breaks:
    """The upper ends of the scores: days, purchases and money; a value that is equal to a break lies below it."""

    recency: tuple[Decimal, ...]
    frequency: tuple[Decimal, ...]
    monetary: tuple[Decimal, ...]

    def __str__(self) -> str:
        """The breaks as a person would say them."""
        return ", ".join(f"{axis} {' '.join(f'{one:f}' for one in getattr(self, axis))}" for axis in AXES)


def read_breaks(text: str, where: str) -> Breaks:
    """The breaks in a TOML text: `recency = [30, 90, 180, 270]`, `frequency`, `monetary`. where: the file's name.

    CarteraError names the line, the value and the fix.
    """
    try:
        written = tomllib.loads(text, parse_float=Decimal)
    except tomllib.TOMLDecodeError as error:
        raise CarteraError(f"not a TOML text: {error}.", where=where, fix=_fix("recency")) from error
    for name in written:
        if name not in AXES:
            hint = f"Did you mean {nearest(name, AXES)!r}? " if nearest(name, AXES) else ""
            raise CarteraError(
                f"{name} has no scores.", where=_place(text, name, where), fix=f"{hint}Valid: {', '.join(AXES)}."
            )
    for axis in AXES:
        if axis not in written:
            raise CarteraError(f"the breaks of {axis} are missing.", where=where, fix=_fix(axis))
    return Breaks(**{axis: _breaks(axis, written[axis], _place(text, axis, where)) for axis in AXES})


def _breaks(axis: str, found: Any, place: str) -> tuple[Decimal, ...]:
    """The axis's own four; refused when they are not numbers that rise."""
    values = found if isinstance(found, list) else [found]
    step = QUANTUM if axis == "monetary" else Decimal(1)
    for value in values:
        if type(value) not in (int, Decimal) or not Decimal(value).is_finite() or value % step:
            kind = "no amount of at most four decimals" if axis == "monetary" else "no whole number"
            told = str(value) if isinstance(value, Decimal) else repr(value)
            raise CarteraError(f"{axis} has the break {told}, {kind}.", where=place, fix=_fix(axis))
    numbers = tuple(Decimal(value) for value in values)
    if len(numbers) != COUNT or any(a >= b for a, b in pairwise(numbers)):
        told = ", ".join(f"{number:f}" for number in numbers) or "none"
        raise CarteraError(f"{axis} wants four breaks that rise; found: {told}.", where=place, fix=_fix(axis))
    return numbers


def _fix(axis: str) -> str:
    return f"For example {axis} = {EXAMPLES[axis]}"


def _place(text: str, name: str, where: str) -> str:
    """The file and the first line that sets the name."""
    for number, line in enumerate(text.splitlines(), start=1):
        if line.split("=", 1)[0].strip().strip("\"'[]") == name:
            return f"{where}, line {number}"
    return where
