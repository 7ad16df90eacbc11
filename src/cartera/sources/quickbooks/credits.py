"""Which invoices does a credit memo correct? Those that a payment, often of 0.00, names beside it in its lines.

Unverified: no recorded answer shows such a payment.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal

from cartera.sources.kit.contract import Context, Document, Line, Payload
from cartera.sources.kit.parsing import amount
from cartera.sources.quickbooks.fields import ZERO, links

MEMO, INVOICE = "CreditMemo", "Invoice"
CENT = Decimal("0.01")
Applied = Sequence[tuple[str, Decimal]]  # key of an invoice, and how much of the memo went to it, tax included


def paid(payment: Payload) -> Iterator[tuple[str, str, Decimal]]:
    """Kind, key and amount of everything that a payment's lines settle, in their order."""
    for line in payment.get("Line") or ():
        for kind in (INVOICE, MEMO):
            for key in links(line, kind):
                yield kind, key, amount(line.get("Amount")) or ZERO


def applied(memo: str, context: Context) -> Applied:
    """To which invoices the credit memo went, each once, in the order of the payments that say so."""
    found: dict[str, Decimal] = {}
    payments = [one for _, one in context.touching("credit_notes", memo, "payments")]
    for payment in sorted(payments, key=lambda one: str(one.get("TxnDate", ""))):
        for key, part in _of_payment(payment, memo):
            found[key] = found.get(key, ZERO) + part
    return list(found.items())


def _of_payment(payment: Payload, memo: str) -> Iterator[tuple[str, Decimal]]:
    """The memos of a payment go to its invoices in the order of both; money pays what is left of them."""
    rows = list(paid(payment))
    owed: Applied = [(key, value) for kind, key, value in rows if kind == INVOICE]
    for credit, rest in [(key, value) for kind, key, value in rows if kind == MEMO]:
        parts, owed = _taken(owed, rest)
        if credit == memo:
            yield from parts


def _taken(owed: Applied, rest: Decimal) -> tuple[Applied, Applied]:
    """What an amount pays of each, in their order, and what is owed after that."""
    parts, left = [], []
    for key, value in owed:
        part = max(min(rest, value), ZERO)
        rest -= part
        parts += [(key, part)] if part else []
        left.append((key, value - part))
    return parts, left


def shared(whole: Document, total: Decimal | None, applications: Applied) -> tuple[Document, ...]:
    """The credit note in parts: one for each invoice, one for what is left; together exactly the whole.

    total: of the memo, tax included, as the applications are. The last part takes what rounding leaves over.
    """
    if not applications or not total:
        return (whole,)
    rest = total - sum((one for _, one in applications), ZERO)
    shares: list[tuple[str | None, Decimal]] = [*applications, *([(None, rest)] if rest > 0 else [])]
    if len(shares) == 1:
        return (replace(whole, credits=shares[0][0]),)
    parts = [value / total for _, value in shares]
    amounts, bases = _divided(whole.amount, parts), _divided(whole.base_amount, parts)
    lines = [_divided(line.amount, parts) for line in whole.lines]
    return tuple(
        replace(
            whole, part=str(place + 1), credits=key, amount=amounts[place], base_amount=bases[place],
            lines=_lines(whole.lines, [one[place] for one in lines]),
        )
        for place, (key, _) in enumerate(shares)
    )  # fmt: skip


def _lines(lines: Sequence[Line], amounts: Sequence[Decimal | None]) -> tuple[Line, ...]:
    """Lines with these amounts. How many were sold is not told: they were not sold in parts."""
    return tuple(replace(line, amount=value, quantity=None) for line, value in zip(lines, amounts, strict=True))


def _divided(value: Decimal | None, parts: Sequence[Decimal]) -> list[Decimal | None]:
    """The value in these shares, to the cent; the last takes the rest."""
    if value is None:
        return [None] * len(parts)
    found = [(value * part).quantize(CENT, rounding=ROUND_HALF_UP) for part in parts[:-1]]
    return [*found, value - sum(found, ZERO)]
