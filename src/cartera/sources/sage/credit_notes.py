"""What does a credit note of Sage become? One document per document that it corrects, and one for what is left."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal

from cartera.sources.kit.contract import Context, Document, Mapped, Payload
from cartera.sources.kit.parsing import amount
from cartera.sources.sage.documents import document, invoice, status, unknown
from cartera.sources.sage.lines import CENT, NOTHING
from cartera.sources.sage.lists import stream_of
from cartera.sources.sage.people import id_of

DRAFT = "DRAFT"
CREDIT, INVOICE = "CREDIT", "INVOICE"  # in the id of a quick entry's type; unverified
SOLD = ("invoices", "quick_entries", "corrective_invoices")


@dataclass(frozen=True)
class Part:
    """What of a credit note goes to a document, tax included; key None for the rest."""

    stream: str
    key: str | None
    applied: Decimal


def credit_note(stream: str, key: str, payload: Payload, context: Context) -> Mapped:
    """The documents; together exactly the credit note. None before it is approved."""
    if status(payload) == DRAFT:
        return Mapped(left_out="credit notes that are not approved")
    whole, problems = document(stream, key, payload, context, sign=-1)
    total = abs(amount(payload.get("total_amount")) or NOTHING)
    parts = list(_parts(payload, total)) if whole.state == "issued" and total else []
    return Mapped(documents=tuple(_split(whole, parts, total)), problems=problems)


def quick_entry(stream: str, key: str, payload: Payload, context: Context) -> Mapped:
    """An invoice or a credit note without lines, as its type says; one of another type counts for nothing."""
    kind = (id_of(payload.get("quick_entry_type")) or "").upper()
    if CREDIT in kind:
        return credit_note(stream, key, payload, context)
    made = invoice(stream, key, payload, context)
    if INVOICE in kind:
        return made
    documents = tuple(replace(one, state="void", void_on=None) for one in made.documents)
    return replace(made, documents=documents, problems=(*made.problems, unknown(kind)))


def _parts(payload: Payload, total: Decimal) -> Iterator[Part]:
    """Each document once, in the order of the allocations, and the rest if there is one."""
    found: dict[tuple[str, str], Decimal] = {}
    for one in payload.get("payments_allocations") or ():
        stream, key = stream_of(one.get("artefact")), id_of(one.get("artefact"))
        applied = abs(amount(one.get("amount")) or NOTHING)
        if stream in SOLD and key and applied:
            found[stream, key] = found.get((stream, key), NOTHING) + applied
    yield from (Part(stream, key, applied) for (stream, key), applied in found.items())
    left = total - sum(found.values(), NOTHING)
    if found and left > 0:
        yield Part(SOLD[0], None, left)


def _split(whole: Document, parts: Sequence[Part], total: Decimal) -> Iterator[Document]:
    if len(parts) <= 1:
        yield replace(whole, credits=parts[0].key, credits_stream=parts[0].stream) if parts else whole
        return
    shares = [part.applied / total for part in parts]
    amounts, bases = _divided(whole.amount, shares), _divided(whole.base_amount, shares)
    lines = [_divided(line.amount, shares) for line in whole.lines]
    for place, part in enumerate(parts):
        own = tuple(replace(line, amount=of[place], quantity=None) for line, of in zip(whole.lines, lines, strict=True))
        yield replace(
            whole, part=str(place + 1), credits=part.key, credits_stream=part.stream, amount=amounts[place],
            base_amount=bases[place], lines=own, open_amount=whole.open_amount if part.key is None else NOTHING,
        )  # fmt: skip


def _divided(value: Decimal | None, shares: Sequence[Decimal]) -> list[Decimal | None]:
    """The value in these shares, to the cent; the last takes the rest."""
    if value is None:
        return [None] * len(shares)
    found = [(value * share).quantize(CENT, rounding=ROUND_HALF_UP) for share in shares[:-1]]
    return [*found, value - sum(found, NOTHING)]
