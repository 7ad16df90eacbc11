"""In which currency is a row? By its column, else by signs in the amounts, else as told; `$` is never guessed."""

from __future__ import annotations

import re

import pyarrow as pa
import pyarrow.compute as pc

from cartera.money import NO_CURRENCY, SHARED
from cartera.sources.files.grid import Grid
from cartera.sources.files.iso4217 import CODES
from cartera.sources.files.roles import Roles
from cartera.sources.files.sorting import Check
from cartera.sources.files.values import Numbers
from cartera.tongue import say, say_many

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
    """The currency of each row, and what to tell. A sign of several currencies stays as it is, unless `told` has it.

    Null where the whole file names none; XXX where other rows do.
    """
    column = roles.get("currency")
    cells = [(d, d.texts) for d in ([grid.distinct(column)] if column is not None else [])]
    cells += [(amount.distinct, amount.units)] if amount.units is not None else []
    named = pa.nulls(grid.height, pa.string())
    for read in (lambda text: code_of(text) or None, lambda text: _seen(text, told)):
        for distinct, texts in cells:
            named = pc.coalesce(named, distinct.spread(pa.array(map(read, map(str.strip, texts)), pa.string())))
    signs = [sign for sign in pc.unique(named).to_pylist() if sign in SHARED]
    if told is not None:
        return pc.fill_null(named, told), [_foreign(sign, told) for sign in signs]
    if named.null_count == grid.height:
        return named, []
    only = signs[0] if len(signs) == 1 and pc.all(pc.equal(named, signs[0]), skip_nulls=False).as_py() else ""
    notice = say("The sign {sign} is used by several currencies: say which, such as --currency USD.", sign=only)
    return pc.fill_null(named, NO_CURRENCY), [notice] if only else []


def _seen(text: str, told: str | None) -> str | None:
    """The currency told where it has the sign, else the sign itself: money under it is never added to another's."""
    if text not in SHARED:
        return None
    return told if told in SHARED[text] else text


def _foreign(sign: str, told: str) -> str:
    """What becomes of amounts under a sign that the currency told does not have."""
    usual = {"$": "USD", "¥": "JPY"}.get(sign, "CHF" if sign.startswith("F") else "SEK")
    return say(
        "The sign {sign} is used by several currencies, but {currency} is none of them: amounts under it are kept apart"
        " ({option} names theirs).",
        sign=sign, currency=told, option=f"--currency {usual}",
    )  # fmt: skip


def unnamed(rows: pa.StringArray) -> list[str]:
    """How many of the rows name no currency, or one by a sign of several, while others do; and how it is named."""
    counts = {row["values"]: row["counts"] for row in pc.value_counts(rows).to_pylist()}
    others = sorted(code for code in counts if code is not None and code not in {NO_CURRENCY, *SHARED})
    count = sum(counts.values()) - sum(counts[code] for code in others)
    if not count or len(counts) == 1:
        return []
    if not others:
        return [
            say_many(
                "{count} row names no single currency: it is kept apart (--currency USD names theirs).",
                "{count} rows name no single currency: they are kept apart (--currency USD names theirs).",
                count=count,
            )
        ]
    return [
        say_many(
            "{count} row names no single currency while others are {others}: it is kept apart"
            " (--currency USD names theirs).",
            "{count} rows name no single currency while others are {others}: they are kept apart"
            " (--currency USD names theirs).",
            count=count, others=", ".join(others),
        )
    ]  # fmt: skip
