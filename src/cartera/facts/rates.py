"""Which way round is an exchange rate meant? A rough memory of what currencies are worth tells 160 from 0.00625."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from math import log

# Euros for one unit, 2015 to 2026, one digit. They tell a rate from its inverse and are never used for money.
WORTH = {
    "EUR": 1.0, "USD": 0.9, "GBP": 1.2, "CHF": 1.0, "CAD": 0.7, "AUD": 0.6, "NZD": 0.6, "JPY": 0.007, "CNY": 0.13,
    "HKD": 0.12, "SGD": 0.66, "SEK": 0.09, "NOK": 0.095, "DKK": 0.134, "ISK": 0.007, "PLN": 0.23, "CZK": 0.039,
    "HUF": 0.0028, "RON": 0.2, "BGN": 0.51, "BRL": 0.19, "MXN": 0.05, "ZAR": 0.055, "INR": 0.0115, "IDR": 0.00006,
    "KRW": 0.0007, "THB": 0.027, "MYR": 0.21, "PHP": 0.017, "ILS": 0.25, "AED": 0.25, "SAR": 0.24, "CLP": 0.0011,
    "COP": 0.00024, "PEN": 0.25, "UYU": 0.023, "XOF": 0.001524, "XAF": 0.001524, "MAD": 0.092, "TND": 0.3,
    "RSD": 0.0085, "UAH": 0.025, "TWD": 0.029, "VND": 0.00004,
}  # fmt: skip
PER_FOREIGN, PER_BASE = "per-foreign", "per-base"
NEAR, FAR = log(2.5), log(6)  # a reading within a factor of 2.5 is usual; one beyond a factor of 6 is not
SIGNIFICANT = 16


def likelier(rate: Decimal, currency: str, base: str) -> str | None:
    """per-foreign when `rate` is usual as units of `base` for one of `currency`, per-base when only its inverse is.

    None where both readings are possible, as for euro and dollar, or where the currencies are not remembered.
    """
    if currency not in WORTH or base not in WORTH or rate <= 0:
        return None
    usual = log(WORTH[currency] / WORTH[base])
    as_told, inverse = abs(log(rate) - usual), abs(-log(rate) - usual)
    if as_told <= NEAR and inverse >= FAR:
        return PER_FOREIGN
    return PER_BASE if inverse <= NEAR and as_told >= FAR else None


def proven(rates: Iterable[tuple[str, Decimal]], base: str) -> str | None:
    """The direction of a whole file: what its currencies say when they do not contradict each other."""
    told = {found for currency, rate in rates if (found := likelier(rate, currency, base))}
    return told.pop() if len(told) == 1 else None


def stored(rate: Decimal, direction: str) -> str:
    """Units of the base currency for one foreign unit, as text; an inverse has 16 digits."""
    value = rate if direction == PER_FOREIGN else Decimal(1) / rate
    digits = value if direction == PER_FOREIGN else Decimal(f"{value:.{SIGNIFICANT}g}")
    return f"{digits.normalize():f}"


def said(rate: Decimal, currency: str, base: str, direction: str) -> str:
    """A rate as a sentence that cannot be misread: 1 USD = 0.92 EUR."""
    one, other = (currency, base) if direction == PER_FOREIGN else (base, currency)
    return f"1 {one} = {rate.normalize():f} {other}"
