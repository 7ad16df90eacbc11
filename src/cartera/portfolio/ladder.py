"""How does a client cool down by time alone? Rungs below one base date, for one day (thresholds) or for all."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from cartera.calendar import FIRST_DAY, LAST_DAY, first_start

End = Callable[[date], date]


@dataclass(frozen=True)
class Rung:
    """One state on the way down. end(base date) is the first day no longer on it; without it the rung lasts for ever.

    beside: it starts where the rung before it starts, and something else than time tells the two apart.
    """

    segment: str
    reason: str
    end: End | None = None
    beside: bool = False


@dataclass(frozen=True)
class Threshold:
    """A rung seen from one day: it holds for base dates from `from_on` on, unless a warmer one does."""

    segment: str
    reason: str
    from_on: date


def thresholds(rungs: Sequence[Rung], day: date) -> list[Threshold]:
    """The rungs as plain dates for `day`, warmest first; the first whose `from_on` is reached wins."""
    return [Threshold(r.segment, r.reason, first_start(r.end, day) if r.end else FIRST_DAY) for r in rungs]


def descent(rungs: Sequence[Rung], bases: Iterable[date]) -> dict[str, list[object]]:
    """The rungs of every base date as columns base_on, segment, reason, rung_from, rung_until (half-open)."""
    columns: dict[str, list[object]] = {c: [] for c in ("base_on", "segment", "reason", "rung_from", "rung_until")}
    for base in bases:
        start = end = FIRST_DAY
        for rung in rungs:
            start = start if rung.beside else end
            end = rung.end(base) if rung.end else LAST_DAY
            for name, value in zip(columns, (base, rung.segment, rung.reason, start, end), strict=True):
                columns[name].append(value)
    return columns
