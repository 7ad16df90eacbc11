"""What do the cells of a column say, as days and numbers? Each different text is read once; what is open is asked."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Context, Decimal
from functools import cached_property

import pyarrow as pa
import pyarrow.compute as pc

from cartera.money import PRECISION, SCALE
from cartera.sources.files import dates, decimals
from cartera.sources.files.decimals import Sign
from cartera.sources.files.grid import Distinct, Grid

MONEY = pa.decimal128(PRECISION, SCALE)
WIDE = Context(prec=60)  # products and quotients of two amounts stay exact
CENTS_OF_CENTS = Decimal(1).scaleb(-SCALE)


@dataclass(frozen=True)
class Days:
    """A date column: per different text its day, or None."""

    distinct: Distinct
    found: list[date | None]
    order: str | None = None

    @cached_property
    def array(self) -> pa.Date32Array:
        """The day of each row."""
        return self.distinct.spread(pa.array(self.found, pa.date32()))

    @cached_property
    def bad(self) -> pa.BooleanArray:
        """Rows whose text is no day."""
        pairs = zip(self.distinct.texts, self.found, strict=True)
        return self.distinct.flags(text not in decimals.MISSING and day is None for text, day in pairs)

    @cached_property
    def blank(self) -> pa.BooleanArray:
        """Rows without a day."""
        return self.distinct.flags(text in decimals.MISSING for text in self.distinct.texts)


@dataclass(frozen=True)
class Numbers:
    """A number column: per different text its plain decimal text, or None. units: the currency sign in each."""

    distinct: Distinct
    found: list[str | None]
    sign: Sign | None = None
    units: list[str] | None = None

    @cached_property
    def decimals(self) -> list[Decimal | None]:
        """Per different text its exact number."""
        return [None if text is None else Decimal(text) for text in self.found]

    @cached_property
    def array(self) -> pa.Decimal128Array:
        """The number of each row, at four decimals."""
        return self.distinct.spread(money(self.found))

    @cached_property
    def bad(self) -> pa.BooleanArray:
        """Rows whose text is no number."""
        pairs = zip(self.distinct.texts, self.found, strict=True)
        return self.distinct.flags(text not in decimals.MISSING and number is None for text, number in pairs)

    @cached_property
    def blank(self) -> pa.BooleanArray:
        """Rows without a number."""
        return self.distinct.flags(text in decimals.MISSING for text in self.distinct.texts)


def money(texts: list[str | None]) -> pa.Decimal128Array:
    """Plain decimal texts as amounts of four decimals, rounded half to even."""
    array = pa.array(texts, pa.string())
    if not pc.any(pc.match_substring_regex(array, r"\.[0-9]{5}"), min_count=0).as_py():
        return array.cast(MONEY)
    return amounts([None if text is None else Decimal(text) for text in texts])


def amounts(numbers: list[Decimal | None]) -> pa.Decimal128Array:
    """Exact numbers as amounts of four decimals, rounded half to even."""
    return pa.array([None if n is None else n.quantize(CENTS_OF_CENTS, context=WIDE) for n in numbers], MONEY)


def day_readings(grid: Grid, columns: Mapping[str, int]) -> dict[str, list[dates.Reading]]:
    """Per date role what each different text of its column could mean."""
    return {role: [dates.read(text) for text in grid.distinct(column).texts] for role, column in columns.items()}


def days(grid: Grid, column: int, readings: list[dates.Reading], order: str) -> Days:
    """The column with its open readings in this order."""
    found = [r.day(order) if isinstance(r, dates.Pending) else r for r in readings]
    has_open = any(isinstance(r, dates.Pending) for r in readings)
    return Days(grid.distinct(column), found, order if has_open else None)


@dataclass
class Unsigned:
    """A number column whose decimal sign is not settled yet."""

    distinct: Distinct
    shapes: list[decimals.Shape]
    signs: decimals.Signs

    def read(self, sign: Sign) -> Numbers:
        """The column under this decimal sign."""
        found = [None if s.hint in ("bad", "missing") else decimals.written(s, sign) for s in self.shapes]
        units = [s.unit for s in self.shapes] if any(s.unit for s in self.shapes) else None
        said = sign if any(s.hint in ("point", "comma", "either") for s in self.shapes) else None
        return Numbers(self.distinct, found, said, units)


def number_column(grid: Grid, column: int, sign: Sign | None) -> Numbers | Unsigned:
    """The column, when its cells (or `sign`) settle the decimal sign; else what is known of it."""
    distinct = grid.distinct(column)
    if sign != "comma" and decimals.is_plain(distinct.texts):
        return Numbers(distinct, [text or None for text in distinct.texts], "point" if _has_point(distinct) else None)
    shapes = [decimals.shape(text) for text in distinct.texts]
    unsigned = Unsigned(distinct, shapes, decimals.signs(distinct.texts, shapes))
    settled = sign or unsigned.signs.sign
    if settled is None and not (unsigned.signs.is_mixed or unsigned.signs.is_open):
        settled = "point"  # nothing but whole numbers: either sign reads them alike
    return unsigned if settled is None else unsigned.read(settled)


def _has_point(distinct: Distinct) -> bool:
    return any("." in text for text in distinct.texts)


def words(
    grid: Grid, column: int, meaning: Callable[[str], str | bool | None]
) -> tuple[list[str | bool | None], Distinct]:
    """Per different text of the column its meaning, None when empty or unknown."""
    distinct = grid.distinct(column)
    return [meaning(text) if text else None for text in distinct.texts], distinct
