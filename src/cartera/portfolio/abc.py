"""Which few clients make most of the business? A, B and C by what they add up to, on any measure.

A client stands in the class in which its own part begins, so that the one that passes a limit still belongs above it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import narwhals as nw

from cartera import tongue
from cartera.errors import PolicyError
from cartera.facts.tables import Facts, Frame
from cartera.portfolio.amounts import TOTAL
from cartera.portfolio.measures import AMOUNT, INVOICES, QUANTITY, at_most, measured
from cartera.portfolio.policy import AnyPolicy
from cartera.portfolio.sales_window import YEAR, window_words
from cartera.portfolio.whole import those_of
from cartera.tongue import say, spoken

A, B, C = "A", "B", "C"
TYPES: dict[str, Any] = {INVOICES: nw.Int64, QUANTITY: nw.Float64}  # money stays decimal


@dataclass(frozen=True)
class AbcLimits:
    """Up to which share of the cumulated value clients are A, then B; the usual 80 and 95 %."""

    a: Decimal = Decimal("0.8")
    b: Decimal = Decimal("0.95")

    def __post_init__(self) -> None:
        """Refuse shares that leave a class without a client."""
        if not 0 < self.a < self.b < 1:
            fix = "A working example: a=0.8, b=0.95."
            raise PolicyError(f"0 < a < b < 1 does not hold: a {self.a}, b {self.b}.", fix=fix)


def abc(
    facts: Facts,
    *,
    day: date,
    policy: AnyPolicy,
    measure: str = AMOUNT,
    window: str = YEAR,
    limits: AbcLimits | None = None,
    whole: Facts | None = None,
) -> Frame:
    """One row per client born by `day`, each in exactly one class; equal clients share the better one.

    Columns: client_id, name, segment, value (net sales, profit, quantity or counted invoices of the window),
    value_share (of the sum of all values above 0, 0..1), cumulated_share (with all clients of the same or a greater
    value), both null for values not above 0, abc (A, B, C). UnknownNameError for another measure or window, InputError
    where the lines do not tell the measure. whole: everybody, among whom these clients are classed and
    of whose sum they have their shares; `facts` themselves when None.
    """
    limits = limits or AbcLimits()
    rows = facts.room.keep(measured(whole or facts, day=day, policy=policy, measure=measure, window=window))
    rows = those_of(classified(facts, rows, limits), facts, whole)
    return rows.with_columns(nw.col("value").cast(TYPES.get(measure, TOTAL)))


def classified(facts: Facts, rows: Frame, limits: AbcLimits) -> Frame:
    """The rows, held in the engine, with value_share, cumulated_share and abc by their `value`."""
    above = rows.filter(nw.col("value") > 0)
    total = facts.room.rows(above.select(nw.col("value").sum()))[0]["value"] or Decimal(0)
    steps = above.group_by("value").agg(own=nw.len().cast(nw.Int64)).with_columns(own=(nw.col("value") * nw.col("own")))
    steps = steps.with_columns(upto=nw.col("own").cum_sum().over(order_by="value").cast(TOTAL))
    steps = steps.select("own", "upto", key="value")
    rows = rows.join(steps, left_on="value", right_on="key", how="left")
    whole = float(total) or 1.0
    before_and_own = nw.lit(total).cast(TOTAL) - nw.col("upto") + nw.col("own")
    shared = {
        "value_share": nw.when(~nw.col("upto").is_null()).then(nw.col("value").cast(nw.Float64) / whole),
        "cumulated_share": before_and_own.cast(nw.Float64) / whole,
        "abc": _class(limits, Fraction(total)),
    }
    columns = [name for name in rows.collect_schema().names() if name not in ("own", "upto", "key")]
    return rows.with_columns(**shared).select(*columns, *shared)


def _class(limits: AbcLimits, total: Fraction) -> nw.Expr:
    """By what is left at and below a value: that of A begins before the limit is reached."""
    left = nw.col("upto").fill_null(0)
    below_a, below_b = (at_most(total * (1 - Fraction(limit))) for limit in (limits.a, limits.b))
    is_b = nw.when(left > below_b).then(nw.lit(B)).otherwise(nw.lit(C))
    return nw.when(left > below_a).then(nw.lit(A)).otherwise(is_b)


def definitions(limits: AbcLimits, measure: str = AMOUNT, window: str = YEAR) -> list[tuple[str, str]]:
    """Every class with its sentence, in the order of the classes."""
    first = say(
        "the greatest clients, until they make up {share} of {measure} {window}",
        share=tongue.limit(limits.a), measure=spoken("net sales" if measure == AMOUNT else measure, "measure"),
        window=window_words(window),
    )  # fmt: skip
    second = say("the next ones, until {share}", share=tongue.limit(limits.b))
    return [(A, first), (B, second), (C, say("the rest, also those without any"))]
