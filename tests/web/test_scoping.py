"""Does the one control of the scope show what there is to choose, with how many clients each choice leaves?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import TYPE_CHECKING

import pytest
from tests.web.company import PEOPLE
from tests.web.conftest import browser

from cartera.web.site import Site

if TYPE_CHECKING:
    from django.test import Client as Browser


def control(page: str) -> str:
    """The part of the header, in which spaces do not count."""
    return " ".join(page.partition('<div class="scope"')[2].partition("</div>")[0].split())


def offered(page: str) -> list[tuple[str, str]]:
    """What is written on each choice, and where it leads."""
    found = re.findall(r'<a class="chip[^"]*" href="([^"]*)"[^>]*>(.*?)</a>', control(page))
    return [(" ".join(re.sub(r"<[^>]*>", "", said).split()), unescape(href)) for href, said in found]


@pytest.fixture
def as_rep_too(site: Site) -> Iterator[Browser]:
    """The browser of an owner whose clients are Ana's."""
    from django.db import transaction

    from cartera.ledger.models import Membership

    made = browser(site, "owner")
    with transaction.atomic(using=site.alias):
        members = Membership.objects.using(site.alias).filter(user__email=PEOPLE["owner"])
        members.update(rep="Ana", team="south")
        yield made
        transaction.set_rollback(True, using=site.alias)


def test_me_team_and_all_with_their_clients(as_rep_too):
    page = as_rep_too.get("/acme/portfolio?day=2026-11-01").content.decode()
    assert offered(page) == [
        ("Me 6", "/acme/portfolio?day=2026-11-01&scope=me"),
        ("All 12", "/acme/portfolio?day=2026-11-01"),
    ], "the team of the south is Ana and Bruno, who are all"


def test_the_choice_is_kept_on_the_way_and_said_below(as_rep_too):
    page = as_rep_too.get("/acme/clients?scope=me").content.decode()
    assert page.count('data-client="') == 6
    assert "your clients" in page.partition('<footer class="truth')[2]
    assert 'href="/acme/clients/c00?scope=me"' in page
    assert as_rep_too.get("/acme/clients/c01/peek?scope=me").status_code == 200, "it names its client itself"
    menu = page.partition("<nav")[2].partition("</nav>")[0]
    assert re.findall(r'href="(/acme/(?:today|moves|plan)[^"]*)"', menu) == [
        "/acme/today?scope=me", "/acme/moves?scope=me", "/acme/plan?scope=me",
    ]  # fmt: skip
    assert 'name="scope" value="me"' in page.partition('class="dayform"')[2].partition("</form>")[0]


def test_without_a_choice_there_is_no_control(as_owner, enter):
    for page in (as_owner.get("/acme/clients"), enter("rep").get("/acme/clients")):
        assert offered(page.content.decode()) == []
        assert "clients" in control(page.content.decode())


def test_each_filter_says_how_many_it_leaves_and_can_go_alone(as_owner):
    page = as_owner.get("/acme/clients?where=rep:Ana&where=region:South").content.decode()
    assert offered(page) == [
        ("Rep: Ana 6", "/acme/clients?where=region:South"),
        ("Region: South 6", "/acme/clients?where=rep:Ana"),
        ("Clear", "/acme/clients"),
    ]
    assert 'data-key="clear"' in page
