"""View `volume`: how much each client buys beside the mean of those who buy."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from typing import Any

import narwhals as nw

from cartera import tongue
from cartera.facts.tables import Facts, Frame
from cartera.portfolio.amounts import YEAR_DAYS
from cartera.portfolio.rounding import half_up
from cartera.portfolio.sales_window import ALL, YEAR, window_start, window_words
from cartera.portfolio.volume import AVERAGE, HIGH, LOW, NONE, VERY_HIGH, VolumeLimits, definitions, volume
from cartera.tongue import say, say_in, say_many
from cartera.views import left_out, phrasing
from cartera.views.class_bars import class_bars, defined
from cartera.views.view import Column, Picture, Query, View

LIMITS = VolumeLimits()
CLASSES = (VERY_HIGH, HIGH, AVERAGE, LOW, NONE)
TAKES = frozenset({"window"})


def window_of(query: Query) -> str:
    """The window that the query asks for."""
    return str(query.options.get("window", YEAR))


def window_label(query: Query) -> str:
    """What the sum of the window is called."""
    return say_in("column", "All time") if window_of(query) == ALL else say("Last {days} days", days=YEAR_DAYS)


def answer(facts: Facts, query: Query) -> Frame:
    """The rows of `portfolio.volume`; whole multiples for whoever may see some clients alone."""
    window = window_of(query)
    rows = volume(facts, day=query.day, policy=query.policy, window=window, limits=LIMITS, whole=query.whole)
    # An amount by its exact multiple is the mean of all clients.
    return rows.with_columns(times_mean=half_up(nw.col("times_mean"))) if query.hides_others else rows


def columns(query: Query) -> tuple[Column, ...]:
    """The client, its money and its class."""
    return (
        Column("client_id", "Id", link="client_id", minor=True),
        Column("name", "Client", link="client_id"),
        Column("segment", "Segment", "segment"),
        Column("amount", window_label(query), "money", total=True),
        Column("times_mean", "Times the mean", "number", unknown=tongue.UNKNOWN),
        Column("volume", "Volume", is_worded=True),
    )


def sentence(rows: list[dict[str, Any]], query: Query) -> str:
    """How many bought, for how much on average, and in which classes."""
    if not rows:
        return phrasing.no_client()
    window = window_words(window_of(query))
    sold = [row["amount"] for row in rows if row["amount"] > 0]
    if not sold:
        return say("0 of {clients} have net sales {window}.", clients=phrasing.clients(len(rows)), window=window)
    counts = Counter(row["volume"] for row in rows)
    return say_many(
        "{count} of {clients} has net sales {window}, {mean} on average: {classes}.",
        "{count} of {clients} have net sales {window}, {mean} on average: {classes}.",
        count=len(sold), clients=phrasing.clients(len(rows)), window=window,
        mean=tongue.money(sum(sold, Decimal(0)) / len(sold)),
        classes=phrasing.tally((counts[name], name) for name in CLASSES if name != NONE),
    )  # fmt: skip


def bars(rows: list[dict[str, Any]], _: Query) -> list[dict[str, Any]]:
    """One bar per class of volume."""
    return class_bars(rows, "volume", CLASSES)


def notes(facts: Facts, query: Query) -> list[str]:
    """What the words mean, and what the amounts leave out."""
    window = window_of(query)
    apart = left_out.notes(facts, after=window_start(window, query.day), day=query.day)
    return [defined(definitions(LIMITS, window)), *phrasing.among_all(query), *apart]


VIEW = View(
    "volume",
    "Who buys much and who little, beside the average client?",
    answer,
    columns,
    lambda _: ("-amount", "client_id"),
    picture=Picture("ranked_bars", bars),
    sentence=sentence,
    notes=notes,
    example="cartera show volume demo",
    takes=TAKES,
    is_among_all=True,
)
