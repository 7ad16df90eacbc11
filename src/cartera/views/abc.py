"""View `abc`: which few clients make most of the business, by sales, profit, quantity or invoices."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from typing import Any

from cartera.facts.tables import Facts, Frame
from cartera.portfolio.abc import A, AbcLimits, B, C, abc, definitions
from cartera.portfolio.measures import AMOUNT, INVOICES, PROFIT, QUANTITY, untold
from cartera.portfolio.sales_window import window_start, window_words
from cartera.views import left_out, phrasing
from cartera.views.class_bars import defined
from cartera.views.view import Column, Picture, Query, Unit, View
from cartera.views.volume import window_label, window_of

LIMITS = AbcLimits()
TAKES = frozenset({"window", "measure"})
UNITS: dict[str, Unit] = {INVOICES: "count", QUANTITY: "number"}
LABELS = {PROFIT: "Profit", QUANTITY: "Quantity", INVOICES: "Invoices"}
SAID = {AMOUNT: "net sales", PROFIT: "profit", QUANTITY: "quantity", INVOICES: "invoices"}
MOST_MARKS = 150  # a picture has no room for more steps


def measure_of(query: Query) -> str:
    """What the query ranks by."""
    return str(query.options.get("measure", AMOUNT))


def answer(facts: Facts, query: Query) -> Frame:
    """The rows of `portfolio.abc`."""
    asked = {"measure": measure_of(query), "window": window_of(query)}
    return abc(facts, day=query.day, policy=query.policy, limits=LIMITS, whole=query.whole, **asked)


def columns(query: Query) -> tuple[Column, ...]:
    """The client, its value, what it adds up to, and its class."""
    measure = measure_of(query)
    window = window_label(query)
    label = f"{LABELS[measure]}, {window[0].lower()}{window[1:]}" if measure in LABELS else window
    return (
        Column("client_id", "Id", link="client_id", minor=True),
        Column("name", "Client", link="client_id"),
        Column("segment", "Segment", "segment", minor=True),
        Column("value", label, UNITS.get(measure, "money"), total=measure != QUANTITY),
        Column("value_share", "Share", "share", unknown=phrasing.UNKNOWN),
        Column("cumulated_share", "Cumulated", "share", unknown=phrasing.UNKNOWN),
        Column("abc", "Class"),
    )


def sentence(rows: list[dict[str, Any]], query: Query) -> str:
    """How many clients make which share."""
    if not rows:
        return "No client yet."
    said, window = SAID[measure_of(query)], window_words(window_of(query))
    found = {name: [row for row in rows if row["abc"] == name] for name in (A, B, C)}
    if query.whole:
        return among_all(rows, query)
    if not found[A]:
        return f"No client has {said} above 0 {window}, so all {phrasing.clients(len(rows))} are {C}."
    first, without = found[A], sum(row["value"] <= 0 for row in rows)
    make = "makes" if len(first) == 1 else "make"
    none = f", {without:,} of them without any" if without else ""
    second = f" {len(found[B]):,} more lead to {phrasing.share(reached(first + found[B]))} ({B});" if found[B] else ""
    rest = f"{len(found[C]):,}" if found[C] else "none"
    return (
        f"{len(first):,} of {phrasing.clients(len(rows))} {make} {phrasing.share(reached(first))} of the {said}"
        f" {window} ({A});{second}"
        f" {rest} {'are' if len(found[C]) > 1 else 'is'} {C}{none}."
    )


def among_all(rows: list[dict[str, Any]], query: Query) -> str:
    """Which classes the clients that a filter left have among all, and how much of the whole they make."""
    counts = [(name, sum(row["abc"] == name for row in rows)) for name in (A, B, C)]
    told = ", ".join(f"{count:,} {name}" for name, count in counts if count)
    share = phrasing.share(sum(row["value_share"] or 0 for row in rows))
    make = "makes" if len(rows) == 1 else "make"
    said = f"{share} of all {SAID[measure_of(query)]} {window_words(window_of(query))}"
    return f"{phrasing.clients(len(rows))} {make} {said}: {told} among all clients."


def running(above: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """The rows with what they make together, of the whole, as their cumulated share."""
    upto = accumulate(row["value_share"] for row in above)
    return [row | {"cumulated_share": share} for row, share in zip(above, upto, strict=True)]


def reached(rows: Sequence[dict[str, Any]]) -> float:
    """The cumulated share at the last of these clients."""
    return float(max(row["cumulated_share"] for row in rows))


def curve(rows: list[dict[str, Any]], query: Query) -> list[dict[str, Any]]:
    """The reliance curve: what the greatest clients make together, with the ends of A and B as points."""
    above = [row for row in rows if row["value"] > 0]
    above = running(above) if query.whole else above
    every = -(-len(above) // MOST_MARKS) or 1
    said = SAID[measure_of(query)]
    steps: list[dict[str, Any]] = [{"x": 0, "share": 0.0, "across": "clients", "label": "Nobody: nothing"}]
    for count, row in enumerate(above, start=1):
        if count % every == 0 or count in {1, len(above)}:
            told = f"The greatest {phrasing.clients(count)}: {phrasing.share(row['cumulated_share'])} of the {said}"
            steps.append({"x": count, "share": row["cumulated_share"], "across": "clients", "label": told})
    return [*steps, *ends(above)] if above else []


def ends(above: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """A point where A ends, and one where B does."""
    points = []
    for name in (A, B):
        count = sum(row["abc"] <= name for row in above)
        if any(row["abc"] == name for row in above):
            share = above[count - 1]["cumulated_share"]
            told = f"{name} ends at {phrasing.clients(count)}, {phrasing.share(share)}"
            text = {"text": f"{name}: {count:,}", "below": True, "label": told}
            points.append({"kind": "point", "x": count, "share": share} | text)
    return points


def notes(facts: Facts, query: Query) -> list[str]:
    """What the classes mean, and what the values leave out."""
    measure, window = measure_of(query), window_of(query)
    after = window_start(window, query.day)
    told = [defined(definitions(LIMITS, measure, window)), *phrasing.among_all(query)]
    missing = untold(facts, day=query.day, measure=measure, window=window)
    if missing:
        does = "does" if missing == 1 else "do"
        what = "their amount or cost" if measure == PROFIT else "a quantity"
        told.append(
            f"{phrasing.counted(missing, 'line')} of these sales {does} not tell {what}, so no value holds them."
        )
    return told + (left_out.notes(facts, after=after, day=query.day) if measure in (AMOUNT, PROFIT) else [])


VIEW = View(
    "abc",
    "Which few clients make most of the business?",
    answer,
    columns,
    lambda _: ("-value", "client_id"),
    picture=Picture("curve", curve),
    sentence=sentence,
    notes=notes,
    example="cartera show abc demo --measure profit",
    takes=TAKES,
    is_among_all=True,
)
