"""Is 1.08 dollars per euro or euros per dollar? Said, proven by what the currencies are worth, or asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from cartera.errors import Ambiguous, CarteraError, Question, UnknownNameError, suggested
from cartera.facts.rates import PER_BASE, PER_FOREIGN, likelier, proven, said
from cartera.tongue import say

DIRECTIONS = (PER_FOREIGN, PER_BASE)
OPTION = "--direction"


@dataclass(frozen=True)
class Quote:
    """A rate as a source has it."""

    day: date
    currency: str
    rate: Decimal


def of_file(quotes: Sequence[Quote], base: str, told: str | None, where: str) -> str:
    """The direction of a file's rates. Ambiguous: it is neither said nor proven by a currency such as the yen."""
    check(told)
    found = told or proven(((one.currency, one.rate) for one in quotes), base)
    if found:
        return found
    raise Ambiguous([_question(quotes[-1], base, None)], where=where)


def of_one(quote: Quote, base: str, told: str | None) -> str:
    """The direction of a rate typed by hand: one foreign unit in the base. Ambiguous: its inverse is likelier."""
    check(told)
    if told:
        return told
    if likelier(quote.rate, quote.currency, base) == PER_BASE:
        raise Ambiguous([_question(quote, base, PER_BASE)])
    return PER_FOREIGN


def base_of(currency: str) -> str:
    """The workspace's currency. CarteraError: it has none yet."""
    if not currency:
        raise CarteraError(
            say("the workspace has no currency yet, so a rate has no second side."),
            fix=say("Say it first: {command}.", command=suggested("settings", "currency", "EUR")),
        )
    return currency


def check(told: str | None) -> None:
    """UnknownNameError for a word that is no direction."""
    if told is not None and told not in DIRECTIONS:
        raise UnknownNameError("direction", told, DIRECTIONS, where=OPTION)


def _question(quote: Quote, base: str, likely: str | None) -> Question:
    readings = {one: said(quote.rate, quote.currency, base, one) for one in DIRECTIONS}
    reasons = (say("{reading} would be far from what is usual", reading=readings[PER_FOREIGN]),) if likely else ()
    unclear = say(
        "The rate {rate} of {currency} on {day} can be read in two ways.",
        rate=f"{quote.rate.normalize():f}", currency=quote.currency, day=quote.day,
    )  # fmt: skip
    return Question("direction", unclear, OPTION, readings, likely, reasons)
