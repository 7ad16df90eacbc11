"""View `composition`: clients and money per segment, on a day or at the end of every period."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from cartera import tongue
from cartera.calendar import add_months
from cartera.errors import InputError
from cartera.facts.tables import Facts, Frame
from cartera.portfolio.amounts import YEAR_DAYS
from cartera.portfolio.composition import composition, composition_over_time
from cartera.portfolio.segments import at_risk_ids, inside_ids, ranked
from cartera.tongue import number, say, say_many
from cartera.views import left_out, phrasing, values
from cartera.views.view import Column, Picture, Query, View

MONTHS_BACK = 12
MOST_BARS = 100  # more are no picture, they are a table


def answer(facts: Facts, query: Query) -> Frame:
    """The rows of `portfolio.composition`, with the segments' order."""
    return ranked(composition(facts, day=query.day, policy=query.policy, by=query.by), facts, query.policy)


def answer_over_time(facts: Facts, query: Query) -> Frame:
    """The rows of `portfolio.composition_over_time`; of the last twelve months unless `since` says otherwise."""
    since = query.since or add_months(query.day, -MONTHS_BACK)
    every = query.every or "month"
    rows = composition_over_time(
        facts, since=since, day=query.day, every=every, policy=query.policy, by=query.by, where=query.where
    )
    return ranked(rows, facts, query.policy)


def columns(query: Query) -> tuple[Column, ...]:
    """The dimensions asked for, then the segment and its figures."""
    return (
        *values.columns(query),
        Column("segment", "Segment", "segment"),
        Column("client_count", "Clients", "count", total=True),
        Column("client_share", "Share of portfolio", "share"),
        Column("amount", say("Last {days} days", days=YEAR_DAYS), "money", total=True),
    )


def columns_over_time(query: Query) -> tuple[Column, ...]:
    """The end of the period first; counts of several days do not add up, so there is no total."""
    figures = (replace(column, total=False) for column in columns(query))
    return (Column("on", "On", "date"), Column("is_unfinished", "Unfinished", "flag"), *figures)


def sentence(rows: list[dict[str, Any]], query: Query) -> str:
    """Size of the portfolio, share of the active, how many are cooling."""
    size = sum(row["client_count"] for row in rows if row["segment"] in inside_ids(query.policy))
    active = sum(row["client_count"] for row in rows if row["segment"] == "active")
    cooling = sum(row["client_count"] for row in rows if row["segment"] in at_risk_ids(query.policy))
    if not size:
        return phrasing.nobody_inside()
    return say_many(
        "{clients} in the portfolio: {share} active, {count} is cooling.",
        "{clients} in the portfolio: {share} active, {count} are cooling.",
        count=cooling, clients=phrasing.clients(size), share=tongue.share(active / size),
    )  # fmt: skip


def sentence_over_time(rows: list[dict[str, Any]], query: Query) -> str:
    """The portfolio's size at the first and at the last day."""
    sizes: dict[Any, int] = {}
    for row in rows:
        sizes[row["on"]] = sizes.get(row["on"], 0) + row["client_count"] * (row["segment"] in inside_ids(query.policy))
    if not sizes:
        return phrasing.nobody_inside()
    first, last = min(sizes), max(sizes)
    return say_many(
        "{count} client in the portfolio on {first}, {then} on {last}.",
        "{count} clients in the portfolio on {first}, {then} on {last}.",
        count=sizes[first], first=first, then=sizes[last], last=last,
    )  # fmt: skip


def bars(rows: list[dict[str, Any]], query: Query) -> list[dict[str, Any]]:
    """One bar per segment; of a split one per value and segment with anybody in it. InputError: more than a picture
    shows.
    """
    shown = [row for row in rows if row["client_count"]] if query.by else rows
    if len(shown) > MOST_BARS:
        raise InputError(
            say(
                "a picture shows {most} bars, and by {names} it takes {count}.",
                most=MOST_BARS,
                names=", ".join(query.by),
                count=len(shown),
            ),
            fix=say("Keep some values with --where {name}=..., or see the table.", name=query.by[0]),
        )
    return [bar(row, query) for row in shown]


def bar(row: dict[str, Any], query: Query) -> dict[str, Any]:
    """The bar of a row, named by its value and its segment."""
    count = row["client_count"]
    name = ", ".join(part for part in (values.value(row, query), phrasing.label(row["segment"])) if part)
    return {
        "segment": row["segment"], "name": name, "clients": count, "clients_text": number(count),
        "label": phrasing.named(name, phrasing.clients(count)),
    }  # fmt: skip


def months(rows: list[dict[str, Any]], query: Query) -> list[dict[str, Any]]:
    """One stack per period, the segments of the portfolio only."""
    order = inside_ids(query.policy)
    counts: dict[tuple[Any, str], int] = {}
    open_ends = {row["on"] for row in rows if row["is_unfinished"]}
    for row in rows:
        if row["segment"] in order:
            key = (row["on"], row["segment"])
            counts[key] = counts.get(key, 0) + row["client_count"]
    return [
        {
            "month": on.isoformat(), "segment": segment, "clients": n, "rank": order.index(segment),
            "unfinished": on in open_ends, "label": _on(on, n, segment),
        }
        for (on, segment), n in counts.items()
    ]  # fmt: skip


def _on(day: date, count: int, segment: str) -> str:
    return say_many(
        "{day}: {count} client {segment}", "{day}: {count} clients {segment}",
        count=count, day=day, segment=phrasing.label(segment).lower(),
    )  # fmt: skip


def notes(facts: Facts, query: Query) -> list[str]:
    """What the amounts leave out, and the clients of whom nothing says since when they are one."""
    return [*left_out.year_notes(facts, day=query.day), *left_out.nobody_yet(facts)]


OVER_TIME = View(
    "composition",
    "How did the portfolio change, in clients and in money?",
    answer_over_time,
    columns_over_time,
    lambda query: ("on", *query.by, "rank"),
    picture=Picture("stacked_months", months),
    sentence=sentence_over_time,
    spread=("segment", "client_count"),
    takes=frozenset({"since", "by", "every"}),
    filters_itself=True,
)
VIEW = View(
    "composition",
    "How healthy is the portfolio, in clients and in money?",
    answer,
    columns,
    lambda query: (*query.by, "rank"),
    picture=Picture("ranked_bars", bars),
    sentence=sentence,
    notes=notes,
    example="cartera show composition demo --by rep",
    over_time=OVER_TIME,
    spread=("segment", "client_count"),
    takes=frozenset({"by", "every"}),
)
