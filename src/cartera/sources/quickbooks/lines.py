"""Which lines does a document have? Those that were sold, what was taken off, what was charged for shipping."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from cartera.sources.kit.contract import Context, Line, Payload
from cartera.sources.kit.parsing import amount
from cartera.sources.quickbooks.fields import named, ref, words

SHIPPING = "SHIPPING_ITEM_ID"  # the item under which QuickBooks books it, on every document
# A sub-total repeats the lines above it: adding it doubles every document. A description sells nothing.
SILENT = ("SubTotalLineDetail", "DescriptionOnly")
DISCOUNT, GROUP = "DiscountLineDetail", "GroupLineDetail"


def lines(payload: Payload, context: Context, worth: Decimal | None, *, sign: int = 1) -> tuple[Line, ...]:
    """The lines of a document, net also where its prices hold tax; one for its whole worth when it has none.

    sign: -1 for what is given back.
    """
    found = tuple(_line(one, context, sign) for one in told(payload.get("Line") or ()))
    return found or ((_of_whole(worth, payload),) if worth else ())


def told(rows: Sequence[Payload]) -> Iterator[Payload]:
    """The rows that say something about money: of a bundle its children, never the bundle's own amount."""
    for one in rows:
        kind = one.get("DetailType")
        if kind == GROUP:
            yield from told((one.get(GROUP) or {}).get("Line") or ())
        elif kind not in SILENT and one.get("Amount") is not None:
            yield one


def detail(row: Payload) -> dict[str, Any]:
    """What a row says about what was sold."""
    found: dict[str, Any] = row.get(str(row.get("DetailType"))) or {}
    return found


def items(payload: Payload) -> list[str]:
    """The keys of the items that a document sells, each once."""
    found = (ref(detail(row), "ItemRef") for row in told(payload.get("Line") or ()))
    return sorted({key for key in found if key and key != SHIPPING})


def _line(row: Payload, context: Context, sign: int) -> Line:
    worth, about = amount(row.get("Amount")), detail(row)
    net = None if worth is None else worth * sign
    if row.get("DetailType") == DISCOUNT:
        return Line(None if net is None else -net, category="discount")
    if ref(about, "ItemRef") == SHIPPING:
        return Line(net, category="shipping")
    product = named(about, "ItemRef") or words(row, "Description")
    return Line(net, product, _category(ref(about, "ItemRef"), context), _quantity(about.get("Qty")), _more(about))


def _quantity(value: Any) -> str | None:
    found = amount(value)
    return None if found is None else f"{found:f}"


def _more(about: Payload) -> dict[str, str]:
    found = named(about, "ClassRef")
    return {"class": found} if found else {}


def _category(item: str | None, context: Context) -> str | None:
    """The item that this one lies under, else its type."""
    known = context.record("products", item) if item else None
    return (named(known, "ParentRef") or words(known, "Type")) if known else None


def _of_whole(worth: Decimal, payload: Payload) -> Line:
    said = next((words(one, "Description") for one in payload.get("Line") or () if one.get("Description")), None)
    return Line(worth, said or words(payload, "CustomerMemo", "value"))
