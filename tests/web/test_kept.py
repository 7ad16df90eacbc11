"""Is a page made once for as long as nothing changes, told anew at once when something does, and never to others?"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connections
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext
from tests.web.company import PEOPLE, opened
from tests.web.conftest import browser
from tests.web.test_acts import sending

from cartera.web import kept
from cartera.web.routes import ROUTES
from cartera.web.site import Site, _served, serve

LATER = pytest.mark.thorough
KEPT = [one.path for one in ROUTES if one.keeps]
FRAME = 6  # the sign-in, the person, the workspaces, its place in it, connected systems, and the last change
OWN = {"plan": 6, "rules": 4, "data": 20, "settings": 12, "clients/c00": 20}  # beside the frame's
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')
SENDING = re.compile(r'name="request_id" value="([\w-]+)"')


@pytest.fixture(scope="module")
def copied(companies: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A site for all tests here that write."""
    from cartera.ledger.database import disconnect

    folder = tmp_path_factory.mktemp("kept") / "site"
    shutil.copytree(companies, folder, ignore=shutil.ignore_patterns("*-shm", "*-wal"))
    made = opened(folder)
    yield made
    disconnect(made.alias)


@pytest.fixture
def written(copied: Site) -> Iterator[Site]:
    """The same, served."""
    serve(copied)
    yield copied
    _served.clear()


def queries(page: Browser, site: Any, address: str) -> list[str]:
    """What the database is asked for a page."""
    with CaptureQueriesContext(connections[site.alias]) as asked:
        assert page.get(address).status_code == 200
    return [one["sql"] for one in asked]


def text(page: Browser, address: str) -> str:
    return page.get(address).content.decode()


def put(site: Any, model: str, keys: dict[str, Any], **values: Any) -> None:
    """Change a row as nobody does it: without a line of the audit."""
    from cartera.ledger import models

    assert getattr(models, model).objects.using(site.alias).filter(**keys).update(**values)


@pytest.mark.parametrize("path", ["clients", *(pytest.param(one, marks=LATER) for one in KEPT if one != "clients")])
def test_a_page_reads_the_database_a_few_times_whatever_its_rows(as_owner, site, path):
    kept.pages.cache_clear()
    as_owner.get(f"/acme/{path}")
    kept.pages.cache_clear()
    anew = queries(as_owner, site, f"/acme/{path}")
    assert len(anew) <= FRAME + 4, anew
    assert sum('FROM "ledger_workspace"' in one for one in anew) == 1
    assert len(queries(as_owner, site, f"/acme/{path}")) <= FRAME + 2


@LATER
@pytest.mark.parametrize("path", OWN)
def test_other_pages_too(as_owner, site, path):
    as_owner.get(f"/acme/{path}")
    assert len(queries(as_owner, site, f"/acme/{path}")) <= FRAME + OWN[path]


def test_more_rows_ask_for_nothing_more(as_owner, site):
    few, many = "/acme/clients?q=client+0", "/acme/clients?q=client"
    asked = []
    for address in (few, many):
        as_owner.get(address)
        kept.pages.cache_clear()
        asked.append(len(queries(as_owner, site, address)))
    assert asked[0] == asked[1]


def test_a_page_is_made_once_and_its_forms_are_new_each_time(as_owner):
    kept.pages.cache_clear()
    first, second, third = (text(as_owner, "/acme/today") for _ in range(3))
    assert kept.pages().size()[0] == 1
    assert len({*SENDING.findall(first), *SENDING.findall(second), *SENDING.findall(third)}) == 3 * len(
        SENDING.findall(first)
    )
    assert len({*TOKEN.findall(second)} | {*TOKEN.findall(third)}) == 2
    assert len({SENDING.sub("", TOKEN.sub("", re.sub(r'Token":"\w+', "", one))) for one in (first, second, third)}) == 1


@LATER
def test_a_form_of_a_kept_page_is_taken(written):
    from cartera.ledger.models import User

    owner = Browser(enforce_csrf_checks=True)
    owner.force_login(User.objects.using(written.alias).get(email=PEOPLE["owner"]))
    for _ in range(2):
        page = text(owner, "/acme/today")
    action = re.search(r'action="([^"]+do/no-answer[^"]+)"', page)[1].replace("&amp;", "&")
    given = {"csrfmiddlewaretoken": TOKEN.findall(page)[0], "request_id": SENDING.findall(page)[0]}
    assert owner.post(action, given).status_code == 302
    assert owner.post(action, given | {"csrfmiddlewaretoken": "x" * 64}).status_code == 403


