"""Add exchange rates: one by hand, or those of a file, each row accounted for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cartera.app.clock import now
from cartera.app.workspace.rates.direction import Quote, base_of, of_file, of_one
from cartera.app.workspace.taking import Account, Taken, take
from cartera.errors import CarteraError
from cartera.facts.rates import PER_BASE, PER_FOREIGN, said, stored
from cartera.tongue import say

if TYPE_CHECKING:
    from cartera.app.scope import Scope
    from cartera.ledger.book import Book

RATES, RATE = "rates", "rate"
EURO = "EUR"  # what the European Central Bank's table is about


@dataclass(frozen=True)
class Added:
    """Rates of a file. read_as: its newest rate as a sentence. empty: cells without one. problems: refused rows."""

    taken: Taken
    read_as: str
    empty: int
    problems: tuple[Any, ...]
    notices: tuple[str, ...] = ()


def add_rate(scope: Scope, book: Book, quote: Quote, *, by: str, direction: str | None = None) -> tuple[int, str]:
    """One rate: the number of the change and the sentence. Ambiguous: it looks like its inverse."""
    from cartera.ledger.entry import entry
    from cartera.ledger.models import Rate

    scope.require(RATES)
    base = base_of(book.workspace.currency)
    _check(quote, base)
    way = of_one(quote, base, direction)
    with entry(book, RATE, at=now(), by=by, told={"day": str(quote.day), "currency": quote.currency}) as made:
        key, values = _row(quote.day, quote.currency, stored(quote.rate, way))
        made.put(Rate, key, **values)
        made.after = {name: str(value) for name, value in values.items()}
        number = made.change.number
    return number, f"On {quote.day}: {said(quote.rate, quote.currency, base, way)}"


def import_rates(scope: Scope, book: Book, path: Path, *, by: str, direction: str | None = None) -> Added:
    """The rates of a file. Ambiguous: their direction must be said. InputError: it is no table of rates."""
    from cartera.ledger.models import Rate
    from cartera.sources.files.rate_table import read_rates

    scope.require(RATES)
    base, found = base_of(book.workspace.currency), read_rates(path)
    quotes = [Quote(one.day, one.currency, one.rate) for one in found.quoted]
    if not quotes:
        raise CarteraError(say("no row holds a rate."), where=found.table.name, fix=_first(found.refused))
    is_crossed = found.is_wide and any(one.currency == base for one in quotes) and base != EURO
    about = EURO if is_crossed else base
    foreign = [one for one in quotes if one.currency != about]
    way = PER_BASE if is_crossed else of_file(foreign, base, direction, found.table.name)
    kept = _crossed(foreign, base) if is_crossed else ((q.day, q.currency, stored(q.rate, way)) for q in foreign)
    rows, twice = _once(kept, found.table.name)
    account = Account(found.table.rows_in, found.accepted, len(found.refused), found.table.structural)
    taken = take(book, RATES, Rate, rows.items(), by=by, file=found.table.name, account=account)
    newest = max(foreign, key=lambda one: (one.day, one.currency == "USD"))
    read_as = f"{said(newest.rate, newest.currency, about, way)} on {newest.day}"
    told = (f"Crossed through the euro, which the table is about, into {base}.",) if is_crossed else ()
    return Added(taken, read_as, found.empty, tuple(found.refused), (*told, *twice))


def listed(scope: Scope, book: Book, currency: str | None = None) -> list[dict[str, str]]:
    """day, currency, rate (units of the workspace's currency for one) of every rate that holds, the newest first."""
    from cartera.app.workspace.identity.who import held
    from cartera.ledger.models import Rate

    scope.require("show")
    rows = held(book, Rate).order_by("-day", "currency")
    chosen = rows.filter(currency=currency.upper()) if currency else rows
    return [{"day": str(row.day), "currency": row.currency, "rate": row.rate} for row in chosen]


def _check(quote: Quote, base: str) -> None:
    if quote.rate <= 0:
        raise CarteraError(say("a rate is above zero, not {rate}.", rate=str(quote.rate)), fix=say("For example 0.92."))
    if quote.currency == base:
        raise CarteraError(
            say("{currency} is the workspace's own currency.", currency=base),
            fix=say("Name a foreign one, such as USD."),
        )


def _crossed(quotes: Iterable[Quote], base: str) -> Iterator[tuple[date, str, str]]:
    """Rates per euro as units of another base; a day on which the base itself is not quoted has none."""
    for day, some in groupby(sorted(quotes, key=lambda one: one.day), key=lambda one: one.day):
        rates = {one.currency: one.rate for one in some}
        if base in rates:
            yield day, EURO, stored(rates[base], PER_FOREIGN)
            yield from ((day, one, stored(rate / rates[base], PER_BASE)) for one, rate in rates.items() if one != base)


def _once(found: Iterable[tuple[date, str, str]], where: str) -> tuple[dict[str, dict[str, Any]], tuple[str, ...]]:
    """Key -> row. CarteraError: two different rates of one day and currency, of which nobody can choose."""
    rows: dict[str, dict[str, Any]] = {}
    twice = 0
    for day, currency, rate in found:
        key, values = _row(day, currency, rate)
        if rows.get(key, values) != values:
            both = {"first": str(rows[key]["rate"]), "second": rate}
            told = say("{currency} has two rates on {day}: {first} and {second}.", currency=currency, day=day, **both)
            raise CarteraError(told, where=where, fix=say("Keep one of them."))
        twice += key in rows
        rows[key] = values
    return rows, (say("{count} rates stand in the file twice.", count=twice),) if twice else ()


def _row(day: date, currency: str, rate: str) -> tuple[str, dict[str, Any]]:
    return f"{currency}:{day}", {"day": day, "currency": currency, "rate": rate}


def _first(refused: list[Any]) -> str:
    if not refused:
        return say("Fill in the column of the rates.")
    return say("The first: {problem}", problem=refused[0].sentence)


def typed(day: date, currency: str, text: str) -> Quote:
    """A rate as a person types it. CarteraError: no currency, or no number."""
    from cartera.sources.files.iso4217 import currency_code
    from cartera.sources.files.rate_table import parsed

    rate: Decimal | None = parsed(text)
    if rate is None:
        raise CarteraError(say("{text} is no rate.", text=repr(text)), where="RATE", fix=say("For example 0.92."))
    return Quote(day, currency_code(currency), rate)
