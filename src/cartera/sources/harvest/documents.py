"""What do Harvest's invoices and estimates become? Net amounts with their lines; an accepted estimate is a plan."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from cartera.sources.kit.contract import Context, Document, Line, Mapped, Payload, Problem
from cartera.sources.kit.parsing import amount, day, moment
from cartera.tongue import say

STATES = {"draft": "planned", "open": "issued", "paid": "issued", "closed": "issued"}
WRITTEN_OFF, PAID, ACCEPTED = "closed", "paid", "accepted"
ESTIMATES = (ACCEPTED, "draft", "sent", "declined")
NOTHING = Decimal(0)


def invoice(key: str, payload: Payload, context: Context) -> Mapped:
    """An invoice; one that was written off may be taken off again on the day of that."""
    word = str(payload.get("state"))
    if payload.get("retainer") and context.settings.get("retainers") == "ignore":
        return Mapped(left_out="retainers")
    made = document(payload, context, STATES.get(word, "void"), paid_on=_paid_on(key, payload, context))
    is_taken_off = word == WRITTEN_OFF and context.settings.get("written_off") == "taken_off" and bool(made.amount)
    return Mapped(
        documents=(made, _taken_off(made, payload)) if is_taken_off else (made,), problems=tuple(_unknown(word, STATES))
    )


def estimate(key: str, payload: Payload, context: Context) -> Mapped:
    """A plan of what was accepted and is not on an invoice yet; nothing of any other estimate."""
    word = str(payload.get("state"))
    if word != ACCEPTED or context.settings.get("estimates") == "none":
        return Mapped(problems=tuple(_unknown(word, ESTIMATES)))
    of = [one for _, one in context.touching("estimates", key, "invoices")]
    taken = sum((net(one) or NOTHING for one in of), NOTHING)
    made = document(payload, context, "planned")
    left = (made.amount or NOTHING) - taken
    if left <= 0:
        return Mapped()
    # The estimate's own lines stand whole; what its invoices took is one more line, so that lines and amount agree.
    lines = (*made.lines, Line(-taken, category="invoiced")) if taken else made.lines
    accepted = moment(payload.get("accepted_at"))
    plan = replace(
        made, kind="invoice", amount=left, lines=lines, open_amount=None, more={"plan": "estimate"},
        issued_on=context.day_of(accepted) if accepted else made.issued_on,
    )  # fmt: skip
    return Mapped(documents=(plan,))


def document(payload: Payload, context: Context, state: str, *, paid_on: date | None = None) -> Document:
    """The parts that invoices and estimates have in common. ValueError: it has no date."""
    issued_on, created = day(payload.get("issue_date")), moment(payload.get("created_at"))
    if issued_on is None:
        raise ValueError(say("it has no date."))
    value, of = net(payload), payload.get("client") or {}
    more = {"written_off": "yes"} if payload.get("state") == WRITTEN_OFF else {}
    return Document(
        issued_on,
        value,
        payload.get("currency"),
        str(of["id"]) if of.get("id") else None,
        kind="credit_note" if value is not None and value < 0 else "invoice",
        state=state,
        known_on=context.day_of(created) if created else None,
        due_on=day(payload.get("due_date")),
        paid_on=paid_on,
        open_amount=amount(payload.get("due_amount")),
        rep=(payload.get("creator") or {}).get("name"),
        number=payload.get("number"),
        lines=tuple(_lines(payload, value)),
        more=more | ({"retainer": "yes"} if payload.get("retainer") else {}),
    )


def net(payload: Payload) -> Decimal | None:
    """The amount before tax: Harvest's own is after discount and with both taxes."""
    total = amount(payload.get("amount"))
    if total is None:
        return None
    return total - (amount(payload.get("tax_amount")) or NOTHING) - (amount(payload.get("tax2_amount")) or NOTHING)


def _lines(payload: Payload, value: Decimal | None) -> Iterator[Line]:
    found = payload.get("line_items") or ()
    for one in found:
        project: Any = one.get("project") or {}
        quantity = one.get("quantity")
        yield Line(
            amount(one.get("amount")),
            product=one.get("description") or None,
            category=one.get("kind") or None,
            quantity=None if quantity is None else str(quantity),
            more={"project": str(project["name"])} if project.get("name") else {},
        )
    if not found and value is not None:
        yield Line(value, product=payload.get("subject") or None)
    elif discount := amount(payload.get("discount_amount")):
        yield Line(-discount, category="discount")


def _paid_on(key: str, payload: Payload, context: Context) -> date | None:
    """The day of the payment that settled it. `paid_at` is midnight in Greenwich and no day of anybody's."""
    if payload.get("state") != PAID:
        return None
    told = day(payload.get("paid_date"))
    found = (context.record("payments", key) or {}).get("invoice_payments") or () if told is None else ()
    days = [paid for one in found if (paid := day(one.get("paid_date")))]
    return told or max(days, default=None)


def _taken_off(made: Document, payload: Payload) -> Document:
    """What a written-off invoice takes away again. It corrects no invoice by name: the client did buy on its day."""
    assert made.amount is not None
    closed = day(payload.get("closed_at")) or made.issued_on
    return Document(
        closed,
        -made.amount,
        made.currency,
        made.client,
        kind="credit_note" if made.amount > 0 else "invoice",
        part="written-off",
        known_on=max(closed, made.known_on or closed),
        rep=made.rep,
        number=made.number,
        lines=tuple(Line(None if one.amount is None else -one.amount, one.product, one.category) for one in made.lines),
        more={"written_off": "yes"},
    )


def _unknown(word: str, known: Collection[str]) -> Iterator[Problem]:
    if word not in known:
        yield Problem(
            "STATUS_UNKNOWN",
            say("nobody knows the state {state}.", state=repr(word)),
            say("It is kept and counts for nothing. Please report it."),
        )
