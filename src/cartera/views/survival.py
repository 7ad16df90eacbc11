"""View `survival`: the share of clients that last longer than so many days, those who are still here included."""

from __future__ import annotations

from typing import Any

from cartera import tongue
from cartera.facts.tables import Facts, Frame
from cartera.portfolio.survival import least_mean_days, median_days, survival
from cartera.tongue import number, say, say_in, say_many
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
        return say("Nobody ever was in the portfolio.")
    if query.by:
        return compared(rows, query)
    total, ended = rows[0]["at_risk_count"], phrasing.total(rows, "ended_count")
    if not ended:
        return say_many(
            "No lifetime has ended yet: {count} is still open, watched for {days} days.",
            "No lifetime has ended yet: {count} are still open, watched for {days} days at most.",
            count=total, days=rows[-1]["days"],
        )  # fmt: skip
    half = median_days(rows)
    if half is None:
        return say(
            "Half of the clients last more than {days} days, the longest time watched ({counts}); {mean}.",
            days=rows[-1]["days"], counts=_counts(ended, total), mean=_mean(rows),
        )  # fmt: skip
    return say(
        "Half of the clients last {days} days or longer ({counts}); {mean}.",
        days=half, counts=_counts(ended, total), mean=_mean(rows),
    )  # fmt: skip


def _counts(ended: int, total: int) -> str:
    told = {"ended": ended, "open": total - ended}
    if total < FEW:
        return say_many(
            "{ended} of {count} lifetime ended, {open} still open, too few to rely on: it takes {few}",
            "{ended} of {count} lifetimes ended, {open} still open, too few to rely on: it takes {few}",
            count=total, few=FEW, **told,
        )  # fmt: skip
    return say_many(
        "{ended} of {count} lifetime ended, {open} still open", "{ended} of {count} lifetimes ended, {open} still open",
        count=total, **told,
    )  # fmt: skip


def compared(rows: list[dict[str, Any]], query: Query) -> str:
    """Where most clients last and where fewest do, after a time that all curves with enough lifetimes reach."""
    curves: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        curves.setdefault(values.value(row, query), []).append(row)
    many = {name: steps for name, steps in curves.items() if steps[0]["at_risk_count"] >= FEW}
    named = tongue.listed(query.by)
    if len(many) < 2:
        return say(
            "Too few lifetimes to compare by {names}: it takes {few} for each of two, and {count} has so many.",
            names=named, few=FEW, count=len(many),
        )  # fmt: skip
    days = min(steps[-1]["days"] for steps in many.values())
    lasting = {name: at(steps, days) for name, steps in many.items()}
    best, worst = max(lasting, key=lambda n: lasting[n]), min(lasting, key=lambda n: lasting[n])
    told = say(
        "By {names}, most clients last longer than {days} days with {best} ({most}), fewest with {worst} ({fewest})",
        names=named, days=days, best=best, most=tongue.share(lasting[best]), worst=worst,
        fewest=tongue.share(lasting[worst]),
    )  # fmt: skip
    if lasting[best] == lasting[worst]:
        told = say(
            "By {names}, {share} of the clients last longer than {days} days everywhere",
            names=named, share=tongue.share(lasting[best]), days=days,
        )  # fmt: skip
    left = len(curves) - len(many)
    if not left:
        return f"{told}."
    return say_many(
        "{compared}; {count} with fewer than {few} lifetimes is left out.",
        "{compared}; {count} with fewer than {few} lifetimes are left out.",
        count=left, compared=told, few=FEW,
    )  # fmt: skip


def at(steps: list[dict[str, Any]], days: int) -> float:
    """The share of a curve that lasts longer than so many days."""
    return float([step["survival_share"] for step in steps if step["days"] <= days][-1])


def _mean(rows: list[dict[str, Any]]) -> str:
    """The average; while some go on after the longest time watched, the least that it can be."""
    days = number(least_mean_days(rows))
    if rows[-1]["survival_share"]:
        return say("a lifetime is at least {days} days on average", days=days)
    return say("a lifetime is {days} days on average", days=days)


def notes(_facts: Facts, query: Query) -> list[str]:
    """What the curve counts, and of whom."""
    dimension = [say("A client counts, for all of its lifetimes, under the value that it has on {day}.", day=query.day)]
    return [
        *(dimension if query.by else []),
        say("A lifetime is an unbroken time in the portfolio; who returns begins another."),
        say("Clients still in the portfolio count for as long as they have been in it, never as ended (Kaplan-Meier)."),
        say("Who left without ever having been invoiced was not lost, and counts as still open on the day of leaving."),
    ]


def curve(rows: list[dict[str, Any]], query: Query) -> list[dict[str, Any]]:
    """A step per row, and the median as a point; every few rows only where there are more than a picture shows."""
    values.check_one(rows, query, "survival")
    every = -(-len(rows) // MOST_MARKS)
    shown = [row for n, row in enumerate(rows) if n % every == 0 or n == len(rows) - 1] if rows else []
    steps = [
        {
            "x": row["days"], "share": row["survival_share"], "across": say_in("axis", "days in the portfolio"),
            "label": say(
                "{share} last longer than {days} days ({watched} watched so long)",
                share=tongue.share(row["survival_share"]), days=row["days"], watched=row["at_risk_count"],
            ),
        }
        for row in shown
    ]  # fmt: skip
    half = median_days(rows)
    if half is None:
        return steps
    label = say("Half last {days} days or longer", days=half)
    return [
        *steps,
        {"kind": "point", "x": half, "share": 0.5, "text": say("half: {days} days", days=half), "label": label},
    ]


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
