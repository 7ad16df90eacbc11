"""Where do the members that QuickBooks uses everywhere stand? References, links, totals, who made it and when."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from cartera.sources.kit.contract import Context, Payload
from cartera.sources.kit.parsing import amount, moment

ZERO = Decimal(0)


def ref(payload: Payload, name: str) -> str | None:
    """The key that a reference names, None when there is none."""
    found = (payload.get(name) or {}).get("value")
    return str(found) if found not in (None, "") else None


def named(payload: Payload, name: str) -> str | None:
    """The name that a reference gives, else its key."""
    return (payload.get(name) or {}).get("name") or ref(payload, name)


def words(payload: Payload, *path: str) -> str | None:
    """The text at a path of members, without space around it; None when there is none."""
    found: Any = payload
    for name in path:
        found = (found or {}).get(name)
    return " ".join(str(found).split()) or None if found is not None else None


def links(payload: Payload, kind: str) -> Iterator[str]:
    """The keys of the transactions of a kind that this one is linked to."""
    for one in payload.get("LinkedTxn") or ():
        if one.get("TxnType") == kind:
            yield str(one["TxnId"])


def total(payload: Payload) -> Decimal | None:
    """What the client owes or gets, tax included."""
    return amount(payload.get("TotalAmt"))


def net(payload: Payload) -> Decimal | None:
    """The total without tax."""
    whole = total(payload)
    return None if whole is None else whole - (amount((payload.get("TxnTaxDetail") or {}).get("TotalTax")) or ZERO)


def made_on(payload: Payload, context: Context) -> date | None:
    """The day on which it was entered, where the workspace is."""
    return _day(payload, "CreateTime", context)


def changed_on(payload: Payload, context: Context) -> date | None:
    """The day of its last change, where the workspace is."""
    return _day(payload, "LastUpdatedTime", context)


def _day(payload: Payload, name: str, context: Context) -> date | None:
    at = moment((payload.get("MetaData") or {}).get(name))
    return context.day_of(at) if at else None
