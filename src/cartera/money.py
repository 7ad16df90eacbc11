"""The only money arithmetic outside an engine: exact decimals of four places, rounded once, half to even."""

from __future__ import annotations

from decimal import ROUND_HALF_EVEN, Decimal
from fractions import Fraction

PRECISION, SCALE = 18, 4
QUANTUM = Decimal(1).scaleb(-SCALE)
LARGEST = Decimal(10) ** (PRECISION - SCALE) - QUANTUM
NO_CURRENCY = "XXX"  # ISO 4217: "no currency is involved"
_DOLLARS = frozenset(
    (
        "USD AUD CAD NZD HKD SGD TWD MXN ARS CLP COP UYU DOP CUP BBD BMD BND BSD BZD FJD GYD JMD KYD LRD NAD SBD SRD "
        "TTD XCD"
    ).split()
)
_CROWNS, _FRANCS = frozenset("SEK NOK DKK ISK EEK".split()), frozenset("CHF FRF BEF LUF".split())
# Signs of several currencies, and of which. Money seen under one has it for a currency until somebody says which.
SHARED = {
    "$": _DOLLARS,
    "¥": frozenset({"JPY", "CNY"}),
    "kr": _CROWNS,
    "kr.": _CROWNS,
    "Fr": _FRANCS,
    "Fr.": _FRANCS,
}


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


def stands_for(currency: str) -> list[str]:
    """What a source may write for money in this currency: nothing known, or a sign that it shares with others."""
    return [NO_CURRENCY, *(sign for sign, codes in SHARED.items() if currency in codes)]
