"""Which exchange rates does a file hold? One per row, or one column per currency as the ECB has it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path

from cartera.errors import InputError
from cartera.sources.files import dates
from cartera.sources.files.decimals import MISSING
from cartera.sources.files.iso4217 import CODES
from cartera.sources.files.named import Named, Row, named_table
from cartera.sources.files.reading import Problem
from cartera.tongue import say

LONG = {
    "day": "date, data, datum, fecha, jour, time period",
    "currency": "code, currency code, moeda, moneda, devise, waehrung, valuta",
    "rate": "exchange rate, value, taxa, tipo de cambio, taux, kurs, cambio, obs value",
}
WIDE = {"day": LONG["day"]}
NUMBER = re.compile(r"(\d[\d ]*)([.,]\d+)?|([.,]\d+)", re.ASCII)
EXAMPLE = "day,currency,rate or Date,USD,JPY"


@dataclass(frozen=True)
class Quoted:
    """A rate as the file has it, which way round is not said."""

    day: date
    currency: str
    rate: Decimal


@dataclass
class Rates:
    """The rates of a file. table: its rows. empty: cells without a rate. is_wide: one column per currency."""

    table: Named
    is_wide: bool
    quoted: list[Quoted] = field(default_factory=list)
    refused: list[Problem] = field(default_factory=list)
    accepted: int = 0
    empty: int = 0


def read_rates(path: Path) -> Rates:
    """Every rate of the file, and every row that has none. InputError: it is no table of rates."""
    table = named_table(path, LONG)
    if {"day", "currency", "rate"} <= table.headers.keys():
        return _collected(Rates(table, is_wide=False, refused=list(table.refused)))
    codes = [header for header in table.unknown if header.strip().upper() in CODES]
    if "day" not in table.headers or not codes:
        found = ", ".join([*table.headers.values(), *table.unknown])
        raise InputError(
            say("this is no table of exchange rates (found {found}).", found=found), where=table.name,
            fix=say("Name the columns in the first line: {example}", example=EXAMPLE),
        )  # fmt: skip
    wide = named_table(path, WIDE | {code: code for code in codes})
    return _collected(Rates(wide, is_wide=True, refused=list(wide.refused)))


def parsed(text: str) -> Decimal | None:
    """The number that a text writes; a comma is a decimal sign, as no rate has thousands with commas alone."""
    match = NUMBER.fullmatch(text.strip())
    if match is None:
        both = re.fullmatch(r"(\d{1,3}(?:,\d{3})+)(\.\d+)", text.strip(), re.ASCII)
        return Decimal(text.strip().replace(",", "")) if both else None
    return Decimal(text.strip().replace(" ", "").replace(",", "."))


def _collected(found: Rates) -> Rates:
    cells = _wide if found.is_wide else _long
    for row in found.table.rows:
        day = dates.read(row.raw("day"))
        if not isinstance(day, date):
            hint = dates.hint(row.text("day")) or "Write year-month-day: 2026-03-31."
            found.refused.append(found.table.problem(row, "BAD_DATE", "day", hint))
            continue
        kept = list(cells(found, row, day))
        problem = next((one for one in kept if isinstance(one, Problem)), None)
        if problem is not None:
            found.refused.append(problem)
            continue
        found.accepted += 1
        found.quoted += [one for one in kept if isinstance(one, Quoted)]
    return found


def _long(found: Rates, row: Row, day: date) -> Iterator[Quoted | Problem]:
    code = row.text("currency").upper()
    if code not in CODES:
        yield found.table.problem(row, "UNKNOWN_CURRENCY", "currency", "Use a code of three letters, such as EUR.")
    yield from _cell(found, row, day, code, "rate")


def _wide(found: Rates, row: Row, day: date) -> Iterator[Quoted | Problem]:
    for column in found.table.headers:
        if column != "day":
            yield from _cell(found, row, day, column.strip().upper(), column)


def _cell(found: Rates, row: Row, day: date, code: str, column: str) -> Iterator[Quoted | Problem]:
    text = row.text(column)
    if text in MISSING:
        found.empty += 1
        return
    rate = parsed(text)
    if rate is None or rate <= 0:
        yield found.table.problem(row, "BAD_NUMBER", column, "Write a rate above zero, such as 1.0856.")
    else:
        yield Quoted(day, code, rate)
