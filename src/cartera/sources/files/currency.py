"""In which currency is a row? By its column, else by signs in the amounts, else as told; `$` is never guessed."""

from __future__ import annotations

import re

import pyarrow as pa
import pyarrow.compute as pc

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
    """The currency of each row, null when nothing says; and what to tell."""
    column = roles.get("currency")
    if column is not None:
        distinct = grid.distinct(column)
        found, shared = [code_of(text) or None for text in distinct.texts], [t for t in distinct.texts if t in SHARED]
    elif amount.units is not None:
        distinct = amount.distinct
        found, shared = [code_of(unit) or None for unit in amount.units], [u for u in amount.units if u in SHARED]
    else:
        return pa.array([told], pa.string()).take(pa.array([0] * grid.height, pa.int32())), []
    spread = distinct.spread(pa.array(found, pa.string()))
    if told is not None:
        return pc.fill_null(spread, told), []
    return spread, [
        f"The sign {sign} is used by several currencies: say which, such as --currency USD." for sign in shared[:1]
    ]
