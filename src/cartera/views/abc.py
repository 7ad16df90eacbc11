"""View `abc`: which few clients make most of the business, by sales, profit, quantity or invoices."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from typing import Any

import narwhals as nw

from cartera import tongue
from cartera.facts.tables import Facts, Frame
from cartera.portfolio.abc import A, AbcLimits, B, C, abc, definitions
from cartera.portfolio.amounts import YEAR_DAYS
from cartera.portfolio.measures import AMOUNT, INVOICES, PROFIT, QUANTITY, untold
from cartera.portfolio.rounding import half_up
from cartera.portfolio.sales_window import ALL, window_start, window_words
from cartera.tongue import capital, say, say_in, say_many, spoken, text
from cartera.views import left_out, phrasing
from cartera.views.class_bars import defined
from cartera.views.view import Column, Picture, Query, Unit, View
from cartera.views.volume import window_label, window_of

LIMITS = AbcLimits()
TAKES = frozenset({"window", "measure"})
UNITS: dict[str, Unit] = {INVOICES: "count", QUANTITY: "number"}
SAID = {
    AMOUNT: text("net sales", "measure"), PROFIT: text("profit", "measure"), QUANTITY: text("quantity", "measure"),
    INVOICES: text("invoices", "measure"),
}  # fmt: skip
MOST_MARKS = 150  # a picture has no room for more steps


def measure_of(query: Query) -> str:
    """What the query ranks by."""
    return str(query.options.get("measure", AMOUNT))


def said_of(query: Query) -> str:
    """The same in words."""
    return spoken(SAID[measure_of(query)], "measure")


def answer(facts: Facts, query: Query) -> Frame:
    """The rows of `portfolio.abc`; shares in whole percent, none cumulated, for whoever may see some clients alone."""
    asked = {"measure": measure_of(query), "window": window_of(query)}
    rows = abc(facts, day=query.day, policy=query.policy, limits=LIMITS, whole=query.whole, **asked)
    if not query.hides_others:
        return rows
    # A value by its exact share is what all clients bring together.
    return rows.with_columns(value_share=half_up(nw.col("value_share"), 2), cumulated_share=nw.lit(None, nw.Float64))


def columns(query: Query) -> tuple[Column, ...]:
    """The client, its value, what it adds up to, and its class."""
    measure = measure_of(query)
    window, words = window_label(query), capital(said_of(query))
    label = window
    if measure != AMOUNT:
        everything = say("{measure}, all time", measure=words)
        label = (
            everything if window_of(query) == ALL else say("{measure}, last {days} days", measure=words, days=YEAR_DAYS)
        )
    return (
        Column("client_id", "Id", link="client_id", minor=True),
        Column("name", "Client", link="client_id"),
        Column("segment", "Segment", "segment", minor=True),
        Column("value", label, UNITS.get(measure, "money"), total=measure != QUANTITY),
        Column("value_share", "Share", "share", unknown=tongue.UNKNOWN),
        Column("cumulated_share", "Cumulated", "share", unknown=tongue.UNKNOWN),
        Column("abc", "Class"),
    )


def sentence(rows: list[dict[str, Any]], query: Query) -> str:
    """How many clients make which share."""
    if not rows:
        return phrasing.no_client()
    said, window = said_of(query), window_words(window_of(query))
    found = {name: [row for row in rows if row["abc"] == name] for name in (A, B, C)}
    if query.whole:
        return among_all(rows, query)
    if not found[A]:
        return say(
            "No client has {measure} above 0 {window}, so all {clients} are {name}.",
            measure=said, window=window, clients=phrasing.clients(len(rows)), name=C,
        )  # fmt: skip
    first = say_many(
        "{count} of {clients} makes {share} of the {measure} {window} ({name});",
        "{count} of {clients} make {share} of the {measure} {window} ({name});",
        count=len(found[A]), clients=phrasing.clients(len(rows)), share=tongue.share(reached(found[A])), measure=said,
        window=window, name=A,
    )  # fmt: skip
    return " ".join(part for part in (first, _second(found), _rest(found[C])) if part)


def _second(found: dict[str, list[dict[str, Any]]]) -> str:
    if not found[B]:
        return ""
    return say_many(
        "{count} more leads to {share} ({name});", "{count} more lead to {share} ({name});",
        count=len(found[B]), share=tongue.share(reached(found[A] + found[B])), name=B,
    )  # fmt: skip


def _rest(rows: list[dict[str, Any]]) -> str:
    without = sum(row["value"] <= 0 for row in rows)
    if not rows:
        return say("none is {name}.", name=C)
    if not without:
        return say_many("{count} is {name}.", "{count} are {name}.", count=len(rows), name=C)
    return say_many(
        "{count} is {name}, {without} of them without any.", "{count} are {name}, {without} of them without any.",
        count=len(rows), name=C, without=without,
    )  # fmt: skip


def among_all(rows: list[dict[str, Any]], query: Query) -> str:
    """Which classes the clients that a filter left have among all, and how much of the whole they make."""
    counts = [(name, sum(row["abc"] == name for row in rows)) for name in (A, B, C)]
    if query.hides_others:
        return say_many(
            "{count} client: {classes} among all clients.", "{count} clients: {classes} among all clients.",
            count=len(rows), classes=phrasing.tally((count, name) for name, count in counts if count),
        )  # fmt: skip
    return say_many(
        "{count} client makes {share} of all {measure} {window}: {classes} among all clients.",
        "{count} clients make {share} of all {measure} {window}: {classes} among all clients.",
        count=len(rows), share=tongue.share(sum(row["value_share"] or 0 for row in rows)), measure=said_of(query),
        window=window_words(window_of(query)), classes=phrasing.tally((count, name) for name, count in counts if count),
    )  # fmt: skip


def running(above: Sequence[dict[str, Any]], *, hides_others: bool) -> list[dict[str, Any]]:
    """The rows with what they make together, of the whole, as their cumulated share; of themselves where that hides."""
    total = sum(row["value"] for row in above)
    upto = accumulate(float(row["value"] / total) if hides_others else row["value_share"] for row in above)
    return [row | {"cumulated_share": share} for row, share in zip(above, upto, strict=True)]


def reached(rows: Sequence[dict[str, Any]]) -> float:
    """The cumulated share at the last of these clients."""
    return float(max(row["cumulated_share"] for row in rows))


def curve(rows: list[dict[str, Any]], query: Query) -> list[dict[str, Any]]:
    """The reliance curve: what the greatest clients make together, with the ends of A and B as points."""
    above = [row for row in rows if row["value"] > 0]
    above = running(above, hides_others=query.hides_others) if query.whole else above
    every = -(-len(above) // MOST_MARKS) or 1
    across = say_in("axis", "clients")
    steps: list[dict[str, Any]] = [{"x": 0, "share": 0.0, "across": across, "label": say("Nobody: nothing")}]
    for count, row in enumerate(above, start=1):
        if count % every == 0 or count in {1, len(above)}:
            told = say_many(
                "The greatest {count} client: {share} of the {measure}",
                "The greatest {count} clients: {share} of the {measure}",
                count=count, share=tongue.share(row["cumulated_share"]), measure=said_of(query),
            )  # fmt: skip
            steps.append({"x": count, "share": row["cumulated_share"], "across": across, "label": told})
    return [*steps, *ends(above)] if above else []


def ends(above: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """A point where A ends, and one where B does."""
    points = []
    for name in (A, B):
        count = sum(row["abc"] <= name for row in above)
        if any(row["abc"] == name for row in above):
            share = above[count - 1]["cumulated_share"]
            told = say(
                "{name} ends at {clients}, {share}",
                name=name, clients=phrasing.clients(count), share=tongue.share(share),
            )  # fmt: skip
            short = {"text": phrasing.named(name, tongue.number(count)), "below": True, "label": told}
            points.append({"kind": "point", "x": count, "share": share} | short)
    return points


def notes(facts: Facts, query: Query) -> list[str]:
    """What the classes mean, and what the values leave out."""
    measure, window = measure_of(query), window_of(query)
    after = window_start(window, query.day)
    told = [defined(definitions(LIMITS, measure, window)), *phrasing.among_all(query)]
    missing = untold(facts, day=query.day, measure=measure, window=window)
    if missing:
        told.append(_untold(missing, measure))
    return told + (left_out.notes(facts, after=after, day=query.day) if measure in (AMOUNT, PROFIT) else [])


def _untold(count: int, measure: str) -> str:
    if measure == PROFIT:
        return say_many(
            "{count} line of these sales does not tell their amount or cost, so no value holds them.",
            "{count} lines of these sales do not tell their amount or cost, so no value holds them.",
            count=count,
        )
    return say_many(
        "{count} line of these sales does not tell a quantity, so no value holds them.",
        "{count} lines of these sales do not tell a quantity, so no value holds them.",
        count=count,
    )


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
