"""Nobody in through the API: every operation its description names, with a key, a sign-in, or neither."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client as Browser
from tests.access import world as w
from tests.access.table import API, Row
from tests.access.test_matrix import NOT_ALLOWED, NOT_THERE, UNDERSTOOD, objects
from tests.access.world import CALLERS, HERE, THERE, World

from cartera.web.api import api

KEY, UNREADABLE = "key of the rep", 422
each_operation = pytest.mark.parametrize("name", API)


def operations() -> set[str]:
    """Every operation of the API, as its own description names it."""
    schema = api.get_openapi_schema(path_prefix="")
    return {f"{method.upper()} /{path.lstrip('/')}" for path, found in schema["paths"].items() for method in found}


def test_every_operation_has_its_line() -> None:
    assert operations() - set(API) == set(), "add a line to tests/access/table.py: who may do that?"
    assert set(API) - operations() == set(), "no such operation any more"


def call(world: World, name: str, who: str | None, chosen: str = "", word: str = HERE) -> Any:
    """The answer to a caller; `who` may be KEY."""
    row, method = API[name], name.partition(" ")[0]
    named = f"{row.at}{row.post}"
    objects = {kind: chosen for kind in ("client", "pending", "job", "source") if f"{{{kind}}}" in named}
    path = f"/api/v1/{word}/{world.filled(row.at, objects)}"
    body = json.dumps(row.post or {}).replace("{client}", chosen)
    caller = Browser(raise_request_exception=False) if who == KEY else world.browser(who)
    headers = {"Idempotency-Key": f"{who}{chosen}"} | ({"Authorization": f"Bearer {world.key}"} if who == KEY else {})
    return caller.generic(method, path, body, "application/json", headers=headers)


def expected(row: Row, who: str | None, *, is_there: bool | None) -> tuple[int, ...]:
    """The statuses that may be answered."""
    if who in (None, "disabled"):
        return (401,)
    if who == "stranger":
        return (NOT_THERE,)
    if ("rep" if who == KEY else who) not in row.who:
        return (NOT_ALLOWED,)
    return (*((*UNDERSTOOD, 201, 202) if is_there is not False else ()), *((NOT_THERE, 400) if not is_there else ()))


def person(who: str | None) -> str | None:
    """For whom the caller acts."""
    return "rep" if who == KEY else who


@pytest.mark.thorough
@pytest.mark.parametrize("who", [*CALLERS, KEY], ids=str)
@each_operation
def test_who_may_call_what(world: World, name: str, who: str | None) -> None:
    row = API[name]
    is_upload = name == "POST /{workspace}/imports"
    for chosen, is_there in objects(world, row, person(who)):
        with world.as_if():
            before = world.state(HERE), world.state(THERE)
            answer = call(world, name, who, chosen)
            may = (*expected(row, who, is_there=is_there), *((422,) if is_upload else ()))
            assert answer.status_code in may, f"{name} about {chosen!r} as {who}: {answer.status_code}"
            assert not [word for word in w.hidden(person(who)) if word in w.told(answer)]
            assert world.state(THERE) == before[1]
            if person(who) not in row.who:
                assert world.state(HERE) == before[0]


@pytest.mark.thorough
@each_operation
def test_a_key_is_good_for_its_workspace_alone(world: World, name: str) -> None:
    theirs = world.names["job"]["elsewhere"] if "{job}" in API[name].at else w.FOREIGN
    found = call(world, name, KEY, theirs, word=THERE).status_code
    assert found == NOT_THERE or (found == UNREADABLE and name == "POST /{workspace}/imports"), "no file was sent"


@pytest.mark.parametrize("token", ["", "x", "cartera_" + "x" * 43])
def test_a_made_up_key_opens_nothing(world: World, token: str) -> None:
    answer = Browser().get(f"/api/v1/{HERE}/views", headers={"Authorization": f"Bearer {token}"})
    assert answer.status_code == 401
    assert world.site.text


@pytest.mark.parametrize("name", [name for name in API if not name.startswith("GET ")])
def test_a_sign_in_needs_the_token_of_our_own_page(world: World, name: str) -> None:
    row, method = API[name], name.partition(" ")[0]
    strict = Browser(enforce_csrf_checks=True)
    strict.cookies["cartera"] = world.browser("owner").cookies["cartera"].value
    path = f"/api/v1/{HERE}/{world.filled(row.at, {})}"
    answer = strict.generic(method, path, "{}", "application/json", headers={"Idempotency-Key": "k"})
    assert answer.status_code in (401, 403)
