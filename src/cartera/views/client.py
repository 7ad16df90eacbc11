"""View `client`: everything about one client, section by section, and its life as a strip."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from cartera import tongue
from cartera.facts.tables import Facts, Frame
from cartera.portfolio import client as parts
from cartera.portfolio.client import client
from cartera.portfolio.dealings import INVOICES, PLANS
from cartera.portfolio.gaps import TENTHS
from cartera.portfolio.planned import BROKEN, PLANNED
from cartera.portfolio.rhythm import RhythmLimits
from cartera.tongue import say, spoken
from cartera.views import phrasing
from cartera.views.view import Column, Picture, Query, View

COLUMNS = (
    Column("section", "Section", is_worded=True),
    Column("what", "What", is_worded=True),
    Column("on", "On", "date"),
    Column("until_on", "Until", "date", minor=True),
    Column("amount", "Amount", "money"),
    Column("currency", "Currency", minor=True),
    Column("text", "More"),
)
LIMIT = {"tenths": RhythmLimits().limit_tenth, "of": TENTHS}
AHEAD = timedelta(days=400)  # how far a strip runs on when its last interval is open


def answer(facts: Facts, query: Query) -> Frame:
    """The rows of `portfolio.client`."""
    return client(facts, day=query.day, policy=query.policy)


def sentence(rows: list[dict[str, Any]], query: Query) -> str:
    """The client's name, its segment and why, and when its own rhythm expects it again."""
    found = {row["section"]: row for row in reversed(rows)}
    name, why = found[parts.CLIENT]["what"], found[parts.SEGMENT]["text"]
    return f"{phrasing.named(name, why)} {_again(found[parts.RHYTHM], query.day)}"


def _again(rhythm: dict[str, Any], day: date) -> str:
    """When the client would buy by its own rhythm; where its history is too short, how short it is."""
    if rhythm["on"] is None:
        return say("Not enough history for a rhythm of its own: {why}.", why=rhythm["text"])
    days = {"day": rhythm["on"], "late": rhythm["until_on"]}
    if rhythm["on"] > day:
        return say("By its own rhythm it buys on {day} and is late from {late} on.", **days)
    if rhythm["until_on"] > day:
        return say("By its own rhythm it was to buy on {day} and is late from {late} on.", **days)
    return say("By its own rhythm it was to buy on {day} and has been late since {late}.", **days)


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
    return [say("There are no lines, so no products: add a table lines(invoice_id, product, quantity, amount).")]


def _interval(row: dict[str, Any], query: Query) -> dict[str, Any]:
    until = row["until_on"] or max(query.day, row["on"]) + AHEAD
    label = interval(spoken(row["what"], "segment"), row["on"], row["until_on"])
    return {
        "kind": "segment", "segment": row["what"], "from_on": row["on"].isoformat(), "until_on": until.isoformat(),
        "expected": row["on"] > query.day, "label": label,
    }  # fmt: skip


def interval(name: str, from_on: date, until_on: date | None) -> str:
    """What stood from which day until which, or until nobody knows when."""
    if until_on is None:
        return say("{name} from {day} until on", name=name, day=from_on)
    return say("{name} from {day} until {until}", name=name, day=from_on, until=until_on)


def _rhythm(row: dict[str, Any], day: date) -> list[dict[str, Any]]:
    """The day on which the client would buy as usual, and the band from there to where 9 of 10 of its gaps end."""
    on, late = row["on"], row["until_on"]
    days = {"day": _short(on), "late": _short(late)}
    if on > day:
        says = say("next {day}, late from {late}", **days)
    elif late > day:
        says = say("expected {day}, late from {late}", **days)
    else:
        says = say("expected {day}, late since {late}", **days)
    ahead = say("Expected by its own rhythm on {day}: {why}", day=on, why=row["text"])
    beyond = say("Late by its own rhythm from {day} on: its {tenths}-in-{of} limit", day=late, **LIMIT)
    span = {"from_on": on.isoformat(), "until_on": late.isoformat()}
    return [
        span | {"kind": "usual", "label": beyond},
        span | {"kind": "next", "text": says, "label": ahead},
    ]


def _short(day: date) -> str:
    return f"{tongue.day_of_year(day)} {day:%y}"


def _pin(row: dict[str, Any], *, planned: bool) -> dict[str, Any]:
    told = tongue.money(row["amount"], row["currency"], places=2)
    label = say("{what} of {day}: {amount}", what=phrasing.head(row["what"]), day=row["on"], amount=told)
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
