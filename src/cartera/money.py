"""The only money arithmetic outside an engine: exact decimals of four places, rounded once, half to even."""

from __future__ import annotations

from decimal import ROUND_HALF_EVEN, Decimal
from fractions import Fraction

PRECISION, SCALE = 18, 4
QUANTUM = Decimal(1).scaleb(-SCALE)
LARGEST = Decimal(10) ** (PRECISION - SCALE) - QUANTUM
NO_CURRENCY = "XXX"  # ISO 4217: "no currency is involved"


def rounded(value: Decimal) -> Decimal:
    """`value` at four decimal places, half to even."""
    return value.quantize(QUANTUM, rounding=ROUND_HALF_EVEN)


def from_fraction(value: Fraction) -> Decimal:
    """An exact fraction of money at four decimal places, half to even."""
    return Decimal(round(value * 10**SCALE)).scaleb(-SCALE)


def text(value: Decimal | None) -> str:
    """The value as plain decimal text without trailing zeros beyond cents: 1234.50, 0.125, empty when unknown."""
    if value is None:
        return ""
    plain = f"{value:f}"
    if "." not in plain:
        return plain + ".00"
    whole, cents = plain.split(".")
    return f"{whole}.{cents.rstrip('0').ljust(2, '0')}"
