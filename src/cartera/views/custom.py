"""View `custom`: the filters that somebody saved, with their clients and money; `--by client_id` lists these."""

from __future__ import annotations

from typing import Any

from cartera import tongue
from cartera.errors import InputError
from cartera.facts.tables import Facts, Frame
from cartera.portfolio.custom import custom, custom_clients, definitions, unheard
from cartera.portfolio.custom_rules import Rules
from cartera.portfolio.custom_shipped import shipped
from cartera.tongue import number, say, say_many, spoken, text
from cartera.views import left_out, phrasing
from cartera.views.class_bars import defined
from cartera.views.view import Column, Picture, Query, View

CLIENT = "client_id"
NAME = Column("custom", "Custom segment")
MONEY = (Column("amount", "Last 365 days", "money"), Column("at_stake", "Its last year", "money"))
SEGMENTS = (
    NAME,
    Column("client_count", "Clients", "count"),
    Column("client_share", "Share", "share", unknown=tongue.UNKNOWN),
    *MONEY,
    Column("definition", "Who is in it", minor=True),
)
CLIENTS = (
    NAME,
    Column("client_id", "Id", link="client_id", minor=True),
    Column("name", "Client", link="client_id"),
    Column("segment", "Segment", "segment"),
    Column("since_on", "Since", "date", minor=True),
    Column("rep", "Rep", minor=True),
    *MONEY,
)
OVERLAP = text("A client may be in several custom segments or in none, so they do not add up.")
OURS = text("These are examples of ours: write your own into a file and give it with --rules FILE.toml.")


def rules_of(query: Query) -> Rules | None:
    """The rules that were given; None for ours."""
    found: Rules | None = query.options.get("rules")
    return found


def answer(facts: Facts, query: Query) -> Frame:
    """The rows of `portfolio.custom`, by custom segment or by client."""
    if query.by not in ((), (CLIENT,)):
        fix = f"Give --by {CLIENT} for the list, or split another view: composition --by rep --where custom=NAME."
        raise InputError(
            say("custom segments are not split by {names}.", names=", ".join(query.by)), where="--by", fix=fix
        )
    ask = custom_clients if query.by else custom
    return ask(facts, day=query.day, policy=query.policy, rules=rules_of(query), whole=query.whole)


def order(query: Query) -> tuple[str, ...]:
    """As they were written; in each the most at stake first."""
    return ("rank", "-at_stake", CLIENT) if query.by else ("rank",)


def sentence(rows: list[dict[str, Any]], query: Query) -> str:
    """How many clients are in each custom segment, or how many rows and clients a list has."""
    if query.by:
        count = len({row[CLIENT] for row in rows})
        if count == len(rows):
            return say_many(
                "{count} client in the custom segments.", "{count} clients in the custom segments.", count=count
            )
        return say_many(
            "{clients} in the custom segments, {count} time in all.",
            "{clients} in the custom segments, {count} times in all.",
            count=len(rows), clients=phrasing.clients(count),
        )  # fmt: skip
    told = tongue.listed(f"{row['custom']} {number(row['client_count'])}" for row in rows)
    return say_many(
        "{count} custom segment, by clients: {segments}.", "{count} custom segments, by clients: {segments}.",
        count=len(rows), segments=told,
    )  # fmt: skip


def bars(rows: list[dict[str, Any]], query: Query) -> list[dict[str, Any]]:
    """One bar per custom segment; of a list those that have somebody."""
    if query.by:
        names = [row["custom"] for row in rows]
        return [_bar(name, names.count(name)) for name in dict.fromkeys(names)]
    return [_bar(row["custom"], row["client_count"]) for row in rows]


def notes(facts: Facts, query: Query) -> list[str]:
    """What the names mean, what nobody has, that they overlap, where ours come from, and what the amounts leave out."""
    rules = rules_of(query) or shipped(query.policy)
    slips = [
        say("No client and no invoice has {name} {value}.", name=name, value=repr(value))
        for name, value in unheard(facts, rules)
    ]
    ours = [spoken(OURS)] if rules_of(query) is None else []
    meaning = defined(definitions(facts, rules, query.policy))
    told = [meaning, *phrasing.among_all(query), *slips, spoken(OVERLAP), *ours]
    return [*told, *left_out.year_notes(facts, day=query.day)]


def _bar(name: str, count: int) -> dict[str, Any]:
    told = phrasing.named(name, phrasing.clients(count))
    return {"name": name, "clients": count, "clients_text": number(count), "label": told}


VIEW = View(
    "custom",
    "Which clients meet the rules that we wrote ourselves?",
    answer,
    lambda query: CLIENTS if query.by else SEGMENTS,
    order,
    picture=Picture("ranked_bars", bars),
    sentence=sentence,
    notes=notes,
    example="cartera show custom demo",
    takes=frozenset({"by", "rules"}),
    is_among_all=True,
)
