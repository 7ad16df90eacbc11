"""Who sold a document? Whom the source's setting `rep` names: a custom field, class, location or the sales rep."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from cartera.sources.kit.contract import Payload
from cartera.sources.kit.parsing import amount
from cartera.sources.quickbooks.fields import ZERO, named, words
from cartera.sources.quickbooks.lines import detail, told

SETTING, USUAL = "rep", "Sales Rep"  # the custom field that QuickBooks proposes
CLASS, LOCATION, REP = "class", "location", "sales-rep"


def rep(payload: Payload, settings: Mapping[str, Any]) -> str | None:
    """The name, None when the document gives none."""
    chosen = str(settings.get(SETTING) or USUAL)
    if chosen == CLASS:
        return named(payload, "ClassRef") or _largest_class(payload)
    if chosen == LOCATION:
        return named(payload, "DepartmentRef")
    if chosen == REP:  # in the list of an invoice's members; whether it is ever filled was not seen
        return named(payload, "SalesRepRef")
    return _custom(payload, chosen)


def _custom(payload: Payload, name: str) -> str | None:
    for one in payload.get("CustomField") or ():
        if str(one.get("Name", "")).casefold() == name.casefold():
            return words(one, "StringValue")
    return None


def _largest_class(payload: Payload) -> str | None:
    """Where classes stand on lines: the one with the most money."""
    found: dict[str, Decimal] = defaultdict(Decimal)
    for row in told(payload.get("Line") or ()):
        if name := named(detail(row), "ClassRef"):
            found[name] += amount(row.get("Amount")) or ZERO
    return max(sorted(found), key=found.__getitem__) if found else None
