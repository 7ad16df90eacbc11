"""Which rows does a mapped record become, and what is odd about them? Ids of the workspace, and checks."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from cartera.sources.kit.contract import Client, Contact, Document, Line, Mapped, Problem
from cartera.tongue import say

if TYPE_CHECKING:
    from cartera.app.workspace.connecting.forgetting import Forgotten
    from cartera.ledger.landing.pages import Fact, Result

CENT = Decimal("0.01")
OLDEST, AHEAD = date(1990, 1, 1), timedelta(days=5 * 366)
BY_SOURCE = "source"  # who says that two clients belong together


@dataclass(frozen=True)
class Naming:
    """How the facts of a source are named. source: its word. currency: of its books, if they are in the workspace's."""

    source: str
    has_own_currency: bool = False
    erased: Forgotten | None = None

    def client(self, key: str) -> str:
        """The client_id of a client of the source; the pseudonym of one who was erased."""
        return (self.erased.mask_of(key) if self.erased else None) or f"{self.source}:{key}"

    def document(self, stream: str, key: str, part: str = "") -> str:
        """The invoice_id of a document of the source."""
        return f"{self.source}:{stream}:{key}{'#' if part else ''}{part}"


def result(naming: Naming, stream: str, key: str, mapped: Mapped, *, seen_on: date, day: date) -> Result:
    """The rows of a record and everything that somebody should know about it."""
    from cartera.ledger.landing.pages import Result, Said

    facts = [*_people(naming, key, mapped), *(_document(naming, stream, key, one, seen_on) for one in mapped.documents)]
    odd = [*mapped.problems, *(found for one in mapped.documents for found in problems(one, day))]
    said = tuple(Said(one.code, one.what, one.fix, one.is_error) for one in odd)
    found = Result(tuple(facts), said, left_out=mapped.left_out)
    return naming.erased.forgotten(found) if naming.erased else found


def problems(document: Document, day: date) -> Iterator[Problem]:
    """What does not add up in a document, or looks wrong."""
    if document.lines and document.amount is not None and document.state != "void":
        amounts = [line.amount for line in document.lines if line.amount is not None]
        off = sum(amounts, Decimal(0)) - document.amount
        if abs(off) > CENT * len(document.lines):
            yield Problem(
                "LINE_SUM",
                say("the lines come to {off} more than the document.", off=f"{off:f}"),
                say("The document counts. Look at it in the source."),
                is_error=False,
            )
    if document.amount and (document.amount < 0) != (document.kind == "credit_note"):
        yield Problem("SIGN", say("{amount} is no amount of this kind of document.", amount=f"{document.amount:f}"))
    if document.client is None:
        yield Problem(
            "NO_CLIENT",
            say("it names no client."),
            say("It counts in the sums and for no client. Give it one in the source."),
            is_error=False,
        )
    if not OLDEST <= document.issued_on <= day + AHEAD:
        yield Problem("DATE_ODD", say("{day} is a strange date.", day=document.issued_on.isoformat()), is_error=False)


def _people(naming: Naming, key: str, mapped: Mapped) -> Iterator[Fact]:
    from cartera.ledger import models
    from cartera.ledger.landing.pages import Fact

    for one in mapped.clients:
        yield Fact(models.Client, "", _client(naming, key, one))
        for relation, other in (("parent", one.parent), ("same", one.same)):
            if other:
                told = {"client_id": naming.client(key), "to_id": naming.client(other), "relation": relation}
                yield Fact(models.Link, relation, told | {"method": BY_SOURCE, "score": None})
    for person in mapped.contacts:
        yield Fact(models.Contact, person.part, _contact(naming, person))


def _client(naming: Naming, key: str, one: Client) -> dict[str, Any]:
    own = {
        field.name: getattr(one, field.name) for field in fields(one) if field.name not in {"parent", "same", "more"}
    }
    return own | {"client_id": naming.client(key), "interest": None, "can_pay": None, "more": _json(one.more)}


def _contact(naming: Naming, one: Contact) -> dict[str, Any]:
    return {
        "client_id": naming.client(one.client), "name": one.name, "role": one.role, "email": one.email,
        "phone": one.phone, "is_primary": one.is_primary, "preferred_channel": "", "consent": "",
    }  # fmt: skip


def _document(naming: Naming, stream: str, key: str, one: Document, seen_on: date) -> Fact:
    from cartera.ledger import models
    from cartera.ledger.landing.pages import Fact

    own = {
        name: getattr(one, name)
        for name in (
            "kind", "state", "issued_on", "void_on", "due_on", "paid_on", "amount", "currency", "open_amount", "rep",
            "number",
        )
    }  # fmt: skip
    own |= {
        "invoice_id": naming.document(stream, key, one.part),
        "client_id": naming.client(one.client) if one.client is not None else None,
        "known_on": one.known_on or seen_on,
        "base_amount": one.base_amount if naming.has_own_currency else None,
        "credits": naming.document(one.credits_stream, one.credits) if one.credits else None,
        "fulfilled_by": None,
        "more": _json(one.more),
    }
    return Fact(models.Invoice, one.part, own, tuple(_line(place, line) for place, line in enumerate(one.lines, 1)))


def _line(place: int, one: Line) -> dict[str, Any]:
    return {
        "line_no": place, "product": one.product, "category": one.category, "quantity": one.quantity,
        "amount": one.amount, "cost": None, "more": _json(one.more),
    }  # fmt: skip


def _json(more: Any) -> str:
    return json.dumps(dict(more), ensure_ascii=False, sort_keys=True) if more else "{}"
