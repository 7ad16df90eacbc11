"""In which currency is a row? By its column, else by signs in the amounts, else as told; `$` is never guessed."""

from __future__ import annotations

import re

import pyarrow as pa
import pyarrow.compute as pc

from cartera.money import NO_CURRENCY
from cartera.sources.files.grid import Distinct, Grid
from cartera.sources.files.iso4217 import CODES
from cartera.sources.files.roles import Roles
from cartera.sources.files.sorting import Check
from cartera.sources.files.values import Numbers

SIGNS = {
    "€": "EUR",
    "£": "GBP",
    "US$": "USD",
    "R$": "BRL",
    "A$": "AUD",
    "C$": "CAD",
    "CA$": "CAD",
    "AU$": "AUD",
    "₹": "INR",
}
SIGNS |= {"MX$": "MXN", "S$": "SGD", "NT$": "TWD"}
SIGNS |= {"zł": "PLN", "Kč": "CZK", "₺": "TRY", "₽": "RUB", "₩": "KRW", "₪": "ILS", "NZ$": "NZD", "HK$": "HKD"}
_DOLLARS = frozenset(
    (
        "USD AUD CAD NZD HKD SGD TWD MXN ARS CLP COP UYU DOP CUP BBD BMD BND BSD BZD FJD GYD JMD KYD LRD NAD SBD SRD "
        "TTD XCD"
    ).split()
)
_CROWNS, _FRANCS = frozenset("SEK NOK DKK ISK EEK".split()), frozenset("CHF FRF BEF LUF".split())
# Signs of several currencies, and of which.
SHARED = {
    "$": _DOLLARS,
    "¥": frozenset({"JPY", "CNY"}),
    "kr": _CROWNS,
    "kr.": _CROWNS,
    "Fr": _FRANCS,
    "Fr.": _FRANCS,
}
CODE = re.compile(r"(?:.*[\s(\-\u2013])?([A-Z]{3})\)?", re.ASCII)


def code_of(text: str) -> str | None:
    """The code that a cell names (`EUR`, `€`, `Swedish Krona - SEK`), empty for a shared sign, None for neither."""
    text = text.strip()
    if text in SIGNS:
        return SIGNS[text]
    if not text or text in SHARED:
        return ""
    match = CODE.fullmatch(text.upper() if len(text) == 3 else text)
    return match[1] if match else None


def unknown(grid: Grid, roles: Roles, amount: Numbers, amount_column: int) -> list[Check]:
    """Rows whose currency cell, or whose sign in the amount, names no currency that there is."""
    checks: list[Check] = []
    if (column := roles.get("currency")) is not None:
        distinct = grid.distinct(column)
        checks.append(("UNKNOWN_CURRENCY", column, distinct.flags(map(_is_unknown, distinct.texts))))
    if amount.units is not None:
        checks.append(("UNKNOWN_CURRENCY", amount_column, amount.distinct.flags(map(_is_unknown, amount.units))))
    return checks


def _is_unknown(text: str) -> bool:
    code = code_of(text)
    return code is None or (code != "" and code not in CODES)


def codes(grid: Grid, roles: Roles, amount: Numbers, told: str | None) -> tuple[pa.StringArray, list[str]]:
    """The currency of each row, and what to tell. Null where the whole file names none; XXX where other rows do, and
    where a sign of several currencies is none of `told`.
    """
    column = roles.get("currency")
    cells = [(d, d.texts) for d in ([grid.distinct(column)] if column is not None else [])]
    cells += [(amount.distinct, amount.units)] if amount.units is not None else []
    named = pa.nulls(grid.height, pa.string())
    for distinct, texts in cells:
        named = pc.coalesce(named, distinct.spread(pa.array([code_of(text) or None for text in texts], pa.string())))
    if told is not None:
        return _told(named, cells, told)
    if named.null_count == grid.height:
        shared = next((text for _, texts in cells for text in texts if text in SHARED), "")
        notice = f"The sign {shared} is used by several currencies: say which, such as --currency USD."
        return named, [notice] if shared else []
    return pc.fill_null(named, NO_CURRENCY), []


def _told(
    named: pa.StringArray, cells: list[tuple[Distinct, list[str]]], told: str
) -> tuple[pa.StringArray, list[str]]:
    """Rows that name no currency are of the one told, unless their sign is one that it does not have."""
    foreign: dict[str, None] = {}
    for distinct, texts in cells:
        others = [text in SHARED and told not in SHARED[text] for text in texts]
        mask = pc.and_(distinct.flags(others), pc.is_null(named))
        if pc.any(mask, min_count=0).as_py():
            named = pc.if_else(mask, NO_CURRENCY, named)
            foreign |= dict.fromkeys(text for text, other in zip(texts, others, strict=True) if other)
    return pc.fill_null(named, told), [_foreign(sign, told) for sign in foreign]


def _foreign(sign: str, told: str) -> str:
    """What becomes of amounts under a sign that the currency told does not have."""
    usual = {"$": "USD", "¥": "JPY"}.get(sign, "CHF" if sign.startswith("F") else "SEK")
    kept = f"amounts under it are kept apart, without a currency (--currency {usual} names theirs)"
    return f"The sign {sign} is used by several currencies, but {told} is none of them: {kept}."


def unnamed(rows: pa.StringArray) -> list[str]:
    """How many of the rows name no currency while others do, and how it is named."""
    count = pc.sum(pc.equal(rows, NO_CURRENCY)).as_py() or 0
    if not count or count == len(rows):
        return []
    named = "1 row names" if count == 1 else f"{count:,} rows name"
    others = ", ".join(sorted({*pc.unique(rows).to_pylist()} - {NO_CURRENCY}))
    kept = "it is" if count == 1 else "they are"
    return [f"{named} no single currency while others are {others}: {kept} kept apart (--currency USD names theirs)."]
