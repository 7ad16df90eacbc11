"""View `client`: everything about one client, section by section, and its life as a strip."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from cartera.facts.tables import Facts, Frame
from cartera.portfolio import client as parts
from cartera.portfolio.client import client
from cartera.portfolio.dealings import INVOICES, PLANS
from cartera.portfolio.gaps import TENTHS
from cartera.portfolio.planned import BROKEN, PLANNED
from cartera.portfolio.rhythm import RhythmLimits
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
LIMIT = f"{RhythmLimits().limit_tenth}-in-{TENTHS} limit"
AHEAD = timedelta(days=400)  # how far a strip runs on when its last interval is open


def answer(facts: Facts, query: Query) -> Frame:
    """The rows of `portfolio.client`."""
    return client(facts, day=query.day, policy=query.policy)


def sentence(rows: list[dict[str, Any]], query: Query) -> str:
    """The client's name, its segment and why, and when its own rhythm expects it again."""
    found = {row["section"]: row for row in reversed(rows)}
    return f"{found[parts.CLIENT]['what']}: {found[parts.SEGMENT]['text']} {_again(found[parts.RHYTHM], query.day)}"


def _again(rhythm: dict[str, Any], day: date) -> str:
    """When the client would buy by its own rhythm; where its history is too short, how short it is."""
    if rhythm["on"] is None:
        return f"Not enough history for a rhythm of its own: {rhythm['text']}."
    buys = "buys" if rhythm["on"] > day else "was to buy"
    late = "is late from {0} on" if rhythm["until_on"] > day else "has been late since {0}"
    return f"By its own rhythm it {buys} on {rhythm['on']} and {late.format(rhythm['until_on'])}."


def strip(rows: list[dict[str, Any]], query: Query) -> list[dict[str, Any]]:
    """Its segments as a ribbon, its invoices and plans as pins as large as their amounts, its rhythm, and the day."""
    ribbon = [_interval(row, query) for row in rows if row["section"] == parts.TIMELINE]
    pins = [_pin(row, planned=False) for row in rows if row["section"] == INVOICES and row["what"] == "invoice"]
    hollow = [
        _pin(row, planned=True) for row in rows if row["section"] == PLANS and row["what"] in (PLANNED, BROKEN)
    ]  # fmt: skip
    usual = [mark for row in rows if row["section"] == parts.RHYTHM and row["on"] for mark in _rhythm(row, query.day)]
    return [*ribbon, *pins, *hollow, *usual, {"kind": "day", "from_on": query.day.isoformat()}]


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


def _rhythm(row: dict[str, Any], day: date) -> list[dict[str, Any]]:
    """The day on which the client would buy as usual, and the band from there to where 9 of 10 of its gaps end."""
    on, late = row["on"], row["until_on"]
    says = f"{'next' if on > day else 'expected'} {_short(on)}, late {'from' if late > day else 'since'} {_short(late)}"
    span = {"from_on": on.isoformat(), "until_on": late.isoformat()}
    return [
        span | {"kind": "usual", "label": f"Late by its own rhythm from {late} on: its {LIMIT}"},
        span | {"kind": "next", "text": says, "label": f"Expected by its own rhythm on {on}: {row['text']}"},
    ]


def _short(day: date) -> str:
    return f"{day.day} {day:%b %y}"


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
