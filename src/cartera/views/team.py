"""View `team`: each rep's portfolio beside that of the average rep."""

from __future__ import annotations

from datetime import date
from typing import Any

from cartera import tongue
from cartera.calendar import add_months
from cartera.facts.tables import Facts, Frame
from cartera.portfolio.team import FEWEST_REPS, team
from cartera.tongue import say, say_many, text
from cartera.views import phrasing
from cartera.views.values import UNKNOWN
from cartera.views.view import Column, Picture, Query, View

AVERAGE = text("(average)", "value")
COLUMNS = (
    Column("rep", "Rep", unknown=UNKNOWN, values=(AVERAGE,)),
    Column("is_average", "Average", "flag", minor=True),
    Column("client_count", "Clients", "count"),
    Column("active_count", "Active", "count"),
    Column("active_share", "Active, share", "share"),
    Column("entered_count", "Cooled lately", "count"),
    Column("entered_share", "Cooled, share", "share"),
    Column("leaving_count", "Leaving", "count"),
    Column("leaving_amount", "Leaving, last year", "money"),
    Column("opened_count", "Opened", "count"),
    Column("planned_count", "With a plan", "count"),
    Column("planned_share", "Covered", "share"),
)


def since(query: Query) -> date:
    """The day from which clients cooled and opened: a month before, unless the query says otherwise."""
    return query.since or add_months(query.day, -1)


def answer(facts: Facts, query: Query) -> Frame:
    """The rows of `portfolio.team`."""
    return team(facts, day=query.day, since=since(query), policy=query.policy, whole=query.whole)


def reps(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The rows of single reps, without the average."""
    return [row for row in rows if not row["is_average"]]


def sentence(rows: list[dict[str, Any]], _: Query) -> str:
    """How many reps have how many clients, and with whom most money is leaving."""
    found = reps(rows)
    if not found:
        return phrasing.nobody_inside()
    if not any(row["rep"] for row in found):
        return say("No client and no invoice names a rep.")
    head = say_many(
        "{count} rep with {clients} in the portfolio", "{count} reps with {clients} in the portfolio",
        count=sum(row["rep"] is not None for row in found),
        clients=phrasing.clients(phrasing.total(found, "client_count")),
    )  # fmt: skip
    most = max(found, key=lambda row: (row["leaving_amount"], row["rep"] or ""))
    if not most["leaving_amount"]:
        return say("{reps}; nobody is leaving.", reps=head)
    return say(
        "{reps}; most money is leaving with {name}: {money}.",
        reps=head, name=named(most), money=tongue.money(most["leaving_amount"]),
    )  # fmt: skip


def named(row: dict[str, Any]) -> str:
    """What the row is called."""
    return phrasing.word(AVERAGE) if row["is_average"] else row["rep"] or phrasing.word(UNKNOWN)


def bars(rows: list[dict[str, Any]], _: Query) -> list[dict[str, Any]]:
    """A bar per rep: the money that is leaving."""
    return [
        {
            "name": named(row), "clients": row["leaving_amount"], "clients_text": tongue.money(row["leaving_amount"]),
            "colour": "leaving",
            "label": say(
                "{name}: {clients} leaving, {money} in their last year", name=named(row),
                clients=phrasing.clients(row["leaving_count"]), money=tongue.money(row["leaving_amount"]),
            ),
        }
        for row in reps(rows)
    ]  # fmt: skip


def notes(_: Facts, query: Query) -> list[str]:
    """From when on, and what the average is."""
    told = say("Cooled lately and opened: since {day}.", day=since(query))
    average = say(
        "The average is of all reps with clients in the portfolio; whoever sees some clients alone sees it from {count}"
        " reps on.",
        count=FEWEST_REPS,
    )
    return [told, average]


VIEW = View(
    "team",
    "How is each rep's portfolio, and who needs help or fewer clients?",
    answer,
    lambda _: COLUMNS,
    lambda _: ("is_average", "rep"),
    picture=Picture("ranked_bars", bars),
    sentence=sentence,
    notes=notes,
    example="cartera show team demo",
    takes=frozenset({"since"}),
    is_among_all=True,
)
