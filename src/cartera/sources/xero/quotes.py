"""What does a quote of Xero become? A plan while it is accepted and not invoiced; nothing before and after that."""

from __future__ import annotations

from cartera.sources.kit.contract import Context, Document, Mapped, Payload
from cartera.sources.xero.amounts import money
from cartera.sources.xero.invoices import client_of, needed, unknown, written
from cartera.sources.xero.tracking import tracked
from cartera.tongue import text

ESTIMATES, ACCEPTED, NONE = "estimates", "accepted", "none"
QUOTES = text("quotes")
OUT = {
    "DRAFT": text("quotes that are not accepted"),
    "SENT": text("quotes that are not accepted"),
    "DECLINED": text("quotes that were declined"),
    "INVOICED": text("quotes that were invoiced"),
}


def quote(_key: str, payload: Payload, context: Context) -> Mapped:
    """The plan, on the day on which it expires, else on its own. Xero names no invoice that was made of it."""
    status = str(payload.get("Status")).upper()
    if status in OUT:
        return Mapped(left_out=OUT[status])
    if context.settings.get(ESTIMATES) == NONE:
        return Mapped(left_out=QUOTES)
    own, (rep, more, unclear) = money(payload, context, payload.get("Title")), tracked(payload, context)
    said = (*own.problems, *unclear)
    made = Document(
        written(payload, "ExpiryDate") or needed(payload, "Date"), own.net, own.currency, client_of(payload),
        state="planned" if status == "ACCEPTED" else "void", base_amount=own.base, rep=rep, lines=own.lines,
        number=payload.get("QuoteNumber") or None, more=more | {"plan": "estimate"},
    )  # fmt: skip
    if made.state == "void":
        said = (*said, unknown(str(payload.get("Status"))))
    return Mapped(documents=(made,), problems=said) if own.net > 0 else Mapped(problems=said)
