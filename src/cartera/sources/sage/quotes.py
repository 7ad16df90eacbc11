"""Which quotes of Sage will bring something? The accepted ones, less what their invoices took."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from cartera.sources.kit.contract import Context, Line, Mapped, Payload
from cartera.sources.kit.parsing import amount, day
from cartera.sources.sage.documents import document, unknown
from cartera.sources.sage.lines import NOTHING
from cartera.sources.sage.people import id_of

ACCEPTED = "ACCEPTED"
OTHERS = ("DRAFT", "PENDING", "SENT", "DECLINED", "REJECTED", "EXPIRED", "INVOICED", "VOID")  # unverified
QUOTES, ESTIMATES = "quotes", "estimates"


def quote(stream: str, key: str, payload: Payload, context: Context) -> Mapped:
    """A plan of an accepted quote on the day on which it ends. An estimate that is listed as a quote too is one."""
    word = (id_of(payload.get("status")) or "").upper()
    if stream == ESTIMATES and context.record(QUOTES, key) is not None:
        return Mapped(left_out="estimates that are quotes as well")
    if word != ACCEPTED:
        return Mapped(problems=() if word in OTHERS else (unknown(word),))
    taken = _taken(stream, key, payload, context)
    if context.settings.get(ESTIMATES) == "none" or taken is None:
        return Mapped()
    made, problems = document(stream, key, payload, context)
    problems = tuple(one for one in problems if one.code != "STATUS_UNKNOWN")
    left = (made.amount or NOTHING) - taken
    if left <= 0:
        return Mapped(problems=problems)
    plan = replace(
        made, kind="invoice", state="planned", amount=left, open_amount=None, void_on=None,
        base_amount=None if taken else made.base_amount, issued_on=day(payload.get("expiry_date")) or made.issued_on,
        lines=(*made.lines, Line(-taken, category="invoiced")) if taken else made.lines, more={"plan": "estimate"},
    )  # fmt: skip
    return Mapped(documents=(plan,), problems=problems)


def _taken(stream: str, key: str, payload: Payload, context: Context) -> Decimal | None:
    """The net of the invoices made from it; None when it names one that is not known, so that nothing is left of it."""
    found = dict(context.touching(stream, key, "invoices"))
    own = id_of(payload.get("invoice"))
    if own and own not in found:
        told = context.record("invoices", own)
        if told is None:
            return None
        found[own] = told
    return sum((amount(one.get("net_amount")) or NOTHING for one in found.values()), NOTHING)
