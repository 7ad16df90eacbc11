"""View `bridge`: why sales changed on the same period a year before, in parts that add up."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from cartera import tongue
from cartera.facts.tables import Facts, Frame
from cartera.portfolio.bridge import MOVING, bridge
from cartera.portfolio.compared import Period, definitions, period, short_history, unrated
from cartera.portfolio.prices import DEFINITIONS, EFFECTS, LINE_DIMENSIONS, prices
from cartera.tongue import number, say, spoken, text
from cartera.views import phrasing
from cartera.views.view import Column, Picture, Query, View

BY_PRODUCT = ("lost", "new", "returned", *EFFECTS, "corrected", "unattributed")
COLOURS = {"lost": "lost", "new": "new", "returned": "active", "grown": "good", "shrunk": "leaving",
           "corrected": "muted", "unattributed": "muted", "quantity": "accent", "price": "accent", "mix": "accent",
           "other": "muted"}  # fmt: skip
MINOR = ("returned", "corrected", "unattributed")
BEFORE, NOW = text("A year before", "column"), text("This period", "column")


def answer(facts: Facts, query: Query) -> Frame:
    """The rows of `portfolio.bridge`."""
    return bridge(facts, day=query.day, policy=query.policy, since=query.since, by=query.by)


def columns(query: Query) -> tuple[Column, ...]:
    """One row per part; by a dimension one row per value, its parts side by side."""
    change = Column("change", "Change", "money", total=True)
    before, now = Column("amount_before", BEFORE, "money", total=True), Column("amount", NOW, "money", total=True)
    if not query.by:
        return (
            Column("part", "Part", is_worded=True),
            Column("client_count", "Clients", "count", total=True),
            before,
            now,
            change,
        )
    names = [Column(name, phrasing.value_name(name), unknown="unknown") for name in query.by]
    parts = [Column(part, phrasing.head(part), "money", total=True, minor=part in MINOR) for part in _parts_of(query)]
    return *names, before, now, change, *parts


def order(query: Query) -> tuple[str, ...]:
    """The parts in their order; by a dimension the worst first."""
    return ("change", *query.by) if query.by else ("rank",)


def sentence(rows: list[dict[str, Any]], query: Query) -> str:
    """From what to what, and the parts that moved it."""
    before, now = phrasing.total(rows, "amount_before"), phrasing.total(rows, "amount")
    changes = _changes(rows, query)
    if not before and not now and not any(changes.values()):
        return say("No sales in this period, and none a year before.")
    parts = tongue.listed(
        say("{number} {what}", number=number(change, sign=True), what=phrasing.word(part))
        for part, change in changes.items()
        if change
    )
    told = {"before": tongue.money(before), "now": tongue.money(now), "parts": parts or say("nothing moved")}
    if before <= 0:
        return say("Sales went from {before} to {now}: {parts}.", **told)
    grew = tongue.share((now - before) / before, sign=True)
    return say("Sales went from {before} to {now} ({grew}): {parts}.", grew=grew, **told)


def notes(facts: Facts, query: Query) -> list[str]:
    """The two periods, what each part means, what no amount holds, and price, quantity and mix when lines tell."""
    chosen = period(query.day, query.since)
    is_lined = _is_lined(query)
    shown = _parts_of(query)
    meanings = [phrasing.named(phrasing.word(part), meaning) for part, meaning in definitions() if part in shown]
    effects = [phrasing.named(phrasing.word(effect), spoken(meaning)) for effect, meaning in DEFINITIONS.items()]
    meanings += effects if is_lined else []
    return [
        chosen.sentence,
        f"{say('A client bought when its net sales are above zero.')} {'; '.join(meanings)}.",
        *_lines_told(facts, query, chosen),
        *short_history(facts, chosen),
        *unrated(facts, chosen),
    ]


def steps(rows: list[dict[str, Any]], query: Query) -> list[dict[str, Any]]:
    """The bridge from last year's sales to this period's, all values of a dimension together."""
    if not rows:
        return []
    at = phrasing.total(rows, "amount_before")
    drawn = [phrasing.level(spoken(BEFORE, "column"), at)]
    for part, change in _changes(rows, query).items():
        if change:
            drawn.append(phrasing.step(phrasing.head(part), at, change, COLOURS[part]))
            at += change
    return [*drawn, phrasing.level(spoken(NOW, "column"), at)]


def _parts_of(query: Query) -> tuple[str, ...]:
    return BY_PRODUCT if _is_lined(query) else MOVING


def _is_lined(query: Query) -> bool:
    return bool(set(query.by) & set(LINE_DIMENSIONS))


def _changes(rows: list[dict[str, Any]], query: Query) -> dict[str, Decimal]:
    """Part -> its change, all rows together, in the order of the parts."""
    if query.by:
        return {part: phrasing.total(rows, part) for part in _parts_of(query)}
    found = {row["part"]: row["change"] for row in rows}
    return {part: found[part] for part in MOVING}


def _lines_told(facts: Facts, query: Query, chosen: Period) -> list[str]:
    """Price, quantity and mix in one sentence, where the bridge of clients is asked and lines are given."""
    if query.by or not facts.gives("lines"):
        return []
    found = facts.room.rows(prices(facts, chosen, by=()))[0]
    told = tongue.listed(
        say("{number} {what}", number=number(found[effect], 2, sign=True), what=phrasing.word(effect))
        for effect in EFFECTS
    )
    return [
        say(
            "Of clients who bought in both periods, by their lines: {effects} (--by product tells by which products).",
            effects=told,
        )
    ]


VIEW = View(
    "bridge",
    "Why did sales change?",
    answer,
    columns,
    order,
    picture=Picture("bridge", steps),
    sentence=sentence,
    notes=notes,
    example="cartera show bridge demo --by rep",
    takes=frozenset({"since", "by"}),
    cuts=LINE_DIMENSIONS,
)
