"""Which estimates are plans? Accepted ones, as far as no invoice has been made from them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from cartera.sources.kit.contract import Context, Document, Line, Mapped, Payload, Problem
from cartera.sources.kit.parsing import amount, day
from cartera.sources.quickbooks.documents import INVOICES, plain
from cartera.sources.quickbooks.fields import ZERO, links, net, words
from cartera.sources.quickbooks.lines import told
from cartera.sources.quickbooks.worth import worth
from cartera.tongue import say

SETTING, NONE = "estimates", "none"
ESTIMATE, ACCEPTED = "Estimate", "Accepted"
OUT = ("Pending", "Closed", "Rejected", "Converted")  # not yet, already invoiced, or never


def estimate(key: str, payload: Payload, context: Context) -> Mapped:
    """The plan that an estimate is; nothing when it is none, or the source's setting says that none is."""
    status = words(payload, "TxnStatus") or OUT[0]
    if context.settings.get(SETTING) == NONE or status in OUT:
        return Mapped()
    own = worth(payload, context)
    made = replace(plain(payload, context, own), issued_on=_on(payload), state="planned", due_on=None)
    if status != ACCEPTED:
        return Mapped(documents=(replace(made, state="void"),), problems=(_unknown(status),))
    left = made.amount - _billed(key, context) if made.amount is not None else None
    if left is None or left <= 0:
        return Mapped()
    return Mapped(
        documents=(made if left == made.amount else _rest(made, left, own.base(left)),), problems=own.problems
    )


def _on(payload: Payload) -> date:
    """The day for which it is planned: until when it stands, else when it was accepted, else its own."""
    found = day(payload.get("ExpirationDate")) or day(payload.get("AcceptedDate"))
    return found or date.fromisoformat(str(payload["TxnDate"])[:10])


def _billed(key: str, context: Context) -> Decimal:
    """The net of the invoices that were made from it; a voided one has none."""
    return sum((_part(one, key) for _, one in context.touching("estimates", key, INVOICES)), ZERO)


def _part(invoice: Payload, key: str) -> Decimal:
    """Of an invoice that was made from several estimates, only the lines of this one."""
    if len(set(links(invoice, ESTIMATE))) < 2:
        return net(invoice) or ZERO
    own = [row for row in told(invoice.get("Line") or ()) if key in links(row, ESTIMATE)]
    return sum((amount(row.get("Amount")) or ZERO for row in own), ZERO)


def _rest(made: Document, left: Decimal, base: Decimal | None) -> Document:
    """What is left to be invoiced; which of the lines that is, the estimate does not say."""
    return replace(made, amount=left, base_amount=base, lines=(Line(left),))


def _unknown(status: str) -> Problem:
    return Problem(
        "STATUS_UNKNOWN",
        say("its status {status} is not known.", status=repr(status)),
        say("It counts for nothing. Please report the word."),
    )
