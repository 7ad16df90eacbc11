"""What do invoices, sales receipts, credit memos and refund receipts become? Invoices and credit notes, net."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from cartera.sources.kit.contract import Context, Document, Mapped, Payload
from cartera.sources.kit.parsing import amount, day
from cartera.sources.quickbooks.credits import applied, shared
from cartera.sources.quickbooks.fields import ZERO, made_on, named, net, ref, total, words
from cartera.sources.quickbooks.lines import lines
from cartera.sources.quickbooks.reps import rep
from cartera.sources.quickbooks.voids import uncertain, void
from cartera.sources.quickbooks.worth import Worth, worth

INVOICES, RECEIPTS, CREDITS, REFUNDS, PAYMENTS = "invoices", "receipts", "credit_notes", "refunds", "payments"
GIVEN_BACK = (CREDITS, REFUNDS)


def document(stream: str, key: str, payload: Payload, context: Context) -> Mapped:
    """The document of a record; a credit memo that was applied is one for each invoice, and one for the rest."""
    ended = void(stream, key, payload, context)
    said = ended.said if ended else payload
    own = worth(said, context)
    made = plain(said, context, own, sign=-1 if stream in GIVEN_BACK else 1)
    problems = (*own.problems, *uncertain(payload))
    if ended:
        made = replace(made, state="void", void_on=ended.on, open_amount=ZERO)
        return Mapped(documents=(made,), problems=problems)
    made = replace(made, open_amount=_open(stream, said), paid_on=_paid_on(stream, key, said, context))
    if stream == CREDITS:
        return Mapped(documents=shared(made, total(said), applied(key, context)), problems=problems)
    return Mapped(documents=(made,), problems=problems)


def plain(payload: Payload, context: Context, own: Worth, *, sign: int = 1) -> Document:
    """A sales document by itself, whatever pays or corrects it. sign: -1 for what is given back to the client."""
    whole = net(payload)
    value = None if whole is None else whole * sign
    return Document(
        issued_on=date.fromisoformat(str(payload["TxnDate"])[:10]),
        amount=value,
        currency=own.currency,
        client=ref(payload, "CustomerRef"),
        kind="credit_note" if sign < 0 or (value is not None and value < 0) else "invoice",
        known_on=made_on(payload, context),
        due_on=day(payload.get("DueDate")),
        base_amount=own.base(value),
        rep=rep(payload, context.settings),
        number=words(payload, "DocNumber"),
        lines=lines(payload, context, value, sign=sign),
        more=_more(payload),
    )


def _more(payload: Payload) -> dict[str, str]:
    found = {"class": named(payload, "ClassRef"), "location": named(payload, "DepartmentRef")}
    return {name: value for name, value in found.items() if value}


def _open(stream: str, payload: Payload) -> Decimal | None:
    """What is still owed, tax included. A sales receipt was paid when it was made."""
    if stream == INVOICES:
        return amount(payload.get("Balance"))
    return ZERO if stream == RECEIPTS else None


def _paid_on(stream: str, key: str, payload: Payload, context: Context) -> date | None:
    """The day of the last payment, once nothing is owed."""
    if stream == RECEIPTS:
        return day(payload.get("TxnDate"))
    if stream != INVOICES or not total(payload) or _open(stream, payload) != 0:
        return None
    days = [day(one.get("TxnDate")) for _, one in context.touching(stream, key, PAYMENTS)]
    return max((one for one in days if one), default=None)
