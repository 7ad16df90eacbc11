"""View `concentration`: how much hangs on the greatest clients, with last year's beside."""

from __future__ import annotations

from typing import Any

from cartera.facts.tables import Facts, Frame
from cartera.portfolio.compared import period, short_history
from cartera.portfolio.concentration import HERFINDAHL, ConcentrationLimits, concentration, definitions
from cartera.portfolio.sales_window import YEAR, window_start, window_words
from cartera.views import left_out, phrasing
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
        Column("value", "Share", "share", unknown=phrasing.UNKNOWN),
        Column("last_year", "A year before", "share", unknown=phrasing.UNKNOWN),
        Column("change", "Change", "share", unknown=phrasing.UNKNOWN, is_change=True),
        Column("names", "Who", minor=True),
    )


def sentence(rows: list[dict[str, Any]], query: Query) -> str:
    """What the greatest client and the greatest ones make, now and a year before."""
    window = window_words(window_of(query))
    index, (first, *others) = rows[-1], rows[:-1]
    if first["value"] is None:
        return f"No client has net sales above 0 {window}."
    if index["client_count"] == 1:
        return f"Everything depends on {first['names']}, the only client with net sales {window}."
    groups = {row["client_count"]: row for row in reversed(others)}  # few clients fill several groups: the smallest
    told = [f"the top {count} {phrasing.share(row['value'])}{_ago(row)}" for count, row in sorted(groups.items())]
    equal = f"as concentrated as {1 / index['value']:,.1f} equal clients"
    size = index["client_count"]
    few = f", with only {phrasing.clients(size)} that have any" if size < LIMITS.tops[-1] else ""
    greatest = f"{first['names']} alone makes {phrasing.share(first['value'])} of net sales {window}"
    return f"{greatest}{_ago(first, 'the greatest')}, {', '.join(told)}: {equal}{few}."


def _ago(row: dict[str, Any], who: str = "") -> str:
    before = row["last_year"]
    made = f"{who} made " if who else ""
    return "" if before is None else f" ({made}{phrasing.share(before)} a year before)"


def bars(rows: list[dict[str, Any]], _: Query) -> list[dict[str, Any]]:
    """One bar per group of the greatest clients, and one for all with net sales, against which the others are seen."""
    if rows[0]["value"] is None:
        return []
    shares = [(row["label"], row["value"], _ago(row)) for row in rows if row["figure"] != HERFINDAHL]
    return [
        {
            "name": label, "clients": share, "clients_text": phrasing.share(share),
            "label": f"{label}: {phrasing.share(share)} of net sales{ago}",
        }
        for label, share, ago in [*shares, ("All", 1.0, "")]
    ]  # fmt: skip


def notes(facts: Facts, query: Query) -> list[str]:
    """What the figures mean, whether there is a year to compare with, and what the amounts leave out."""
    window = window_of(query)
    base = "Shares are of the sales of all clients with net sales above 0."
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
