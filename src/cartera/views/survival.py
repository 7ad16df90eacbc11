"""View `survival`: the share of clients that last longer than so many days, those who are still here included."""

from __future__ import annotations

from typing import Any

from cartera import tongue
from cartera.facts.tables import Facts, Frame
from cartera.portfolio.survival import least_mean_days, median_days, survival
from cartera.views import phrasing, values
from cartera.views.view import Column, Picture, Query, View

COLUMNS = (
    Column("days", "After (days)", "days"),
    Column("at_risk_count", "Watched so long", "count"),
    Column("ended_count", "Ended then", "count", total=True),
    Column("open_count", "Still open", "count", total=True),
    Column("survival_share", "Last longer", "share"),
)
FEW = 20  # with fewer lifetimes at risk, a single one moves the curve by more than 5 %
MOST_MARKS = 150  # a picture has no room for more steps


def answer(facts: Facts, query: Query) -> Frame:
    """The rows of `portfolio.survival`."""
    return survival(facts, day=query.day, policy=query.policy, by=query.by)


def columns(query: Query) -> tuple[Column, ...]:
    """The dimensions, and the steps of the curve."""
    return (*values.columns(query), *COLUMNS)


def sentence(rows: list[dict[str, Any]], query: Query) -> str:
    """The median lifetime or, where more than half last, that it is longer than anybody was watched; the counts."""
    if not rows:
        return "Nobody ever was in the portfolio."
    if query.by:
        return compared(rows, query)
    total, ended = rows[0]["at_risk_count"], phrasing.total(rows, "ended_count")
    if not ended:
        watched = f"watched for {rows[-1]['days']:,} days{' at most' if total > 1 else ''}"
        return f"No lifetime has ended yet: {total:,} {phrasing.are(total)} still open, {watched}."
    counts = f"{ended:,} of {_lifetimes(total)} ended, {total - ended:,} still open"
    few = f", too few to rely on: it takes {FEW}" if total < FEW else ""
    longest, half = rows[-1]["days"], median_days(rows)
    seen = f"{half:,} days or longer" if half is not None else f"more than {longest:,} days, the longest time watched"
    return f"Half of the clients last {seen} ({counts}{few}); {_mean(rows)}."


def compared(rows: list[dict[str, Any]], query: Query) -> str:
    """Where most clients last and where fewest do, after a time that all curves with enough lifetimes reach."""
    curves: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        curves.setdefault(values.value(row, query), []).append(row)
    many = {name: steps for name, steps in curves.items() if steps[0]["at_risk_count"] >= FEW}
    named = ", ".join(query.by)
    if len(many) < 2:
        return f"Too few lifetimes to compare by {named}: it takes {FEW} for each of two, and {len(many)} has so many."
    days = min(steps[-1]["days"] for steps in many.values())
    lasting = {name: at(steps, days) for name, steps in many.items()}
    best, worst = max(lasting, key=lambda n: lasting[n]), min(lasting, key=lambda n: lasting[n])
    most, fewest = (f"with {name} ({tongue.share(lasting[name])})" for name in (best, worst))
    told = f"By {named}, most clients last longer than {days:,} days {most}, fewest {fewest}"
    if lasting[best] == lasting[worst]:
        told = f"By {named}, {tongue.share(lasting[best])} of the clients last longer than {days:,} days everywhere"
    left = len(curves) - len(many)
    return f"{told}; {left:,} with fewer than {FEW} lifetimes {phrasing.are(left)} left out." if left else f"{told}."


def at(steps: list[dict[str, Any]], days: int) -> float:
    """The share of a curve that lasts longer than so many days."""
    return float([step["survival_share"] for step in steps if step["days"] <= days][-1])


def _lifetimes(count: int) -> str:
    return f"{count:,} lifetime" if count == 1 else f"{count:,} lifetimes"


def _mean(rows: list[dict[str, Any]]) -> str:
    """The average; while some go on after the longest time watched, the least that it can be."""
    least = "at least " if rows[-1]["survival_share"] else ""
    return f"a lifetime is {least}{least_mean_days(rows):,.0f} days on average"


def notes(_facts: Facts, query: Query) -> list[str]:
    """What the curve counts, and of whom."""
    dimension = [f"A client counts, for all of its lifetimes, under the value that it has on {query.day}."]
    return [
        *(dimension if query.by else []),
        "A lifetime is an unbroken time in the portfolio; who returns begins another.",
        "Clients still in the portfolio count for as long as they have been in it, never as ended (Kaplan-Meier).",
        "Who left without ever having been invoiced was not lost, and counts as still open on the day of leaving.",
    ]


def curve(rows: list[dict[str, Any]], query: Query) -> list[dict[str, Any]]:
    """A step per row, and the median as a point; every few rows only where there are more than a picture shows."""
    values.check_one(rows, query, "survival")
    every = -(-len(rows) // MOST_MARKS)
    shown = [row for n, row in enumerate(rows) if n % every == 0 or n == len(rows) - 1] if rows else []
    steps = [
        {
            "x": row["days"], "share": row["survival_share"], "across": "days in the portfolio",
            "label": f"{tongue.share(row['survival_share'])} last longer than {row['days']:,} days"
            f" ({row['at_risk_count']:,} watched so long)",
        }
        for row in shown
    ]  # fmt: skip
    half = median_days(rows)
    point = {"kind": "point", "x": half, "share": 0.5, "text": f"half: {half:,} days"} if half is not None else {}
    return [*steps, point | {"label": f"Half last {half:,} days or longer"}] if point else steps


VIEW = View(
    "survival",
    "How long does a client last?",
    answer,
    columns,
    lambda query: (*query.by, "days"),
    picture=Picture("curve", curve),
    sentence=sentence,
    notes=notes,
    example="cartera show survival demo",
    takes=frozenset({"by"}),
)
