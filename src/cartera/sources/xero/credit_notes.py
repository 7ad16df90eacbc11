"""What does a credit note of Xero become? One document per invoice that it corrects, and one for what is left."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from cartera.sources.kit.contract import Context, Document, Line, Mapped, Payload
from cartera.sources.kit.parsing import amount, day
from cartera.sources.xero.amounts import ZERO, money
from cartera.sources.xero.invoices import SUPPLIER, client_of, needed, state_of
from cartera.sources.xero.tracking import tracked
from cartera.tongue import text

CREDIT = "ACCRECCREDIT"
NOT_YET = ("DRAFT", "SUBMITTED")  # a credit note makes no fact until it is approved
UNAPPROVED = text("credit notes that are not approved")
CENT = Decimal("0.01")


@dataclass(frozen=True)
class Part:
    """What of a credit note goes to one invoice, tax included; invoice None for the rest."""

    invoice: str | None
    applied: Decimal


def credit_note(key: str, payload: Payload, context: Context) -> Mapped:
    """The documents; together exactly the credit note."""
    if payload.get("Type") != CREDIT:
        return Mapped(left_out=SUPPLIER)
    if payload.get("Status") in NOT_YET:
        return Mapped(left_out=UNAPPROVED)
    state, said = state_of(payload)
    own, (rep, more, unclear) = money(payload, context), tracked(payload, context)
    left = amount(payload.get("RemainingCredit"))
    whole = Document(
        needed(payload, "Date"), -own.net, own.currency, client_of(payload), kind="credit_note", state=state,
        paid_on=day(payload.get("FullyPaidOnDate")) if state == "issued" else None, rep=rep, more=more,
        base_amount=None if own.base is None else -own.base, open_amount=None if left is None else -left,
        number=payload.get("CreditNoteNumber") or None, lines=tuple(map(_negated, own.lines)),
    )  # fmt: skip
    parts = _parts(key, payload, context, own.total) if state == "issued" else []
    return Mapped(documents=tuple(_split(whole, parts, own.total)), problems=(*said, *own.problems, *unclear))


def _negated(line: Line) -> Line:
    quantity = line.quantity and f"{-Decimal(line.quantity):f}"
    return replace(line, amount=None if line.amount is None else -line.amount, quantity=quantity)


def _parts(key: str, payload: Payload, context: Context, total: Decimal) -> list[Part]:
    """Its applications, and the rest if there is one."""
    found = list(_applied(payload)) or list(_told_by_invoices(key, context))
    left = total - sum((one.applied for one in found), ZERO)
    return [*found, Part(None, left)] if found and left else found


def _applied(payload: Payload) -> Iterator[Part]:
    for one in payload.get("Allocations") or ():
        invoice, applied = (one.get("Invoice") or {}).get("InvoiceID"), amount(one.get("Amount"))
        if invoice and applied and not one.get("IsDeleted"):
            yield Part(str(invoice), applied)


def _told_by_invoices(key: str, context: Context) -> Iterator[Part]:
    """What invoices say of it: the credit note may have been read before it was applied."""
    for invoice, told in context.touching("credit_notes", key, "invoices"):
        for one in told.get("CreditNotes") or ():
            applied = amount(one.get("AppliedAmount"))
            if one.get("CreditNoteID") == key and applied:
                yield Part(invoice, applied)


def _split(whole: Document, parts: Sequence[Part], total: Decimal) -> Iterator[Document]:
    """The documents of the parts; net and lines are shared out to the cent, what is over goes to the last."""
    if len(parts) <= 1 or not total:
        yield replace(whole, credits=parts[0].invoice if parts else None)
        return
    left = whole
    for number, part in enumerate(parts, 1):
        is_last = number == len(parts)
        made = left if is_last else _share(whole, part.applied / total)
        left = _less(left, made)
        # What is open of it is the rest that no invoice took.
        is_open = part.invoice is None
        yield replace(made, part=str(number), credits=part.invoice, open_amount=whole.open_amount if is_open else ZERO)


def _share(whole: Document, share: Decimal) -> Document:
    lines = tuple(replace(one, amount=_cut(one.amount, share), quantity=None) for one in whole.lines)
    net = _cut(whole.amount, share)
    assert net is not None
    if lines:  # the lines' own cents go to the last of them
        off = net - sum((one.amount or ZERO for one in lines), ZERO)
        lines = (*lines[:-1], replace(lines[-1], amount=(lines[-1].amount or ZERO) + off))
    return replace(whole, amount=net, base_amount=_cut(whole.base_amount, share), lines=lines)


def _cut(value: Decimal | None, share: Decimal) -> Decimal | None:
    return None if value is None else (value * share).quantize(CENT)


def _less(whole: Document, taken: Document) -> Document:
    """What is left of a document when a part is taken."""
    lines = tuple(
        replace(one, amount=_minus(one.amount, gone.amount), quantity=None)
        for one, gone in zip(whole.lines, taken.lines, strict=True)
    )
    base = _minus(whole.base_amount, taken.base_amount)
    return replace(whole, amount=_minus(whole.amount, taken.amount), base_amount=base, lines=lines)


def _minus(value: Decimal | None, taken: Decimal | None) -> Decimal | None:
    return None if value is None else value - (taken or ZERO)
