"""How much does each client buy beside the others? Classes of its net sales against the mean of those who bought.

Read `VolumeLimits` first: every class and every sentence about it is made from its numbers.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

import narwhals as nw

from cartera.errors import PolicyError
from cartera.facts.tables import Facts, Frame
from cartera.money import from_fraction
from cartera.portfolio.measures import at_least, measured
from cartera.portfolio.policy import AnyPolicy
from cartera.portfolio.sales_window import YEAR, window_words
from cartera.portfolio.whole import those_of
from cartera.tongue import filled, number, say, spoken, text

VERY_HIGH, HIGH, AVERAGE, LOW, NONE = "very high", "high", "average", "low", "none"


@dataclass(frozen=True)
class VolumeLimits:
    """From how many times the mean on a client's volume is very high, high, average; ours."""

    very_high: Decimal = Decimal(3)
    high: Decimal = Decimal("1.25")
    average: Decimal = Decimal("0.5")

    def __post_init__(self) -> None:
        """Refuse numbers that leave a class without a client."""
        if not self.very_high > self.high > self.average > 0:
            found = f"very_high {self.very_high}, high {self.high}, average {self.average}"
            fix = "A working example: very_high=3, high=1.25, average=0.5."
            raise PolicyError(f"very_high > high > average > 0 does not hold: {found}.", fix=fix)


def volume(
    facts: Facts,
    *,
    day: date,
    policy: AnyPolicy,
    window: str = YEAR,
    limits: VolumeLimits | None = None,
    whole: Facts | None = None,
) -> Frame:
    """One row per client born by `day`, each in exactly one class.

    Columns: client_id, name, segment, amount (net sales of the window), times_mean (amount as a multiple of the mean
    over the clients with net sales above 0; null when there are none), volume (very high, high, average, low, none).
    UnknownNameError for another window. whole: everybody, of whom the mean is; `facts` themselves when None.
    """
    limits = limits or VolumeLimits()
    rows = facts.room.keep(measured(whole or facts, day=day, policy=policy, window=window).rename({"value": "amount"}))
    mean = mean_of(facts, rows)
    multiple = nw.lit(None, nw.Float64) if mean is None else nw.col("amount").cast(nw.Float64) / float(mean)
    rows = rows.select(
        "client_id", "name", "segment", "amount", multiple.alias("times_mean"),
        volume_class(limits, mean or Fraction(1)).alias("volume"),
    )  # fmt: skip
    return those_of(rows, facts, whole)


def mean_of(facts: Facts, rows: Frame) -> Fraction | None:
    """The exact mean of the amounts above 0; None when there is none."""
    sold = rows.filter(nw.col("amount") > 0).select(nw.col("amount").sum(), count=nw.len())
    found = facts.room.rows(sold)[0]
    return Fraction(found["amount"]) / found["count"] if found["count"] else None


def volume_class(limits: VolumeLimits, mean: Fraction) -> nw.Expr:
    """The class of an `amount`."""
    amount = nw.col("amount")
    steps = ((VERY_HIGH, limits.very_high), (HIGH, limits.high), (AVERAGE, limits.average))
    answer = nw.when(amount > 0).then(nw.lit(LOW)).otherwise(nw.lit(NONE))
    for name, times in reversed(steps):
        answer = nw.when(amount >= at_least(mean * Fraction(times))).then(nw.lit(name)).otherwise(answer)
    return answer


def definitions(limits: VolumeLimits, window: str = YEAR, mean: Fraction | None = None) -> list[tuple[str, str]]:
    """Every class with its sentence, in the order of the classes; with the mean also what it is in money."""
    words = window_words(window)

    def times(factor: Decimal) -> str:
        told = number(factor, max(0, -int(factor.as_tuple().exponent)))
        if not mean:
            return say("{number} times", number=told)
        return say("{number} times ({amount})", number=told, amount=number(from_fraction(mean * Fraction(factor)), 2))

    that = text("at least {times} that mean")
    first = say(
        "at least {times} the mean of the clients with sales {window}", times=times(limits.very_high), window=words
    )
    return [
        (VERY_HIGH, first),
        (HIGH, filled(spoken(that), {"times": times(limits.high)})),
        (AVERAGE, filled(spoken(that), {"times": times(limits.average)})),
        (LOW, say("less, but above 0")),
        (NONE, say("no net sales above 0 {window}", window=words)),
    ]
