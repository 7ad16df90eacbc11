"""What do Sage's sales documents become? Net amounts with their lines, base amounts as Sage has them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from cartera.sources.kit.contract import Context, Document, Mapped, Payload, Problem
from cartera.sources.kit.parsing import amount, day, moment
from cartera.sources.sage.lines import CENT, NOTHING, lines, rep
from cartera.sources.sage.lists import stream_of
from cartera.sources.sage.people import id_of
from cartera.tongue import say

# Ids of /artefact_statuses; unverified beyond these, and an unknown one is told.
STATES = {"DRAFT": "planned", "UNPAID": "issued", "PART_PAID": "issued", "PAID": "issued", "VOID": "void"}
PAID = "PAID"
NUMBERS = ("invoice_number", "credit_note_number", "quote_number", "estimate_number")


def invoice(stream: str, key: str, payload: Payload, context: Context) -> Mapped:
    """A sales invoice. A void one keeps its amount and counts for nothing from the day on which it was void."""
    made, problems = document(stream, key, payload, context)
    return Mapped(documents=(made,), problems=problems)


def corrective(stream: str, key: str, payload: Payload, context: Context) -> Mapped:
    """A correction of an invoice (Spain): a credit note when it is below nothing, else an invoice of its own."""
    made = invoice(stream, key, payload, context)
    of = payload.get("original_invoice") or {}
    documents = tuple(
        replace(one, credits=id_of(of), credits_stream=stream_of(of) or "invoices")
        if one.kind == "credit_note"
        else one
        for one in made.documents
    )
    return replace(made, documents=documents)


def document(
    stream: str, key: str, payload: Payload, context: Context, *, sign: int = 1
) -> tuple[Document, tuple[Problem, ...]]:
    """The parts that all sales documents have in common. sign: -1 for what Sage tells as credit, above nothing."""
    issued_on, created = day(payload.get("date")), moment(payload.get("created_at"))
    if issued_on is None:
        raise ValueError(say("it has no date."))
    net, word = _signless(payload.get("net_amount"), sign), status(payload)
    state = STATES.get(word, "void")
    found, odd = lines(payload, net, sign)
    who, mixed = rep(payload, context)
    value = None if net is None else sign * net
    made = Document(
        issued_on,
        value,
        id_of(payload.get("currency")),
        id_of(payload.get("contact")),
        kind="credit_note" if value is not None and value < 0 else "invoice",
        state=state,
        known_on=context.day_of(created) if created else None,
        void_on=_void_on(stream, key, payload, context) if state == "void" else None,
        due_on=day(payload.get("due_date")),
        paid_on=_paid_on(stream, key, payload, context) if word == PAID else None,
        base_amount=_signed(payload.get("base_currency_net_amount"), sign),
        open_amount=_signed(payload.get("outstanding_amount"), sign),
        rep=who,
        number=next((str(payload[name]) for name in NUMBERS if payload.get(name)), None)
        or payload.get("reference")
        or None,
        lines=found,
        more={"void_reason": str(payload["void_reason"])} if payload.get("void_reason") else {},
    )
    unsaid = (unknown(_named(word, context)),) if word not in STATES else ()
    return made, (*unsaid, *odd, *mixed, *_tax_sum(payload))


def status(payload: Payload) -> str:
    """The word for the state, as Sage has it."""
    return id_of(payload.get("status")) or ""


def unknown(word: str) -> Problem:
    """A state or a type that nobody knows."""
    return Problem(
        "STATUS_UNKNOWN",
        say("nobody knows the state {state}.", state=repr(word)),
        say("It is kept and counts for nothing. Please report it."),
    )


def _named(word: str, context: Context) -> str:
    """The word with what Sage shows for it, where the list of states says so."""
    told = (context.record("statuses", word) or {}).get("displayed_as")
    return f"{word} ({told})" if told and str(told) != word else word


def _signless(told: Any, sign: int) -> Decimal | None:
    value = amount(told)
    return abs(value) if value is not None and sign < 0 else value


def _signed(told: Any, sign: int) -> Decimal | None:
    value = _signless(told, sign)
    return None if value is None else sign * value


def _void_on(stream: str, key: str, payload: Payload, context: Context) -> date | None:
    """The day of the first version that was void; None when no other was ever seen."""
    first = payload
    for one in context.earlier(stream, key):
        if STATES.get(status(one)) not in (None, "void"):
            changed = moment(first.get("updated_at"))
            return context.day_of(changed) if changed else context.day
        first = one if one.get("status") else first
    return None


def _paid_on(stream: str, key: str, payload: Payload, context: Context) -> date | None:
    """The day of the last payment of what is paid."""
    told = day(payload.get("last_paid"))
    days = [on for one in payload.get("payments_allocations") or () if (on := day(one.get("date")))]
    if told is None and not days:
        days = [on for _, one in context.touching(stream, key, "payments") if (on := day(one.get("date")))]
    return told or max(days, default=None)


def _tax_sum(payload: Payload) -> Iterator[Problem]:
    net, total = (amount(payload.get(name)) for name in ("net_amount", "total_amount"))
    if net is None or total is None:
        return
    tax, held, freight = (
        amount(payload.get(name)) or NOTHING
        for name in ("tax_amount", "withholding_tax_amount", "shipping_total_amount")
    )
    # Unverified whether the total is before or after tax that the client keeps back, and holds the shipping.
    fits = {net + tax, net + tax - held, net + tax + freight}
    if all(abs(one - total) > CENT for one in fits):
        yield Problem(
            "TAX_SUM",
            say("net {net} and tax {tax} do not come to {total}.", net=f"{net:f}", tax=f"{tax:f}", total=f"{total:f}"),
            say("The net amount counts. Look at it in Sage."),
            is_error=False,
        )
