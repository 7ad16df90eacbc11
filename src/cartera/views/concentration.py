"""View `concentration`: how much hangs on the greatest clients, with last year's beside."""

from __future__ import annotations

from typing import Any

from cartera import tongue
from cartera.facts.tables import Facts, Frame
from cartera.portfolio.compared import period, short_history
from cartera.portfolio.concentration import HERFINDAHL, ConcentrationLimits, concentration, definitions
from cartera.portfolio.sales_window import YEAR, window_start, window_words
from cartera.tongue import number, say, say_many
from cartera.views import left_out
from cartera.views.class_bars import defined
from cartera.views.view import Column, Picture, Query, View
from cartera.views.volume import window_label, window_of

LIMITS = ConcentrationLimits()
TAKES = frozenset({"window"})


def answer(facts: Facts, query: Query) -> Frame:
    """The rows of `portfolio.concentration`."""
    return concentration(facts, day=query.day, policy=query.policy, window=window_of(query), limits=LIMITS)


def columns(query: Query) -> tuple[Column, ...]:
    """The figure, what it is now and was, and of whom."""
    return (
        Column("figure", "Id", minor=True),
        Column("label", "Figure"),
        Column("client_count", "Clients", "count"),
        Column("amount", window_label(query), "money"),
        Column("value", "Share", "share", unknown=tongue.UNKNOWN),
        Column("last_year", "A year before", "share", unknown=tongue.UNKNOWN),
        Column("change", "Change", "share", unknown=tongue.UNKNOWN, is_change=True),
        Column("names", "Who", minor=True),
    )


def sentence(rows: list[dict[str, Any]], query: Query) -> str:
    """What the greatest client and the greatest ones make, now and a year before."""
    window = window_words(window_of(query))
    index, (first, *others) = rows[-1], rows[:-1]
    if first["value"] is None:
        return say("No client has net sales above 0 {window}.", window=window)
    if index["client_count"] == 1:
        return say(
            "Everything depends on {name}, the only client with net sales {window}.",
            name=first["names"], window=window,
        )  # fmt: skip
    groups = {row["client_count"]: row for row in reversed(others)}  # few clients fill several groups: the smallest
    told = [_top(count, row) for count, row in sorted(groups.items())]
    return say(
        "{groups}: {concentrated}.",
        groups=tongue.listed([_greatest(first, window), *told]), concentrated=_equal(index),
    )  # fmt: skip


def _top(count: int, row: dict[str, Any]) -> str:
    share, before = tongue.share(row["value"]), row["last_year"]
    if before is None:
        return say("the top {count} {share}", count=count, share=share)
    return say(
        "the top {count} {share} ({before} a year before)", count=count, share=share, before=tongue.share(before)
    )


def _greatest(row: dict[str, Any], window: str) -> str:
    told = {"name": row["names"], "share": tongue.share(row["value"]), "window": window}
    if row["last_year"] is None:
        return say("{name} alone makes {share} of net sales {window}", **told)
    return say(
        "{name} alone makes {share} of net sales {window} (the greatest made {before} a year before)",
        before=tongue.share(row["last_year"]), **told,
    )  # fmt: skip


def _equal(index: dict[str, Any]) -> str:
    size, equal = index["client_count"], number(1 / index["value"], 1)
    if size >= LIMITS.tops[-1]:
        return say("as concentrated as {equal} equal clients", equal=equal)
    return say_many(
        "as concentrated as {equal} equal clients, with only {count} client that have any",
        "as concentrated as {equal} equal clients, with only {count} clients that have any",
        count=size, equal=equal,
    )  # fmt: skip


def _of_sales(label: str, share: float, before: float | None) -> str:
    told = {"name": label, "share": tongue.share(share)}
    if before is None:
        return say("{name}: {share} of net sales", **told)
    return say("{name}: {share} of net sales ({before} a year before)", before=tongue.share(before), **told)


def bars(rows: list[dict[str, Any]], _: Query) -> list[dict[str, Any]]:
    """One bar per group of the greatest clients, and one for all with net sales, against which the others are seen."""
    if rows[0]["value"] is None:
        return []
    shares = [(row["label"], row["value"], row["last_year"]) for row in rows if row["figure"] != HERFINDAHL]
    return [
        {
            "name": label, "clients": share, "clients_text": tongue.share(share),
            "label": _of_sales(label, share, before),
        }
        for label, share, before in [*shares, (say("All"), 1.0, None)]
    ]  # fmt: skip


def notes(facts: Facts, query: Query) -> list[str]:
    """What the figures mean, whether there is a year to compare with, and what the amounts leave out."""
    window = window_of(query)
    base = say("Shares are of the sales of all clients with net sales above 0.")
    apart = left_out.notes(facts, after=window_start(window, query.day), day=query.day)
    before = short_history(facts, period(query.day)) if window == YEAR else []
    return [defined(definitions(LIMITS, window)), base, *before, *apart]


VIEW = View(
    "concentration",
    "Are we too dependent on a few clients?",
    answer,
    columns,
    lambda _: ("rank",),
    picture=Picture("ranked_bars", bars),
    sentence=sentence,
    notes=notes,
    example="cartera show concentration demo",
    takes=TAKES,
)
