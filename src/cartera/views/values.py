"""How does an answer that is split by dimensions read? Their columns, what a row stands for, one value in a picture."""

from __future__ import annotations

from collections.abc import Sequence
from shlex import quote

from cartera.errors import InputError
from cartera.tongue import say, text
from cartera.views import phrasing
from cartera.views.view import Column, Query, Row

UNKNOWN = text("unknown", "value")


def columns(query: Query) -> tuple[Column, ...]:
    """A column per dimension; a client of whom nobody says is unknown."""
    return tuple(Column(name, phrasing.value_name(name), unknown=UNKNOWN) for name in query.by)


def value(row: Row, query: Query) -> str:
    """What the row stands for, such as Ana or Ana, Spain; nothing where the answer is not split."""
    return ", ".join(phrasing.word(UNKNOWN) if row[name] is None else str(row[name]) for name in query.by)


def check_one(rows: Sequence[Row], query: Query, view: str) -> None:
    """Refuse a picture of several values: lines over lines tell nothing."""
    found = sorted({value(row, query) for row in rows})
    if len(found) > 1:
        raise InputError(
            say(
                "a picture of {view} shows one {names}, and {count} are in the answer.",
                view=view,
                names=", ".join(query.by),
                count=len(found),
            ),
            fix=say("Keep one with --where {keep}, or see the table.", keep=keep(rows, query)),
        )


def keep(rows: Sequence[Row], query: Query) -> str:
    """The filter that keeps the first value alone."""
    first = min(rows, key=lambda row: value(row, query))
    return " --where ".join(quote(f"{name}={first[name] or ''}") for name in query.by)
