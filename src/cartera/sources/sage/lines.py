"""What was sold on a document of Sage? Its lines net of tax, shipping as one of them, and who sold it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from cartera.sources.kit.contract import Context, Line, Payload, Problem
from cartera.sources.kit.parsing import amount
from cartera.tongue import say

CENT, NOTHING = Decimal("0.01"), Decimal(0)
NAMES = ("invoice_lines", "credit_note_lines", "quote_lines", "estimate_lines")
SHIPPING, REP = "shipping", "rep"


def lines(payload: Payload, net: Decimal | None, sign: int) -> tuple[tuple[Line, ...], tuple[Problem, ...]]:
    """The lines, and what is odd about them. net: of the document, as Sage tells it, without a sign of ours."""
    found = tuple(_line(one, sign) for one in _told(payload) if amount(one.get("net_amount")) is not None)
    if not found:
        whole = (
            ()
            if net is None
            else (Line(sign * net, product=payload.get("details") or payload.get("reference") or None),)
        )
        return whole, ()
    shipping = amount(payload.get("shipping_net_amount")) or NOTHING
    if not shipping or net is None:
        return found, ()
    alone = sum((one.amount or NOTHING for one in found), NOTHING) * sign
    # Unverified whether the net amount holds the shipping: where the lines alone make it up, it does not.
    if abs(alone - net) <= CENT * len(found):
        return found, (_apart(shipping),)
    return (*found, Line(sign * shipping, category=SHIPPING)), ()


def rep(payload: Payload, context: Context) -> tuple[str | None, tuple[Problem, ...]]:
    """Who sold it: the category, in the analysis type that the user chose, with the largest amount."""
    wanted = str(context.settings.get(REP) or "")
    if not wanted:
        return None, ()
    found: dict[str, Decimal] = {}
    for one in (*_told(payload), payload):
        for name in _categories(one, wanted):
            found[name] = found.get(name, NOTHING) + abs(amount(one.get("net_amount")) or NOTHING)
    if not found:
        return None, ()
    best = max(sorted(found), key=lambda name: found[name])
    return best, (_mixed(found, best),) if len(found) > 1 else ()


def _told(payload: Payload) -> list[Mapping[str, Any]]:
    return [one for name in NAMES for one in payload.get(name) or ()]


def _line(one: Mapping[str, Any], sign: int) -> Line:
    value, quantity = amount(one.get("net_amount")), one.get("quantity")
    item = one.get("product") or one.get("service") or {}
    kind = "product" if one.get("product") else "service" if one.get("service") else None
    return Line(
        None if value is None else sign * value,
        product=item.get("displayed_as") or one.get("description") or None,
        category=kind,
        quantity=None if quantity is None else str(quantity),
    )


def _categories(one: Mapping[str, Any], wanted: str) -> Iterator[str]:
    for told in one.get("analysis_type_categories") or ():
        kind = told.get("analysis_type") or {}
        if wanted.casefold() in {str(kind.get(name) or "").casefold() for name in ("name", "displayed_as", "id")}:
            yield str(told.get("displayed_as") or told.get("id"))


def _apart(shipping: Decimal) -> Problem:
    return Problem(
        "SHIPPING_APART",
        say("shipping of {amount} is not in the net amount.", amount=f"{shipping:f}"),
        say("The document counts without it."),
        is_error=False,
    )


def _mixed(found: Mapping[str, Decimal], best: str) -> Problem:
    return Problem(
        "REP_MIXED",
        say("its lines name several people: {names}.", names=", ".join(sorted(found))),
        say("It counts for {name}, who has the largest amount.", name=best),
        is_error=False,
    )
