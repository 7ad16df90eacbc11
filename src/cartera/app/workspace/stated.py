"""What does accounting say a month comes to? Totals that somebody typed, kept with the workspace to compare with."""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING

from cartera import money
from cartera.app.clock import now
from cartera.errors import CarteraError
from cartera.tongue import say

if TYPE_CHECKING:
    from cartera.app.scope import Scope
    from cartera.app.workspace.reconcile import Key
    from cartera.ledger.book import Book

STATED, RECONCILE = "stated", "reconcile"


def stated(scope: Scope, book: Book) -> dict[Key, Decimal]:
    """(month, currency) -> the total that was typed for it."""
    scope.require(RECONCILE)
    held: dict[str, dict[str, str]] = book.workspace.settings.get(STATED, {})
    return {(month, code): Decimal(total) for month, codes in held.items() for code, total in codes.items()}


def state(scope: Scope, book: Book, totals: Mapping[Key, Decimal | None], *, by: str) -> int:
    """How many totals are other than before. None takes one away; months that are not named stay as they are."""
    from django.db import transaction

    from cartera.ledger import audit
    from cartera.ledger.entry import locked

    scope.require(RECONCILE)
    with transaction.atomic(using=book.alias):
        held = locked(book)
        kept = {month: dict(codes) for month, codes in held.settings.get(STATED, {}).items()}
        told = {}
        for (month, code), total in totals.items():
            before, after = kept.get(month, {}).get(code), None if total is None else money.text(total)
            if before != after:
                told[f"{month} {code}".strip()] = {"before": before, "after": after}
                codes = {**kept.get(month, {}), code: after}
                kept[month] = {one: text for one, text in codes.items() if text is not None}
        if told:
            held.settings = {**held.settings, STATED: {month: codes for month, codes in kept.items() if codes}}
            held.save(using=book.alias, update_fields=["settings"])
            audit.write(book, RECONCILE, at=now(), by=by, value=json.dumps(told, sort_keys=True))
    return len(told)


def amount(text: str, decimal: str = ".") -> Decimal | None:
    """The total that was typed, nothing for an empty field. decimal: the sign of whoever types, for 1.200.

    CarteraError: it is no amount.
    """
    from cartera.sources.files.decimals import shape, written

    told = text.strip()
    if not told:
        return None
    found = shape(told)
    is_comma = found.hint == "comma" or (found.hint == "either" and decimal == ",")
    number = None if found.hint in ("bad", "missing") else written(found, "comma" if is_comma else "point")
    if number is None:
        raise CarteraError(say("{told} is no amount.", told=repr(told)), fix=say("Write it as 1234.56."))
    return Decimal(number)
