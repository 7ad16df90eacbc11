"""Which score from 1 to 5 does a value get? By quantiles, by the rule of the R package rfm, or by fixed breaks.

Cuts are exact: order statistics come from the engine, the arithmetic between two of them is decimal.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from functools import reduce
from operator import or_

import narwhals as nw

from cartera.errors import UnknownNameError
from cartera.facts.tables import Facts, Frame
from cartera.money import QUANTUM
from cartera.portfolio.breaks import AXES, Breaks

QUANTILE, R = "quantile", "r"
KINDS = (QUANTILE, R)
HIGHEST = 5
STEPS = dict(zip(AXES, (Decimal(1), Decimal(1), QUANTUM), strict=True))  # the distance between neighbouring values


@dataclass(frozen=True)
class Cuts:
    """What divides the five scores of one axis. cuts: the four cuts. is_upper: a value equal to a cut lies below it.

    step: the distance between neighbouring values. reverse: the lowest values get a 5.
    """

    axis: str
    cuts: tuple[Decimal, ...]
    is_upper: bool = True

    @property
    def step(self) -> Decimal:
        """The distance between neighbouring values: a day, a purchase, the smallest amount."""
        return STEPS[self.axis]

    @property
    def tops(self) -> tuple[Decimal, ...]:
        """The greatest values that lie below each cut."""
        if self.is_upper:
            return tuple(_onto(cut, self.step, ROUND_FLOOR) for cut in self.cuts)
        return tuple(_onto(cut, self.step, ROUND_CEILING) - self.step for cut in self.cuts)

    def score(self, column: nw.Expr) -> nw.Expr:
        """1 to 5 for every value of the column; few days are the best, of everything else much."""
        passed = [(column > top).cast(nw.Int64) for top in self.tops]
        score: nw.Expr = sum(passed, start=nw.lit(1, nw.Int64))
        return nw.lit(HIGHEST + 1, nw.Int64) - score if self.axis == "recency" else score

    def __str__(self) -> str:
        """The cuts as a person would say them: recency cut at 34, 71, 120 and 200."""
        told = [f"{cut:,f}" for cut in self.cuts]
        *most, last = [one.rstrip("0").rstrip(".") if "." in one else one for one in told]
        return f"{self.axis} cut at {', '.join(most)} and {last}"


def cuts(facts: Facts, rows: Frame, count: int, scores: str | Breaks) -> dict[str, Cuts]:
    """The cuts per axis for rows with the columns recency_days, frequency and monetary; none when `count` is 0.

    count: how many rows there are. UnknownNameError for scores of another kind.
    """
    if isinstance(scores, Breaks):
        return {axis: Cuts(axis, getattr(scores, axis)) for axis in AXES}
    if scores not in KINDS:
        raise UnknownNameError("scores", scores, (*KINDS, "a FILE.toml"), where="scores")
    if not count:
        return {}
    found = {axis: quintiles(facts, rows, column_of(axis), count) for axis in AXES}
    if scores == QUANTILE:
        return {axis: Cuts(axis, values) for axis, values in found.items()}
    # The package raises every cut by one of whatever is measured, a day, an order or a whole unit of money.
    return {axis: Cuts(axis, tuple(v + 1 for v in values), is_upper=False) for axis, values in found.items()}


def column_of(axis: str) -> str:
    """The column that an axis scores."""
    return "recency_days" if axis == "recency" else axis


def quintiles(facts: Facts, rows: Frame, column: str, count: int) -> tuple[Decimal, ...]:
    """The exact type-7 quantiles at .2, .4, .6 and .8: between the values beside place (count - 1) p, in proportion.

    Source: Hyndman and Fan 1996, definition 7; the usual one of R, NumPy and spreadsheets.
    """
    places = [divmod((count - 1) * fifth, HIGHEST) for fifth in range(1, HIGHEST)]
    wanted = sorted({min(place + more, count - 1) for place, _ in places for more in (0, 1)})
    values = _at(facts, rows, column, wanted)
    cut = []
    for place, fifths in places:
        low, high = values[place], values[min(place + 1, count - 1)]
        cut.append(low + (high - low) * fifths / HIGHEST)
    return tuple(cut)


def _at(facts: Facts, rows: Frame, column: str, places: Sequence[int]) -> dict[int, Decimal]:
    """The values at these places, from 0, when the rows are sorted by the column."""
    counted = rows.group_by(column).agg(own=nw.len().cast(nw.Int64))
    counted = counted.with_columns(upto=nw.col("own").cum_sum().over(order_by=column).cast(nw.Int64))
    begin = nw.col("upto") - nw.col("own")
    chosen = [(begin <= place) & (nw.col("upto") > place) for place in places]
    found = facts.room.rows(counted.filter(reduce(or_, chosen)).select(column, "own", "upto"))
    return {
        place: Decimal(next(row[column] for row in found if row["upto"] - row["own"] <= place < row["upto"]))
        for place in places
    }


def _onto(value: Decimal, step: Decimal, rounding: str) -> Decimal:
    """The nearest multiple of the step, a power of ten, in the direction of `rounding`."""
    return value.quantize(step, rounding=rounding)
