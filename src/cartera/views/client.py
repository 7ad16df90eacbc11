"""View `client`: everything about one client, section by section, and its life as a strip."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from cartera.facts.tables import Facts, Frame
from cartera.portfolio import client as parts
from cartera.portfolio.client import client
from cartera.portfolio.dealings import COMING, INVOICES, LATE, PLANS
from cartera.views import phrasing
from cartera.views.view import Column, Picture, Query, View

COLUMNS = (
    Column("section", "Section"),
    Column("what", "What"),
    Column("on", "On", "date"),
    Column("until_on", "Until", "date", minor=True),
    Column("amount", "Amount", "money"),
    Column("currency", "Currency", minor=True),
    Column("text", "More"),
)
AHEAD = timedelta(days=400)  # how far a strip runs on when its last interval is open


def answer(facts: Facts, query: Query) -> Frame:
    """The rows of `portfolio.client`."""
    return client(facts, day=query.day, policy=query.policy)


def sentence(rows: list[dict[str, Any]], _: Query) -> str:
    """The client's name, its segment and why."""
    found = {row["section"]: row for row in reversed(rows)}
    return f"{found[parts.CLIENT]['what']}: {found[parts.SEGMENT]['text']}"


def strip(rows: list[dict[str, Any]], query: Query) -> list[dict[str, Any]]:
    """Its segments as a ribbon, its invoices and plans as pins as large as their amounts, and the day."""
    ribbon = [_interval(row, query) for row in rows if row["section"] == parts.TIMELINE]
    pins = [_pin(row, planned=False) for row in rows if row["section"] == INVOICES and row["what"] == "invoice"]
    hollow = [
        _pin(row, planned=True) for row in rows if row["section"] == PLANS and row["what"] in (COMING, LATE)
    ]  # fmt: skip
    return [*ribbon, *pins, *hollow, {"kind": "day", "from_on": query.day.isoformat()}]


def notes(facts: Facts, _: Query) -> list[str]:
    """What is missing for the products."""
    if facts.gives("lines"):
        return []
    return ["There are no lines, so no products: add a table lines(invoice_id, product, quantity, amount)."]


def _interval(row: dict[str, Any], query: Query) -> dict[str, Any]:
    until = row["until_on"] or max(query.day, row["on"]) + AHEAD
    return {
        "kind": "segment", "segment": row["what"], "from_on": row["on"].isoformat(), "until_on": until.isoformat(),
        "expected": row["on"] > query.day, "label": f"{row['what']} from {row['on']} until {row['until_on'] or 'on'}",
    }  # fmt: skip


def _pin(row: dict[str, Any], *, planned: bool) -> dict[str, Any]:
    told = f"{phrasing.UNKNOWN if row['amount'] is None else format(row['amount'], ',.2f')} {row['currency'] or ''}"
    label = f"{row['what'].capitalize()} of {row['on']}: {told.strip()}"
    return {
        "kind": "invoice", "from_on": row["on"].isoformat(), "amount": row["amount"], "planned": planned,
        "label": label,
    }  # fmt: skip


VIEW = View(
    "client",
    "Who is this client, and what do we know of it?",
    answer,
    lambda _: COLUMNS,
    lambda _: ("place",),
    picture=Picture("strip", strip),
    sentence=sentence,
    notes=notes,
    example="cartera show client demo --where client_id=C007",
    is_of_one=True,
)
