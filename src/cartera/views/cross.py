"""View `cross`: any two classifications as a table of clients and money."""

from __future__ import annotations

from typing import Any

import narwhals as nw

from cartera import tongue
from cartera.errors import UnknownNameError
from cartera.facts.tables import Facts, Frame
from cartera.portfolio.amounts import YEAR_DAYS
from cartera.portfolio.classes import CLASSIFICATIONS, SEGMENT, in_order
from cartera.portfolio.cross import both, cross
from cartera.portfolio.policy import AnyPolicy
from cartera.tongue import number, say, say_many, spoken
from cartera.views import left_out, phrasing
from cartera.views.view import Column, Picture, Query, Unit, View

RANKS = ("down_rank", "across_rank")
MEASURES = ("amount",)
NOBODY_SAID = "unknown"


def answer(facts: Facts, query: Query) -> Frame:
    """The rows of `portfolio.cross`, with the places of both classes; UnknownNameError for another measure."""
    measure = query.options.get("measure")
    if measure not in (None, *MEASURES):
        raise UnknownNameError("measure", measure, MEASURES, where="--measure")
    rows = cross(facts, day=query.day, policy=query.policy, by=query.by, whole=query.whole)
    for name, rank in zip(both(query.by), RANKS, strict=True):
        rows = rows.join(_places(facts, name, rank, query.policy), left_on=name, right_on="key", how="left")
    return rows


def columns(query: Query) -> tuple[Column, ...]:
    """Both classes, then clients and money."""
    return (
        *(_class_column(name, query.policy) for name in both(query.by)),
        Column("client_count", "Clients", "count", total=True),
        Column("client_share", "Share", "share"),
        Column("amount", say("Last {days} days", days=YEAR_DAYS), "money", total=True),
    )


def order(query: Query) -> tuple[str, ...]:
    """As people say the classes; the values of a column by the alphabet."""
    down, across = both(query.by)
    return RANKS[0], down, RANKS[1], across


def sentence(rows: list[dict[str, Any]], query: Query) -> str:
    """Clients and money of the whole table, and its largest cell."""
    count = phrasing.total(rows, "client_count")
    if not count:
        return phrasing.no_client()
    most = max(rows, key=lambda row: (row["client_count"], row["amount"]))
    return say_many(
        "{count} client with {amount} in the last {days} days; the largest cell, {cell}, holds {clients}.",
        "{count} clients with {amount} in the last {days} days; the largest cell, {cell}, holds {clients}.",
        count=count, amount=tongue.money(phrasing.total(rows, "amount")), days=YEAR_DAYS,
        cell=_pair(most, both(query.by)), clients=phrasing.clients(most["client_count"]),
    )  # fmt: skip


def _pair(row: dict[str, Any], names: tuple[str, str]) -> str:
    return tongue.joined([say("{name} {value}", name=_heading(name), value=_told(name, row[name])) for name in names])


def _heading(name: str) -> str:
    """What a classification is called in a sentence; a column of the clients by its own name."""
    return spoken(name, "class")


def grid(rows: list[dict[str, Any]], query: Query) -> list[dict[str, Any]]:
    """One cell per pair, tinted by its clients, or by the measure asked for."""
    pair, value = both(query.by), query.options.get("measure", "client_count")
    ranks = [_ranks(rows, name, query.policy) for name in pair]
    most = max((row[value] for row in rows), default=0)
    return [
        _cell(row, pair, value, most)
        | {f"{axis}_rank": rank[row[name]] for axis, name, rank in zip("yx", pair, ranks, strict=True)}
        for row in rows
    ]


def notes(facts: Facts, query: Query) -> list[str]:
    """Where the classes are defined, and what the amounts leave out."""
    named = [name for name in both(query.by) if name in CLASSIFICATIONS]
    views = tongue.listed(named)
    told = [say("The classes are those of the views that define them: {views}.", views=views)] if named else []
    return [*told, *(phrasing.among_all(query) if named else []), *left_out.year_notes(facts, day=query.day)]


def _places(facts: Facts, name: str, rank: str, policy: AnyPolicy) -> Frame:
    classes = in_order(name, policy)
    columns: dict[str, list[Any]] = {"key": classes, rank: list(range(len(classes)))}
    return facts.room.table(columns, {"key": nw.String, rank: nw.Int64})


def _class_column(name: str, policy: AnyPolicy) -> Column:
    label = name.upper() if name in ("abc", "rfm") else phrasing.value_name(name)
    unit: Unit = "segment" if name == SEGMENT else "text"
    return Column(name, label, unit, unknown=NOBODY_SAID, values=tuple(in_order(name, policy)))


def _told(name: str, value: str | None) -> str:
    if value is None:
        return phrasing.word(NOBODY_SAID)
    return phrasing.label(value).lower() if name == SEGMENT else _worded(name, value)


def _worded(name: str, value: str) -> str:
    return phrasing.word(value) if name in CLASSIFICATIONS else value


def _named(name: str, value: str | None) -> str:
    """What stands at an axis; of a segment its id, from which the picture makes its label."""
    if value is None:
        return phrasing.word(NOBODY_SAID)
    return phrasing.head(value) if name in CLASSIFICATIONS else value


def _cell(row: dict[str, Any], pair: tuple[str, str], value: str, most: Any) -> dict[str, Any]:
    down, across = (_named(name, row[name]) for name in pair)
    told = say(
        "{cell}: {clients}, {amount}",
        cell=_pair(row, pair), clients=phrasing.clients(row["client_count"]), amount=number(row["amount"], 2),
    )  # fmt: skip
    return {
        "y": down, "x": across, "share": float(row[value] / most) if most > 0 else 0.0,
        "text": number(row[value]), "label": told,
    }  # fmt: skip


def _ranks(rows: list[dict[str, Any]], name: str, policy: AnyPolicy) -> dict[str | None, int]:
    """The place of every value along an axis: as people say them, else by the alphabet; what nobody said is last."""
    found = {row[name] for row in rows}
    said = in_order(name, policy) or sorted(value for value in found if value is not None)
    return {value: rank for rank, value in enumerate([*said, None])}


VIEW = View(
    "cross",
    "How many clients, with how much money, are of this class and of that one?",
    answer,
    columns,
    order,
    picture=Picture("grid", grid),
    sentence=sentence,
    notes=notes,
    example="cartera show cross demo --by segment --by frequency",
    spread=lambda query: (both(query.by)[1], "client_count"),
    takes=frozenset({"by", "measure"}),
    cuts=(SEGMENT, *CLASSIFICATIONS),
    is_among_all=True,
)
