"""What does a document say about its money? Net, tax, lines, currency, and what does not add up."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from cartera.money import rounded
from cartera.sources.kit.contract import Context, Line, Payload, Problem
from cartera.sources.kit.parsing import amount
from cartera.tongue import say

ZERO = Decimal(0)
INCLUSIVE = "inclusive"
# Which way a rate is meant is nowhere said by Xero. One recorded quote speaks for foreign units per unit of the books'
# currency; a wrong guess would be off by the square of the rate, so that a person confirms it on one invoice first.
RATE, FOREIGN_PER_BASE, BASE_PER_FOREIGN = "rate", "foreign_per_base", "base_per_foreign"


@dataclass(frozen=True)
class Money:
    """Of one document, as written: credit notes are positive in Xero."""

    net: Decimal
    total: Decimal
    currency: str | None
    base: Decimal | None
    lines: tuple[Line, ...]
    problems: tuple[Problem, ...]


def money(payload: Payload, context: Context, description: str | None = None) -> Money:
    """Everything about the money of a document. description: of one without lines."""
    net, tax, total = (_needed(payload, name) for name in ("SubTotal", "TotalTax", "Total"))
    base, unrated = _base(net, payload, context)
    said = [*unrated, *_tax_problem(net, tax, total)]
    return Money(net, total, payload.get("CurrencyCode"), base, _lines(payload, net, description, context), tuple(said))


def _needed(payload: Payload, name: str) -> Decimal:
    found = amount(payload.get(name))
    if found is None:
        raise ValueError(f"{name} is missing")
    return found


def _tax_problem(net: Decimal, tax: Decimal, total: Decimal) -> Iterator[Problem]:
    if net + tax != total:
        told = say("net {net} and tax {tax} do not make {total}.", net=f"{net:f}", tax=f"{tax:f}", total=f"{total:f}")
        yield Problem("TAX_SUM", told, say("The net amount counts. Look at it in the source."), is_error=False)


def _base(net: Decimal, payload: Payload, context: Context) -> tuple[Decimal | None, list[Problem]]:
    """The net amount in the currency of the books; None in that currency itself, and where no rate is sure."""
    currency, own = payload.get("CurrencyCode"), context.company.currency
    if not own or not currency or currency == own:
        return None, []
    rate, way = amount(payload.get("CurrencyRate")), context.settings.get(RATE)
    if not rate:
        return None, [_unrated(say("its rate to {currency} is not there.", currency=own))]
    if way == FOREIGN_PER_BASE:
        return rounded(net / rate), []
    if way == BASE_PER_FOREIGN:
        return rounded(net * rate), []
    return None, [_unrated(say("nobody has said which way its rate {rate} is meant.", rate=f"{rate:f}"))]


def _unrated(told: str) -> Problem:
    fix = say(
        "It is shown in its own currency. Compare one invoice with Xero and say {setting}.",
        setting=f"{RATE}={FOREIGN_PER_BASE}",
    )
    return Problem("RATE_MISSING", told, fix, is_error=False)


def _lines(payload: Payload, net: Decimal, description: str | None, context: Context) -> tuple[Line, ...]:
    """One per line that has an amount; the whole as one where there is none, so that products add up."""
    is_inclusive = str(payload.get("LineAmountTypes")).lower() == INCLUSIVE
    found = (_line(one, is_inclusive=is_inclusive, context=context) for one in payload.get("LineItems") or ())
    made = tuple(one for one in found if one is not None)
    if made or not net:
        return made
    return (Line(net, product=_short(description)),)


def _line(one: Mapping[str, Any], *, is_inclusive: bool, context: Context) -> Line | None:
    """None for a line that is text only. LineAmount is after discount, whose own members are for information."""
    value, quantity = amount(one.get("LineAmount")), amount(one.get("Quantity"))
    if value is None or (not value and quantity is None and one.get("UnitAmount") is None):
        return None
    tax = (amount(one.get("TaxAmount")) or ZERO) if is_inclusive else ZERO
    account = one.get("AccountCode")
    return Line(
        value - tax, product=_product(one, context), quantity=None if quantity is None else f"{quantity:f}",
        more={"account": str(account)} if account else {},
    )  # fmt: skip


def _product(one: Mapping[str, Any], context: Context) -> str | None:
    """The item's name, else its code, else what the line says."""
    code = one.get("ItemCode")
    item = (context.record("products", str(code)) if code else None) or one.get("Item") or {}
    return item.get("Name") or code or _short(one.get("Description"))


def _short(text: str | None) -> str | None:
    """The first line of a description."""
    found = str(text or "").strip().splitlines()
    return found[0][:120].strip() if found else None
