"""How are the data pages' figures said? Months, amounts to the cent, kinds of documents, meanings of columns."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from cartera.tongue import UNKNOWN, day_text, money, month_text, number, say, spoken, text

UNDATED: dict[str, Any] = {"band": None, "notices": []}
"""For pages that are about no day."""

KINDS = {
    "invoice": text("Invoices"),
    "credit_note": text("Credit notes"),
    "invoice, planned": text("Planned invoices"),
    "invoice, void": text("Void invoices"),
    "credit_note, void": text("Void credit notes"),
}
ONE = {"invoice": text("Invoice"), "credit_note": text("Credit note")}
ROLES = {
    "client_id": text("client's number"),
    "name": text("client's name"),
    "number": text("invoice number"),
    "issued_on": text("invoice date"),
    "due_on": text("due date"),
    "net": text("amount without tax"),
    "amount": text("amount"),
    "total": text("amount with tax"),
    "tax": text("tax"),
    "currency": text("currency"),
    "kind": text("kind of document"),
    "state": text("state of the document"),
    "quantity": text("quantity"),
    "unit_price": text("unit price"),
    "product": text("product"),
    "category": text("category"),
    "rep": text("sales rep"),
    "email": text("e-mail"),
    "phone": text("phone"),
    "city": text("city"),
    "region": text("region"),
    "country": text("country"),
}
WINDOWS = {
    "active_months": text("Active: months since the last invoice, at most"),
    "sleeping_months": text("Sleeping away: months since the last invoice, at most"),
    "lifespan_days": text("In the portfolio: days since the last invoice, at most"),
    "notice_days": text("Leaving: days of notice"),
    "inactive_months": text("Inactive: months since the last invoice, from"),
    "alert_months": text("Almost inactive: months before that"),
}


def cents(amount: Decimal | str | None) -> str:
    """An amount to the cent."""
    return UNKNOWN if amount is None else money(Decimal(amount), places=2)


def month(word: str) -> str:
    """March 2026 of `2026-03`; the whole file of `all`."""
    if not word[:1].isdigit():
        return say("All together")
    return month_text(date(int(word[:4]), int(word[5:7]), 1))


def day(iso: str | date | None) -> str:
    """8 Sep 2026."""
    if not iso:
        return UNKNOWN
    return day_text(date.fromisoformat(iso) if isinstance(iso, str) else iso)


def role(word: str) -> str:
    """What a column means."""
    if not word:
        return say("kept as it is")
    return spoken(ROLES[word]) if word in ROLES else word.replace("_", " ")


def kind(word: str) -> str:
    """A kind of document."""
    return spoken(KINDS[word]) if word in KINDS else word.replace("_", " ")


def one_of(word: str) -> str:
    """The kind of one document."""
    return spoken(ONE[word]) if word in ONE else word.replace("_", " ")


def window(name: str) -> str:
    """A number of the rules."""
    return spoken(WINDOWS[name]) if name in WINDOWS else name.replace("_", " ")


def sums(rows: list[dict[str, Any]]) -> list[dict[str, str]]:
    """Kind by kind what a file holds, as text."""
    return [
        {
            "kind": kind(row["kind"]),
            "currency": row["currency"] or UNKNOWN,
            "count": number(row["count"]),
            "amount": cents(row["amount"]),
            "first": day(row["first_on"]),
            "last": day(row["last_on"]),
        }
        for row in rows
    ]


def compared(rows: list[dict[str, Any]], typed: Mapping[str, str], wrong: Mapping[str, str]) -> list[dict[str, Any]]:
    """Totals beside those of accounting, as text. typed: what was sent and could not be read, by its key."""
    return [
        row
        | {
            "month_said": month(row["month"]),
            "count_said": number(row["count"]),
            "ours": cents(row["amount"]),
            "field": typed.get(row["key"], "" if row["stated"] is None else cents(row["stated"])),
            "error": wrong.get(row["key"], ""),
            "is_open": row["difference"] is None,
            "agrees": row["difference"] == 0,
            "off": cents(row["difference"]),
        }
        for row in rows
    ]
