"""What does a row become? The columns have the names of the fact tables; any further one is a dimension."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from cartera.sources.kit.contract import Client, Contact, Context, Document, Line, Mapped, Problem
from cartera.sources.kit.parsing import amount, day
from cartera.tongue import say

ORDERS = ("ymd", "dmy", "mdy")
LINES = "lines"  # under which the lines of a document lie in its record
OF_CLIENT = (
    "name", "rep", "email", "phone", "website", "street", "city", "region", "postcode", "country", "industry",
    "currency",
)  # fmt: skip
OF_DOCUMENT = (
    "invoice_id", "client_id", "kind", "state", "issued_on", "known_on", "void_on", "due_on", "paid_on", "amount",
    "currency", "base_amount", "open_amount", "credits", "rep", "number",
)  # fmt: skip
OF_LINE = ("invoice_id", "line_no", "product", "category", "quantity", "amount", "cost")
HIDDEN = ("updated_at", LINES)
KINDS, STATES = ("invoice", "credit_note"), ("issued", "planned", "void")


def client(row: Mapping[str, Any], context: Context) -> Mapped:
    """A client."""
    own = {name: _text(row.get(name)) for name in OF_CLIENT}
    made = Client(
        **own, created_on=_day(row.get("created_on"), context), more=_more(row, (*OF_CLIENT, "client_id", "created_on"))
    )
    return Mapped(clients=(made,))


def contact(row: Mapping[str, Any], _context: Context) -> Mapped:
    """A person at a client."""
    texts = {name: _text(row.get(name)) or "" for name in ("role", "email", "phone")}
    made = Contact(str(row["name"]), str(row["client_id"]), **texts, is_primary=bool(row.get("is_primary")))
    return Mapped(contacts=(made,))


def document(row: Mapping[str, Any], lines: list[Mapping[str, Any]], context: Context) -> Mapped:
    """An invoice, a credit note or a plan with its lines. Without an amount of its own it is worth its lines."""
    found = tuple(_line(one) for one in lines)
    net = amount(row.get("amount"))
    if net is None and found:
        net = sum((one.amount for one in found if one.amount is not None), Decimal(0))
    kind = _text(row.get("kind")) or ("credit_note" if net is not None and net < 0 else "invoice")
    state = _text(row.get("state")) or "issued"
    days: dict[str, Any] = {name: _day(row.get(name), context) for name in ("known_on", "void_on", "due_on", "paid_on")}
    issued = _day(row["issued_on"], context)
    if issued is None:
        raise ValueError(say("it has no date."))
    made = Document(
        issued, net, _text(row.get("currency")) or context.company.currency or None, _text(row.get("client_id")),
        kind=kind if kind in KINDS else "invoice", state=state if state in STATES else "void", **days,
        base_amount=amount(row.get("base_amount")), open_amount=amount(row.get("open_amount")),
        credits=_text(row.get("credits")), rep=_text(row.get("rep")), number=_text(row.get("number")), lines=found,
        more=_more(row, OF_DOCUMENT),
    )  # fmt: skip
    return Mapped(documents=(made,), problems=tuple(_unknown(kind, state)))


def _unknown(kind: str, state: str) -> Iterator[Problem]:
    for found, known in ((kind, KINDS), (state, STATES)):
        if found not in known:
            yield Problem(
                "STATUS_UNKNOWN", say("{word} is none of {words}.", word=repr(found), words=", ".join(known)),
                say("Let the query give one of these."),
            )  # fmt: skip


def _line(row: Mapping[str, Any]) -> Line:
    return Line(
        amount(row.get("amount")), _text(row.get("product")), _text(row.get("category")), _text(row.get("quantity")),
        _more(row, OF_LINE),
    )  # fmt: skip


def _more(row: Mapping[str, Any], own: tuple[str, ...]) -> dict[str, str]:
    return {name: str(value) for name, value in row.items() if value is not None and name not in (*own, *HIDDEN)}


def _text(value: Any) -> str | None:
    return None if value is None or value == "" else str(value)


def _day(value: Any, context: Context) -> date | None:
    """A day; one written otherwise than 2026-03-31 by the order that the source's setting says."""
    if not value:
        return None
    text = str(value).strip()
    order = context.settings.get("date_order") or ORDERS[0]
    if order == ORDERS[0] or text[:4].isdigit():
        return day(text)
    pattern = "%d/%m/%Y" if order == "dmy" else "%m/%d/%Y"
    plain = text.replace(".", "/").replace("-", "/").split(" ")[0]
    return datetime.strptime(plain, pattern).date()  # noqa: DTZ007 - a calendar date
