"""What does an invoice of Xero become? One document; drafts are plans, bills of suppliers are none of ours."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from cartera.sources.kit.contract import Context, Document, Mapped, Payload, Problem
from cartera.sources.kit.parsing import amount, day
from cartera.sources.xero.amounts import ZERO, money
from cartera.sources.xero.tracking import tracked
from cartera.tongue import say, text

SALE, SUPPLIER = "ACCREC", text("supplier documents")
STATES = {"DRAFT": "planned", "SUBMITTED": "planned", "AUTHORISED": "issued", "PAID": "issued", "VOIDED": "void"}
PAID = "PAID"


def invoice(key: str, payload: Payload, context: Context) -> Mapped:
    """The document. A void one keeps its amount and counts for nothing."""
    if payload.get("Type") != SALE:
        return Mapped(left_out=SUPPLIER)
    state, said = state_of(payload)
    own, (rep, more, unclear) = money(payload, context), tracked(payload, context)
    made = Document(
        needed(payload, "Date"), own.net, own.currency, client_of(payload),
        kind="credit_note" if own.net < 0 else "invoice", state=state, due_on=written(payload, "DueDate"),
        paid_on=_paid_on(key, payload, context) if state == "issued" else None, base_amount=own.base,
        open_amount=None if state == "planned" else amount(payload.get("AmountDue")), rep=rep,
        number=payload.get("InvoiceNumber") or None, lines=own.lines,
        more=more | ({"plan": "draft"} if state == "planned" else {}),
    )  # fmt: skip
    return Mapped(documents=(made,), problems=(*said, *own.problems, *unclear))


def state_of(payload: Payload) -> tuple[str, tuple[Problem, ...]]:
    """Our word for its status; an unknown one is kept and counts for nothing, with the problem that says so."""
    word = str(payload.get("Status"))
    if word in STATES:
        return STATES[word], ()
    return "void", (unknown(word),)


def unknown(word: str) -> Problem:
    """A status that nobody has told us about."""
    fix = say("It is kept and counts for nothing. Please report the word, so that it can be read.")
    return Problem("STATUS_UNKNOWN", say("the status {word} is not known.", word=repr(word)), fix)


def client_of(payload: Payload) -> str | None:
    """The key of the contact that a document names."""
    found: Any = (payload.get("Contact") or {}).get("ContactID")
    return str(found) if found else None


def needed(payload: Payload, name: str) -> date:
    """A date that every document has. ValueError: this one has none."""
    found = written(payload, name)
    if found is None:
        raise ValueError(f"{name} is missing")
    return found


def written(payload: Payload, name: str) -> date | None:
    """A calendar date: as text where Xero gives it so, which no time zone can move."""
    return day(payload.get(f"{name}String")) or day(payload.get(name))


def _paid_on(key: str, payload: Payload, context: Context) -> date | None:
    """The day on which the last of it was paid or credited; None while something is open."""
    if payload.get("Status") != PAID and amount(payload.get("AmountDue")) != ZERO:
        return None
    return day(payload.get("FullyPaidOnDate")) or max(_settled(key, payload, context), default=None)


def _settled(key: str, payload: Payload, context: Context) -> Iterator[date]:
    """The days of everything that settled a part of it: a paid invoice of some organisations names no last day."""
    for name in ("Payments", "CreditNotes", "Prepayments", "Overpayments"):
        yield from (on for one in payload.get(name) or () if (on := written(one, "Date")))
    yield from (on for _, one in context.touching("invoices", key, "payments") if (on := written(one, "Date")))
    for stream in ("credit_notes", "prepayments", "overpayments"):
        for _, one in context.touching("invoices", key, stream):
            yield from (on for part in one.get("Allocations") or () if _is_to(part, key) and (on := day(part["Date"])))


def _is_to(part: Any, key: str) -> bool:
    return (part.get("Invoice") or {}).get("InvoiceID") == key and not part.get("IsDeleted")
