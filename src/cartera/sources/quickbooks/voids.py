"""Was a document voided? QuickBooks has no status: a void sets its amounts to zero and its private note to Voided."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from cartera.sources.kit.contract import Context, Payload, Problem
from cartera.sources.quickbooks.fields import changed_on, total
from cartera.tongue import say

NOTE = "Voided"


@dataclass(frozen=True)
class Void:
    """What the document said before it was voided, and the day of that; the void itself when nothing else is known."""

    said: Payload
    on: date | None


def void(stream: str, key: str, payload: Payload, context: Context) -> Void | None:
    """None when the document stands. The day is that of the first change in which it was void."""
    if not _is_void(payload):
        return None
    first = payload
    for one in _known(stream, key, context):
        if not _is_void(one):
            return Void(one, changed_on(first, context))
        first = one
    return Void(payload, changed_on(first, context))


def uncertain(payload: Payload) -> Iterator[Problem]:
    """A note that says void on a document that still has an amount: it stays issued."""
    if _is_noted(payload) and total(payload):
        yield Problem(
            "VOID_UNCERTAIN",
            say("its note says {note} and it still has an amount.", note=NOTE),
            say("It counts. Void it in QuickBooks, or take the note away."),
            is_error=False,
        )


def _known(stream: str, key: str, context: Context) -> Iterator[Payload]:
    """What it said before, the newest first; a deletion says nothing about amounts."""
    yield from (one for one in context.earlier(stream, key) if total(one) is not None)


def _is_void(payload: Payload) -> bool:
    return _is_noted(payload) and total(payload) == 0


def _is_noted(payload: Payload) -> bool:
    return str(payload.get("PrivateNote") or "").startswith(NOTE)
