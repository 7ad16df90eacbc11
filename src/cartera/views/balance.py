"""View `balance`: how the portfolio grew or shrank; it always adds up."""

from __future__ import annotations

from typing import Any

from cartera import tongue
from cartera.calendar import add_months
from cartera.errors import InputError
from cartera.facts.tables import Facts, Frame
from cartera.portfolio.balance import GAINS, balance
from cartera.tongue import day_text, number, say, say_many, spoken, text
from cartera.views import phrasing
from cartera.views.view import Column, Picture, Query, View

MONTHS_BACK = 12
DAYS_A_MONTH = 365.25 / 12
FLOW_LABELS = {
    "opened": text("Opened", "column"), "returned": text("Returned", "column"), "reopened": text("Reopened", "column"),
    "lost": text("Lost", "column"), "cancelled": text("Cancelled", "column"), "unused": text("Unused", "column"),
    "entered_filter": text("Entered filter", "column"), "left_filter": text("Left filter", "column"),
}  # fmt: skip
FILTERS = ("entered_filter", "left_filter")
COLOURS = {"opened": "new", "returned": "active", "reopened": "no-activity", "lost": "lost", "cancelled": "cancelled",
           "unused": "no-activity", "entered_filter": "accent", "left_filter": "muted"}  # fmt: skip


def answer(facts: Facts, query: Query) -> Frame:
    """The rows of `portfolio.balance`; of the last twelve months unless `since` says otherwise."""
    if len(query.by) > 1:
        raise InputError(
            say("balance goes by one dimension, not by {names}.", names=", ".join(query.by)), fix=say("Give --by once.")
        )
    since = query.since or add_months(query.day, -MONTHS_BACK)
    by = query.by[0] if query.by else None
    return balance(
        facts, since=since, day=query.day, policy=query.policy, by=by, where=query.where, every=query.every
    )  # fmt: skip


def columns(query: Query) -> tuple[Column, ...]:
    """The dimension, the period, size, flows, size."""
    return (
        *(Column(name, name.replace("_", " ").capitalize(), unknown="unknown") for name in query.by),
        Column("after_on", "After", "date"),
        Column("until_on", "Until", "date"),
        Column("size_before", "Size before", "count", total=query.every is None),
        *(Column(name, label, "count", total=True) for name, label in labels(query).items()),
        Column("size_after", "Size after", "count", total=query.every is None),
    )


def labels(query: Query) -> dict[str, str]:
    """What the flows are called; between the values of one dimension clients change hands, and no filter is there."""
    if not _changes_hands(query):
        return FLOW_LABELS
    name = query.by[0].replace("_", " ")
    from_another, to_another = say("From another {name}", name=name), say("To another {name}", name=name)
    return FLOW_LABELS | {"entered_filter": from_another, "left_filter": to_another}


def _changes_hands(query: Query) -> bool:
    return bool(query.by) and not query.where


def _flows(rows: list[dict[str, Any]], query: Query) -> dict[str, int]:
    """Flow -> clients in all rows; of all values together, who changes hands neither comes nor goes."""
    within = FILTERS if _changes_hands(query) else ()
    return {name: sum(r[name] for r in rows) for name in FLOW_LABELS if name not in within}


def sentence(rows: list[dict[str, Any]], query: Query) -> str:
    """From what to what, by what came in and went out, and the average month."""
    if not rows:
        return phrasing.nobody_inside()
    first, last = min(r["after_on"] for r in rows), max(r["until_on"] for r in rows)
    before = sum(r["size_before"] for r in rows if r["after_on"] == first)
    after = sum(r["size_after"] for r in rows if r["until_on"] == last)
    flows = _flows(rows, query)
    if not any(flows.values()):
        same = say_many(
            "{count} client, as many as before: nobody came or went.",
            "{count} clients, as many as before: nobody came or went.",
            count=after,
        )
        return same + _hands(rows, query)
    told = say_many(
        "{count} client became {after}: {flows}.", "{count} clients became {after}: {flows}.",
        count=before, after=after, flows=tongue.listed(_signed(name, count) for name, count in flows.items() if count),
    )  # fmt: skip
    months = max(1, round((last - first).days / DAYS_A_MONTH))
    gained = sum(count for name, count in flows.items() if name in GAINS)
    pace = say(
        "On average {gained} in and {lost} out a month.",
        gained=number(gained / months, 1), lost=number((sum(flows.values()) - gained) / months, 1),
    )  # fmt: skip
    return f"{told} {pace}{_hands(rows, query)}"


def _signed(name: str, count: int) -> str:
    """+12 opened, -3 lost."""
    signed = number(count if name in GAINS else -count, sign=True)
    return say("{number} {flow}", number=signed, flow=spoken(FLOW_LABELS[name], "column").lower())


def _hands(rows: list[dict[str, Any]], query: Query) -> str:
    """How often a client went from one value of the dimension to another."""
    count = sum(r["entered_filter"] for r in rows)
    if not count or not _changes_hands(query):
        return ""
    return " " + say_many(
        "{count} time a client changed its {name}.", "{count} times a client changed its {name}.",
        count=count, name=query.by[0].replace("_", " "),
    )  # fmt: skip


def steps(rows: list[dict[str, Any]], query: Query) -> list[dict[str, Any]]:
    """The bridge from the first size to the last, all periods and values together."""
    if not rows:
        return []
    first, last = min(r["after_on"] for r in rows), max(r["until_on"] for r in rows)
    at = sum(r["size_before"] for r in rows if r["after_on"] == first)
    size_after = sum(r["size_after"] for r in rows if r["until_on"] == last)
    drawn = [_level(day_text(first), at)]
    for name, flow in _flows(rows, query).items():
        label, count = spoken(FLOW_LABELS[name], "column"), flow if name in GAINS else -flow
        if count:
            drawn.append({
                "step": label, "from": at, "to": at + count, "text": number(count, sign=True),
                "colour": COLOURS[name], "label": phrasing.named(label, phrasing.clients(abs(count))),
            })  # fmt: skip
            at += count
    return [*drawn, _level(day_text(last), size_after)]


def _level(step: str, size: int) -> dict[str, Any]:
    label = phrasing.named(step, phrasing.clients(size))
    return {"step": step, "from": None, "to": size, "text": number(size), "colour": "muted", "label": label}


VIEW = View(
    "balance",
    "How did the portfolio grow or shrink, and does it add up?",
    answer,
    columns,
    lambda query: ("after_on", *query.by),
    picture=Picture("bridge", steps),
    sentence=sentence,
    example="cartera show balance demo --since 2026-01-01 --every month",
    filters_itself=True,
    takes=frozenset({"since", "by", "every"}),
)
