"""View `ahead`: how large the portfolio is in the months to come, and worth how much, if nobody acts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from cartera import tongue
from cartera.errors import UnknownNameError
from cartera.facts.tables import Facts, Frame
from cartera.portfolio.ahead import MONTHS, ahead
from cartera.portfolio.segments import inside_ids, ranked
from cartera.tongue import say, say_many
from cartera.views import phrasing
from cartera.views.view import Column, Picture, Query, View

COLUMNS = (
    Column("on", "On", "date"),
    Column("segment", "Segment", "segment"),
    Column("client_count", "Clients", "count"),
    Column("at_stake", "Their last year", "money"),
)
PLANNED = ("counted", "ignored")


def answer(facts: Facts, query: Query) -> Frame:
    """The rows of `portfolio.ahead`. options: `suppose` and `planned`; UnknownNameError for another word of these."""
    planned = query.options.get("planned", PLANNED[0])
    if planned not in PLANNED:
        raise UnknownNameError("planned", planned, PLANNED, where="--planned")
    rows = ahead(facts, day=query.day, policy=query.policy, suppose=supposed(query), counts_plans=planned == PLANNED[0])
    return ranked(rows, facts, query.policy)


def supposed(query: Query) -> Sequence[str]:
    """The clients that are supposed to buy: their ids, with commas between."""
    told = query.options.get("suppose", ())
    return [one for one in told.split(",") if one] if isinstance(told, str) else list(told)


def sentence(rows: list[dict[str, Any]], query: Query) -> str:
    """How many are in the portfolio now and at the end, and what those who go were worth."""
    sizes, worth = sums(rows)
    now, last = min(sizes), max(sizes)
    if not sizes[now]:
        return say("Nobody is in the portfolio.")
    many = len(supposed(query))
    told = say_many(
        "If nobody acts, {clients} on {now} become {left} on {last}; who leaves was worth {money} in its last year.",
        "If nobody acts, {clients} on {now} become {left} on {last}; those who leave were worth {money} in their last"
        " year.",
        count=sizes[now] - sizes[last], clients=phrasing.clients(sizes[now]), now=now, left=tongue.number(sizes[last]),
        last=last, money=tongue.money(worth[now] - worth[last]),
    )  # fmt: skip
    if not many:
        return told
    bought = say_many("One client is supposed to buy.", "{count} clients are supposed to buy.", count=many)
    return f"{told} {bought}"


def sums(rows: list[dict[str, Any]]) -> tuple[dict[date, int], dict[date, Decimal]]:
    """Day -> clients, and day -> money, all segments together."""
    sizes: dict[date, int] = {}
    worth: dict[date, Decimal] = {}
    for row in rows:
        sizes[row["on"]] = sizes.get(row["on"], 0) + row["client_count"]
        worth[row["on"]] = worth.get(row["on"], Decimal(0)) + row["at_stake"]
    return sizes, worth


def months(rows: list[dict[str, Any]], query: Query) -> list[dict[str, Any]]:
    """A stack per day, the segments of the portfolio."""
    order = inside_ids(query.policy)
    return [
        {
            "month": row["on"].isoformat(), "segment": row["segment"], "clients": row["client_count"],
            "rank": order.index(row["segment"]),
            "label": say(
                "{day}: {clients} {segment}", day=row["on"], clients=phrasing.clients(row["client_count"]),
                segment=phrasing.label(row["segment"]).lower(),
            ),
        }
        for row in rows
    ]  # fmt: skip


def notes(_: Facts, query: Query) -> list[str]:
    """What the numbers are and are not."""
    told = say(
        "Not a forecast: what the rules say of the next {months} months if no further invoice comes.", months=MONTHS
    )
    plans = {
        "counted": say("What is planned is taken to come on its day."),
        "ignored": say("What is planned is left out."),
    }[query.options.get("planned", PLANNED[0])]
    alike = say(
        "A client that is supposed to buy is invoiced on the day before its segment would change, and never again."
    )
    return [told, plans, *([alike] if supposed(query) else [])]


VIEW = View(
    "ahead",
    "How large is the portfolio in the months to come, if nobody acts?",
    answer,
    lambda _: COLUMNS,
    lambda _: ("on", "rank"),
    picture=Picture("stacked_months", months),
    sentence=sentence,
    notes=notes,
    example="cartera show ahead demo",
    spread=("segment", "client_count"),
    takes=frozenset({"suppose", "planned"}),
)
