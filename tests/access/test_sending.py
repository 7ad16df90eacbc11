"""Nothing is sent from elsewhere, and whatever is sent and does something leaves a line of the audit."""

from __future__ import annotations

import re
from html import unescape
from string import Formatter
from typing import Any

import pytest
from django.test import Client as Browser
from tests.access.table import PAGES
from tests.access.test_matrix import BY_NAME
from tests.access.world import HERE, World

SENDING = [name for name in PAGES if name in BY_NAME and "POST" in BY_NAME[name].methods]
OUTSIDE = (
    "/sign-in", "/sign-out", "/account/save", "/account/password", "/account/sign-out-everywhere",
    "/account/sign-ins/0000/end", "/own", "/welcome/x", "/join/x", "/reset/x/y",
)  # fmt: skip


@pytest.fixture
def strict(world: World) -> Browser:
    """The owner's browser, from which another site sends."""
    made = Browser(enforce_csrf_checks=True, raise_request_exception=False)
    made.cookies["cartera"] = world.browser("owner").cookies["cartera"].value
    return made


@pytest.mark.parametrize("name", SENDING)
def test_a_page_of_ours_needs_its_own_token(world: World, strict: Browser, name: str) -> None:
    before = world.state(HERE)
    for headers in ({}, {"HX-Request": "true"}):
        answer = strict.post(f"/{HERE}/{world.filled(PAGES[name].at, {})}", {}, headers=headers)
        assert answer.status_code == 403
    assert world.state(HERE) == before


@pytest.mark.parametrize("path", OUTSIDE)
@pytest.mark.usefixtures("world")
def test_an_address_outside_of_a_workspace_needs_it_too(strict: Browser, path: str) -> None:
    assert strict.post(path, {}).status_code == 403


def test_the_test_of_tokens_can_fail(world: World) -> None:
    with world.as_if():
        assert world.browser("owner").post(f"/{HERE}/settings/keys/make", {"name": "x"}).status_code == 200


AUDITED = [name for name in SENDING if not PAGES[name].quiet]
WITHOUT = [name for name in SENDING if PAGES[name].quiet]


def hidden_fields(page: Any) -> dict[str, str]:
    """What the form of a verb sends beside what is typed."""
    html = page.content.decode()
    form = html[html.index('class="form act"') :]
    found = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', form[: form.index("</form>")])
    return {name: unescape(value) for name, value in found if name != "csrfmiddlewaretoken"}


def sent(world: World, name: str) -> Any:
    """The answer to the owner, who sends what the table says that does something."""
    row, owner = PAGES[name], world.browser("owner")
    path = f"/{HERE}/{world.filled(row.at, {})}"
    first = hidden_fields(owner.get(path)) if row.form else {}
    return owner.post(path, first | {key: world.filled(value, {}) for key, value in (row.post or {}).items()})


@pytest.mark.thorough
@pytest.mark.parametrize("name", AUDITED)
def test_what_does_something_is_written_down(world: World, name: str) -> None:
    if PAGES[name].tried:
        pytest.skip(f"it takes several steps: {PAGES[name].tried}")
    with world.as_if():
        before = world.state(HERE)[0]
        answer = sent(world, name)
        assert answer.status_code in (200, 302), re.findall(r'class="errors?"[^<]*<?[^<]*', answer.content.decode())
        assert world.state(HERE)[0] > before


@pytest.mark.thorough
@pytest.mark.parametrize("name", WITHOUT)
def test_what_is_listed_as_quiet_is_quiet(world: World, name: str) -> None:
    with world.as_if():
        before = world.state(HERE)
        sent(world, name)
        assert world.state(HERE) == before, PAGES[name].quiet


def test_every_reason_says_something() -> None:
    assert all(len(row.quiet) > 10 for row in PAGES.values() if row.quiet)
    kinds = {kind for row in PAGES.values() for _, kind, _, _ in Formatter().parse(row.at) if kind}
    assert kinds
