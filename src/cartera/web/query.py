"""What does an address ask? One parser and one printer of everything that stands after the `?`, for every page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Any
from urllib.parse import quote

from cartera.app.day import parse_day
from cartera.app.workspace.access.narrowing import ALL, PARTS
from cartera.calendar import add_days, add_months
from cartera.errors import CarteraError, UnknownNameError
from cartera.tongue import say

RELATIVE = re.compile(r"@(?P<from>today|month_end)(?P<step>[+-]\d{1,5})?", re.ASCII)
SEGMENT, WHERE, SCOPE = "segment", "where", "scope"
DAYS = ("day", "known", "since")
OWN = (*DAYS, SCOPE, WHERE, SEGMENT, "by", "q", "sort", "cols", "page", "policy", "peek", "every")


@dataclass(frozen=True)
class Asked:
    """An address without its path. where: (column, value), several of one column are either-or. day: None for the
    usual.

    scope: me or team for a part of what the person sees, empty for all of it. more: words of single pages, such as
    `show=money`.
    """

    day: date | None = None
    known: date | None = None
    since: date | None = None
    scope: str = ""
    where: tuple[tuple[str, str], ...] = ()
    by: tuple[str, ...] = ()
    q: str = ""
    sort: str = ""
    cols: tuple[str, ...] = ()
    page: int = 1
    policy: str = ""
    peek: str = ""
    every: str = ""
    more: Mapping[str, str] = field(default_factory=dict)

    def text(self) -> str:
        """The address, `?` included; empty when nothing is asked."""
        pairs = [*self._days(), *self._filters(), *self._rest(), *sorted(self.more.items())]
        return "?" + "&".join(f"{name}={quote(value, safe=',:@')}" for name, value in pairs) if pairs else ""

    def _days(self) -> Iterable[tuple[str, str]]:
        days = (("day", self.day), ("known", self.known), ("since", self.since))
        return ((name, value.isoformat()) for name, value in days if value)

    def _filters(self) -> Iterable[tuple[str, str]]:
        if self.scope:
            yield SCOPE, self.scope
        segments = [value for name, value in self.where if name == SEGMENT]
        if segments:
            yield SEGMENT, ",".join(segments)
        yield from ((WHERE, f"{name}:{value}") for name, value in self.where if name != SEGMENT)

    def _rest(self) -> Iterable[tuple[str, str]]:
        yield from (("by", name) for name in self.by)
        words = (("q", self.q), ("sort", self.sort), ("cols", ",".join(self.cols)), ("policy", self.policy))
        yield from ((name, value) for name, value in words if value)
        yield from ((name, value) for name, value in (("peek", self.peek), ("every", self.every)) if value)
        if self.page > 1:
            yield "page", str(self.page)

    def but(self, **changes: Any) -> Asked:
        """The same with some things changed; another filter or order begins on the first page."""
        if changes.keys() & {"scope", "where", "q", "sort", "day", "policy"} and "page" not in changes:
            changes["page"] = 1
        return replace(self, **changes)

    def also(self, name: str, value: str) -> Asked:
        """The same, narrowed to this value too."""
        return self if (name, value) in self.where else self.but(where=(*self.where, (name, value)))

    def only(self, name: str, *values: str) -> Asked:
        """The same with just these values of this column."""
        kept = tuple(pair for pair in self.where if pair[0] != name)
        return self.but(where=(*kept, *((name, value) for value in values)))

    def without(self, name: str, value: str | None = None) -> Asked:
        """The same without this filter, or without all filters of the column."""
        gone = [pair for pair in self.where if pair[0] == name and value in (None, pair[1])]
        return self.but(where=tuple(pair for pair in self.where if pair not in gone))

    @cached_property
    def onward(self) -> str:
        """The end of the address of any other page."""
        return self.along().text()

    def along(self) -> Asked:
        """What goes along to another page: the day and the scope, not the order of a list."""
        return self.but(q="", sort="", cols=(), page=1, peek="", every="", by=(), more={})


def parsed(pairs: Iterable[tuple[str, str]], today: date | None = None) -> Asked:
    """What the pairs of an address ask. today: for days told from it, such as @today or @month_end-1.

    CarteraError: a day that is none, a page below 1, a filter without a value, a scope that there is not.
    """
    given = [(name, value) for name, value in pairs if value.strip()]
    one = dict(given)
    many = {name: [value for key, value in given if key == name] for name in (WHERE, SEGMENT, "by", "cols")}
    return Asked(
        **{name: told_day(one[name], name, today) for name in DAYS if name in one},
        scope=_scope(one.get(SCOPE, ALL).strip()),
        where=(*_segments(many[SEGMENT]), *(_pair(text) for text in many[WHERE])),
        by=tuple(dict.fromkeys(many["by"])),
        q=one.get("q", "").strip(),
        sort=one.get("sort", ""),
        cols=tuple(dict.fromkeys(name for text in many["cols"] for name in text.split(",") if name)),
        page=_page(one.get("page", "1")),
        policy=one.get("policy", ""),
        peek=one.get("peek", ""),
        every=one.get("every", ""),
        more={name: value for name, value in given if name not in OWN},
    )


def as_typed(pairs: Iterable[tuple[str, str]], today: date) -> str:
    """The address as our own printer writes it, but days told from today as they are: to be kept, they move along.

    CarteraError: as of `parsed`.
    """
    given = [(name, value) for name, value in pairs if value.strip()]
    moving = {name: value.strip() for name, value in given if name in DAYS}
    moving = {name: value for name, value in moving.items() if RELATIVE.fullmatch(value)}
    fixed = parsed(given, today).but(page=1, **dict.fromkeys(moving)).text()
    days = "&".join(f"{name}={quote(value, safe='@')}" for name, value in moving.items())
    return "&".join(part for part in (f"?{days}", fixed.removeprefix("?")) if part) if days else fixed


def told_day(text: str, name: str, today: date | None) -> date:
    """A day as written, or told from today: @today, @today-30, @month_end (the last one that is over), @month_end-1."""
    found = RELATIVE.fullmatch(text.strip())
    if found is None or today is None:
        return parse_day(text, name)
    step = int(found["step"] or 0)
    try:
        if found["from"] == "today":
            return add_days(today, step)
        return add_days(add_months(today.replace(day=1), step), -1)
    except (OverflowError, ValueError):
        raise CarteraError(
            say("{text} is no day that there is.", text=repr(text)), where=name, fix=say("Write such as @today-30.")
        ) from None


def _scope(text: str) -> str:
    if text not in PARTS:
        raise UnknownNameError(SCOPE, text, PARTS, where=SCOPE)
    return "" if text == ALL else text


def _segments(texts: Iterable[str]) -> tuple[tuple[str, str], ...]:
    ids = dict.fromkeys(one for text in texts for one in text.split(",") if one)
    return tuple((SEGMENT, one) for one in ids)


def _pair(text: str) -> tuple[str, str]:
    name, mark, value = text.partition(":")
    if not mark or not name:
        raise CarteraError(
            say("{text} is no filter.", text=repr(text)), where=WHERE, fix=say("Write column:value, such as rep:Ana.")
        )
    return name, value


def _page(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= 10**6:
        raise CarteraError(
            say("{text} is no page.", text=repr(text)), where="page", fix=say("Pages are counted from 1.")
        )
    return int(text)
