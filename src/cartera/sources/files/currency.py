"""In which currency is a row? By its column, else by signs in the amounts, else as told; `$` is never guessed."""

from __future__ import annotations

import re

import pyarrow as pa
import pyarrow.compute as pc

from cartera.money import NO_CURRENCY
from cartera.sources.files.grid import Grid
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
SIGNS |= {"zł": "PLN", "Kč": "CZK", "₺": "TRY", "₽": "RUB", "₩": "KRW", "₪": "ILS", "NZ$": "NZD", "HK$": "HKD"}
SHARED = frozenset({"$", "¥", "kr", "kr.", "Fr", "Fr."})  # signs of several currencies
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


def unknown(grid: Grid, roles: Roles) -> list[Check]:
    """Rows whose currency cell names none."""
    column = roles.get("currency")
    if column is None:
        return []
    distinct = grid.distinct(column)
    return [("UNKNOWN_CURRENCY", column, distinct.flags(code_of(text) is None for text in distinct.texts))]


def codes(grid: Grid, roles: Roles, amount: Numbers, told: str | None) -> tuple[pa.StringArray, list[str]]:
    """The currency of each row, and what to tell. Null where the whole file names none; XXX where other rows do."""
    column = roles.get("currency")
    cells = [(d, d.texts) for d in ([grid.distinct(column)] if column is not None else [])]
    cells += [(amount.distinct, amount.units)] if amount.units is not None else []
    named = pa.nulls(grid.height, pa.string())
    for distinct, texts in cells:
        named = pc.coalesce(named, distinct.spread(pa.array([code_of(text) or None for text in texts], pa.string())))
    shared = next((text for _, texts in cells for text in texts if text in SHARED), "")
    if told is not None:
        return pc.fill_null(named, told), []
    if named.null_count == grid.height:
        notice = f"The sign {shared} is used by several currencies: say which, such as --currency USD."
        return named, [notice] if shared else []
    return pc.fill_null(named, NO_CURRENCY), []


def unnamed(rows: pa.StringArray) -> list[str]:
    """How many of the rows name no currency while others do, and how it is named."""
    count = pc.sum(pc.equal(rows, NO_CURRENCY)).as_py() or 0
    if not count or count == len(rows):
        return []
    named = "1 row names" if count == 1 else f"{count:,} rows name"
    others = ", ".join(sorted({*pc.unique(rows).to_pylist()} - {NO_CURRENCY}))
    kept = "it is" if count == 1 else "they are"
    return [f"{named} no single currency while others are {others}: {kept} kept apart (--currency USD names theirs)."]
