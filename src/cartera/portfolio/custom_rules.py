"""What is a rule that somebody wrote? A tree: conditions joined by all, any and not; with a name it is a segment.

Nothing here looks at facts: `custom_reading.py` makes the trees, `custom_words.py` says them, `custom.py` asks them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

IS, IS_NOT, IN, MISSING = "is", "is_not", "in", "missing"
AT_LEAST, AT_MOST, ABOVE, BELOW, BETWEEN = "at_least", "at_most", "above", "below", "between"
SAMENESS = (IS, IS_NOT, IN, MISSING)
SIZE = (AT_LEAST, AT_MOST, ABOVE, BELOW, BETWEEN)
OPERATORS = (*SAMENESS, *SIZE)


@dataclass(frozen=True)
class Compare:
    """A column against a value; of a client of whom nobody stated the column only `is_not` and `missing` can hold.

    place: where it was written.
    """

    column: str
    operator: str
    value: Any
    place: str = field(default="", compare=False)


@dataclass(frozen=True)
class HasBeen:
    """In this segment of the policy, without a break, for so many days or longer. segment: its id or its name."""

    segment: str
    days: int
    place: str = field(default="", compare=False)


@dataclass(frozen=True)
class All:
    """Every part holds."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True)
class AnyOf:
    """One part holds, or several."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True)
class Not:
    """The part does not hold."""

    part: Condition


Condition = Compare | HasBeen | All | AnyOf | Not


@dataclass(frozen=True)
class CustomSegment:
    """A saved filter: its name, and what must hold of a client in it."""

    name: str
    condition: Condition


@dataclass(frozen=True)
class Rules:
    """Custom segments in the order in which they were written; a client may be in several or in none.

    where: the file they are from.
    """

    segments: tuple[CustomSegment, ...]
    where: str = field(default="rules", compare=False)

    def __str__(self) -> str:
        """The file's name, or what stands for it."""
        return self.where

    def names(self) -> list[str]:
        """What the custom segments are called."""
        return [segment.name for segment in self.segments]

    def leaves(self) -> list[Compare | HasBeen]:
        """Every condition that stands alone, of all the segments."""
        return [leaf for segment in self.segments for leaf in leaves(segment.condition)]


def leaves(condition: Condition) -> Iterator[Compare | HasBeen]:
    """The conditions at the ends of a tree."""
    if isinstance(condition, All | AnyOf):
        for part in condition.parts:
            yield from leaves(part)
    elif isinstance(condition, Not):
        yield from leaves(condition.part)
    else:
        yield condition