@LATER
def test_what_changes_is_seen_at_once_by_everybody(written):
    owner, rep = browser(written, "owner"), browser(written, "rep")
    before = [text(one, "/acme/clients?segment=lost") for one in (owner, rep, owner, rep)]
    assert all("Client 00" not in one.partition("<tbody>")[2] for one in before)
    rep.post("/acme/do/lost?from=clients", sending(rep.get("/acme/do/lost?client=c00&from=clients"), reason="price"))
    assert "Client 00 marked lost." in text(rep, "/acme/clients?segment=lost")
    assert "Client 00 marked lost." not in text(rep, "/acme/clients?segment=lost")
    for one in (owner, rep):
        assert "Client 00" in text(one, "/acme/clients?segment=lost").partition("<tbody>")[2]


@LATER
def test_a_view_that_is_saved_and_forgotten_comes_and_goes(written):
    owner = browser(written, "owner")
    assert "Mine of the north" not in text(owner, "/acme/clients") + text(owner, "/acme/clients")
    owner.post("/acme/clients/save", {"name": "Mine of the north", "address": "?where=region:North"})
    assert "Mine of the north" in text(owner, "/acme/portfolio")
    assert "Mine of the north" in text(owner, "/acme/clients")


@LATER
def test_a_system_that_is_not_read_whole_is_said_at_once(written):
    from datetime import UTC, datetime

    from cartera.ledger.models import Source, Workspace

    owner = browser(written, "owner")
    assert "Books of the shop" not in text(owner, "/acme/clients") + text(owner, "/acme/clients")
    acme = Workspace.objects.using(written.alias).get(name="Acme")
    made = Source.objects.using(written.alias).create(
        workspace=acme, name="Books of the shop", kind="xero", created_at=datetime.now(UTC)
    )
    assert "Books of the shop" in text(owner, "/acme/clients")
    made.delete(using=written.alias)
    assert "Books of the shop" not in text(owner, "/acme/clients")


@LATER
def test_who_is_given_less_sees_less_at_once(written):
    owner = browser(written, "owner")
    assert text(owner, "/acme/clients").count('data-client="') == 12
    where = {"workspace__name": "Acme", "user__email": PEOPLE["owner"]}
    put(written, "Membership", where, sees="own", rep="Ana", role="viewer")
    page = text(owner, "/acme/clients")
    assert page.count('data-client="') == 6
    assert "/do/" not in page
    put(written, "Membership", where, is_active=False)
    assert owner.get("/acme/clients").status_code == 404
    put(written, "Membership", where, is_active=True, sees="all", rep="", role="owner")


@LATER
def test_two_who_look_alike_are_told_apart(enter):
    pages = {who: text(enter(who), "/acme/clients") for who in ("rep", "other_rep", "owner", "viewer")}
    again = {who: text(enter(who), "/acme/clients") for who in pages}
    for who, page in again.items():
        assert PEOPLE[who] in page
        assert page.count('data-client="') == pages[who].count('data-client="')
    assert 'data-client="c01"' not in again["rep"]
    assert 'data-client="c00"' not in again["other_rep"]


@LATER
def test_what_the_person_chose_is_heeded(written):
    owner = browser(written, "owner")
    assert "Adormecendo" not in text(owner, "/acme/portfolio") + text(owner, "/acme/portfolio")
    put(written, "User", {"email": PEOPLE["owner"]}, language="pt-BR", theme="dark")
    page = text(owner, "/acme/portfolio")
    assert "Adormecendo" in page
    assert 'data-theme="dark"' in page
    put(written, "User", {"email": PEOPLE["owner"]}, language="", theme="")


def test_errors_and_pages_that_are_not_finished_are_not_kept(as_owner):
    kept.pages.cache_clear()
    assert as_owner.get("/acme/clients?where=rep:Anna").status_code == 400
    assert as_owner.get("/acme/clients?policy=salescope").status_code == 200
    assert kept.pages().size()[0] == 0
