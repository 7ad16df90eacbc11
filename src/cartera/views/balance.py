"""View `balance`: how the portfolio grew or shrank; it always adds up."""

from __future__ import annotations

from typing import Any

from cartera.calendar import add_months
from cartera.errors import InputError
from cartera.facts.tables import Facts, Frame
from cartera.portfolio.balance import GAINS, balance
from cartera.views import phrasing
from cartera.views.view import Column, Picture, Query, View

MONTHS_BACK = 12
DAYS_A_MONTH = 365.25 / 12
FLOW_LABELS = {
    "opened": "Opened", "returned": "Returned", "reopened": "Reopened", "lost": "Lost", "cancelled": "Cancelled",
    "unused": "Unused", "entered_filter": "Entered filter", "left_filter": "Left filter",
}  # fmt: skip
FILTERS = ("entered_filter", "left_filter")
COLOURS = {"opened": "new", "returned": "active", "reopened": "no-activity", "lost": "lost", "cancelled": "cancelled",
           "unused": "no-activity", "entered_filter": "accent", "left_filter": "muted"}  # fmt: skip


def answer(facts: Facts, query: Query) -> Frame:
    """The rows of `portfolio.balance`; of the last twelve months unless `since` says otherwise."""
    if len(query.by) > 1:
        raise InputError(f"balance goes by one dimension, not by {', '.join(query.by)}.", fix="Give --by once.")
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
    return FLOW_LABELS | {"entered_filter": f"From another {name}", "left_filter": f"To another {name}"}


def _changes_hands(query: Query) -> bool:
    return bool(query.by) and not query.where


def _flows(rows: list[dict[str, Any]], query: Query) -> dict[str, int]:
    """Flow -> clients in all rows; of all values together, who changes hands neither comes nor goes."""
    within = FILTERS if _changes_hands(query) else ()
    return {name: sum(r[name] for r in rows) for name in FLOW_LABELS if name not in within}


def sentence(rows: list[dict[str, Any]], query: Query) -> str:
    """From what to what, by what came in and went out, and the average month."""
    if not rows:
        return "Nobody is in the portfolio."
    first, last = min(r["after_on"] for r in rows), max(r["until_on"] for r in rows)
    before = sum(r["size_before"] for r in rows if r["after_on"] == first)
    after = sum(r["size_after"] for r in rows if r["until_on"] == last)
    flows = _flows(rows, query)
    if not any(flows.values()):
        return f"{phrasing.clients(after)}, as many as before: nobody came or went.{_hands(rows, query)}"
    signed = {name: ("+" if name in GAINS else "-") + f"{count:,}" for name, count in flows.items() if count}
    told = ", ".join(f"{count} {FLOW_LABELS[name].lower()}" for name, count in signed.items())
    months = max(1, round((last - first).days / DAYS_A_MONTH))
    gained = sum(count for name, count in flows.items() if name in GAINS)
    pace = f" On average {gained / months:.1f} in and {(sum(flows.values()) - gained) / months:.1f} out a month."
    return f"{phrasing.clients(before)} became {after:,}: {told}.{pace}{_hands(rows, query)}"


def _hands(rows: list[dict[str, Any]], query: Query) -> str:
    """How often a client went from one value of the dimension to another."""
    count = sum(r["entered_filter"] for r in rows)
    if not count or not _changes_hands(query):
        return ""
    return f" {count:,} {'time' if count == 1 else 'times'} a client changed its {query.by[0].replace('_', ' ')}."


def steps(rows: list[dict[str, Any]], query: Query) -> list[dict[str, Any]]:
    """The bridge from the first size to the last, all periods and values together."""
    if not rows:
        return []
    first, last = min(r["after_on"] for r in rows), max(r["until_on"] for r in rows)
    at = sum(r["size_before"] for r in rows if r["after_on"] == first)
    size_after = sum(r["size_after"] for r in rows if r["until_on"] == last)
    drawn = [_level(f"{first}", at)]
    for name, flow in _flows(rows, query).items():
        label, count = FLOW_LABELS[name], flow if name in GAINS else -flow
        if count:
            drawn.append({
                "step": label, "from": at, "to": at + count, "text": f"{count:+,}", "colour": COLOURS[name],
                "label": f"{label}: {phrasing.clients(abs(count))}",
            })  # fmt: skip
            at += count
    return [*drawn, _level(f"{last}", size_after)]


def _level(step: str, size: int) -> dict[str, Any]:
    label = f"{step}: {phrasing.clients(size)}"
    return {"step": step, "from": None, "to": size, "text": f"{size:,}", "colour": "muted", "label": label}


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
