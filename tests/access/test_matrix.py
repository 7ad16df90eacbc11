"""Nobody in where they do not belong: every address, every caller, every kind of object, page and part and sending."""

from __future__ import annotations

import re
from string import Formatter
from typing import Any

import pytest
from django.urls import get_resolver, resolve
from tests.access import world as w
from tests.access.table import ALONE, PAGES, Row
from tests.access.world import CALLERS, HERE, MEMBERS, World

from cartera.web.routes import ROUTES

DONE, UNDERSTOOD, NOT_ALLOWED, NOT_THERE = 200, (200, 302, 303, 400, 409, 422), 403, 404
HTMX = {"HX-Request": "true"}
BY_NAME = {one.name: one for one in ROUTES}
each_page = pytest.mark.parametrize("name", [name for name in PAGES if name in BY_NAME])
each_caller = pytest.mark.parametrize("who", CALLERS, ids=str)


def test_every_address_has_its_line() -> None:
    names = {one.name for one in get_resolver().url_patterns if getattr(one, "name", None)}
    assert names - set(PAGES) - set(ALONE) == set(), "add a line to tests/access/table.py: who may go there?"
    assert (set(PAGES) | set(ALONE)) - names == set(), "no such address any more"
    assert {one.name for one in ROUTES} == set(PAGES)


@each_page
def test_the_line_is_about_its_address(name: str) -> None:
    path = PAGES[name].at.partition("?")[0]
    kinds = {kind: "1" for _, kind, _, _ in Formatter().parse(path) if kind}
    assert resolve(f"/{HERE}/{path.format(**kinds)}").url_name == name
    assert (PAGES[name].post is not None) == ("POST" in BY_NAME[name].methods)


def kind_of(row: Row) -> str | None:
    """The kind of object that an address names, None for none."""
    texts = (row.at, *(row.post or {}).values())
    kinds = [kind for text in texts for _, kind, _, _ in Formatter().parse(str(text)) if kind and kind.isidentifier()]
    return next((kind for kind in kinds if kind not in ("soon", "today")), None)


def objects(world: World, row: Row, who: str | None) -> list[tuple[str, bool | None]]:
    """What the address may be about: a name, and whether this caller finds something under it; None for as it likes."""
    kind = kind_of(row)
    if kind is None:
        return [("", True)]
    if kind == "client":
        return [(one, None if one == w.MERGED and w.sees(who, one) else w.sees(who, one)) for one in w.CLIENTS]
    own = {
        "change": who in ("owner", "manager"),
        "plan": w.sees(who, w.OWN),
        "key": who in ("owner", "viewer"),
        "pending": False,
        "batch": False,
        "job": who == "owner",
    }.get(kind, True)
    return [(name, own and label == "here") for label, name in world.names[kind].items()]


def expected(row: Row, who: str | None, *, is_there: bool | None, is_part: bool) -> tuple[int, ...]:
    """The statuses that may be answered."""
    if who in (None, "disabled"):
        return (401,) if is_part else (302,)
    if who not in MEMBERS:
        return (NOT_THERE,)
    if who not in row.who:
        return (NOT_ALLOWED,)
    absent = (NOT_THERE, NOT_ALLOWED, 400) if kind_of(row) == "change" else (NOT_THERE, 400)
    return (*(UNDERSTOOD if is_there is not False else ()), *(absent if not is_there else ()))


def ask(world: World, row: Row, who: str | None, chosen: str, method: str, *, is_part: bool = False) -> Any:
    """The answer to a caller who asks for, or sends to, an address about an object."""
    kind = kind_of(row)
    objects = {kind: chosen} if kind else {}
    path = f"/{HERE}/{world.filled(row.at, objects)}"
    headers = HTMX if is_part else {}
    if method == "GET":
        return world.browser(who).get(path, headers=headers)
    body = {name: world.filled(value, objects) for name, value in (row.post or {}).items()}
    return world.browser(who).post(path, body, headers=headers)


def check(world: World, name: str, who: str | None, method: str, *, is_part: bool = False) -> None:
    """Every object at one address for one caller."""
    row = PAGES[name]
    if method not in BY_NAME[name].methods:
        assert ask(world, row, who, world.names.get(kind_of(row) or "", {}).get("here", ""), method).status_code == 405
        return
    for chosen, is_there in objects(world, row, who):
        with world.as_if():
            before = world.state(HERE), world.state(w.THERE)
            answer = ask(world, row, who, chosen, method, is_part=is_part)
            may = expected(row, who, is_there=is_there, is_part=is_part)
            assert answer.status_code in may, f"{method} {row.at} about {chosen!r} as {who}: {answer.status_code}"
            said = w.told(answer)
            assert not [word for word in w.hidden(who) if word in said], f"{method} {row.at} about {chosen!r} as {who}"
            assert world.state(w.THERE) == before[1], "it wrote into another company"
            if who not in row.who:
                assert world.state(HERE) == before[0], "it was refused and wrote nevertheless"


QUICK = [name for name, row in PAGES.items() if row.quick and name in BY_NAME]


@pytest.mark.parametrize("name", QUICK)
@pytest.mark.parametrize("who", [None, "stranger", "disabled"], ids=str)
def test_outsiders_find_nothing(world: World, name: str, who: str | None) -> None:
    for method in BY_NAME[name].methods:
        if method != "HEAD":
            check(world, name, who, method)


@pytest.mark.thorough
@each_caller
@each_page
def test_who_may_go_where(world: World, name: str, who: str | None) -> None:
    for method in ("GET", "POST"):
        check(world, name, who, method)
    check(world, name, who, "GET" if "GET" in BY_NAME[name].methods else "POST", is_part=True)


@pytest.mark.thorough
@pytest.mark.parametrize("name", [name for name, row in PAGES.items() if kind_of(row)])
def test_foreign_and_absent_look_alike(world: World, name: str) -> None:
    row = PAGES[name]
    kind = kind_of(row)
    names = dict(world.names[str(kind)])
    if "elsewhere" not in names:
        return
    method = "POST" if "GET" not in BY_NAME[name].methods else "GET"
    said = []
    for label in ("elsewhere", "absent"):
        with world.as_if():
            answer = ask(world, row, "owner", names[label], method)
        said.append((answer.status_code, re.sub(rf"\b{re.escape(names[label])}\b", "", w.told(answer))))
    assert said[0][0] == said[1][0]
    assert len(said[0][1]) == len(said[1][1])
