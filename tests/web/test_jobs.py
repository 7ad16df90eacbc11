"""Is a large file made beside the pages, for whoever asked, of what could be seen, while it may still be seen?"""

from __future__ import annotations

import csv
import io
import shutil

import pytest
from tests.web.calling import Caller, key
from tests.web.company import PEOPLE, opened
from tests.web.conftest import browser

from cartera.app.workspace.jobs.asking import rows as jobs
from cartera.app.workspace.jobs.running import work_off
from cartera.ledger.database import disconnect
from cartera.web import exporting, ticking
from cartera.web.jobs import works
from cartera.web.site import _served, serve

ASKED = "/acme/export/clients.csv?where=rep:Ana&sort=-name&cols=name,rep"


@pytest.fixture(autouse=True)
def _small(monkeypatch):
    """Six rows are too many to wait for."""
    monkeypatch.setattr(exporting, "MOST_AT_ONCE", 5)


@pytest.fixture(scope="module")
def one_site(companies, tmp_path_factory):
    """A site for all tests here: each asks for files of its own."""
    folder = tmp_path_factory.mktemp("jobs") / "site"
    shutil.copytree(companies, folder, ignore=shutil.ignore_patterns("*-shm", "*-wal"))
    made = opened(folder)
    yield made
    disconnect(made.alias)


@pytest.fixture
def own_site(one_site):
    """It, as it was before."""
    from cartera.ledger.models import Membership

    serve(one_site)
    members = list(Membership.objects.using(one_site.alias).all())
    yield one_site
    for member in members:
        member.save(using=one_site.alias)
    jobs(one_site.desk(one_site.workspaces()["acme"]).book).delete()
    _served.clear()


def done(site, word="acme"):
    desk = site.desk(site.workspaces()[word])
    return work_off(desk.book, desk.where, works(word))


def read(response):
    return list(csv.reader(io.StringIO(b"".join(response.streaming_content).decode("utf-8-sig"))))


def change(site, who, **values):
    from cartera.ledger.models import Membership

    Membership.objects.using(site.alias).filter(user__email=PEOPLE[who]).update(**values)


def test_a_large_file_is_made_beside_and_holds_what_was_seen(own_site):
    owner = browser(own_site, "owner")
    page = owner.get(ASKED, follow=True)
    here = page.redirect_chain[-1][0]
    assert b"every 2s" in page.content, "it looks again by itself"
    assert owner.get(f"{here}/file").status_code == 400, "not ready"
    assert done(own_site) == 1
    assert b"Download acme-clients-" in owner.get(here).content
    file = owner.get(f"{here}/file")
    assert read(file) == [["name", "rep"], *([f"Client {n:02}", "Ana"] for n in range(10, -1, -2))]
    assert file["Content-Disposition"].startswith('attachment; filename="acme-clients-')


def test_taking_it_is_written_down_and_making_it_is_not(own_site):
    from cartera.ledger.models import AuditEntry

    def lines():
        return AuditEntry.objects.using(own_site.alias).filter(verb="export").count()

    owner, before = browser(own_site, "owner"), lines()
    here = owner.get(ASKED)["Location"]
    done(own_site)
    made = lines()
    owner.get(f"{here}/file")
    assert (made - before, lines() - made) == (0, 1)


def test_nobody_else_finds_it(own_site):
    here = browser(own_site, "owner").get(ASKED)["Location"]
    done(own_site)
    for who in ("manager", "viewer", "stranger"):
        assert [browser(own_site, who).get(f"{here}{part}").status_code for part in ("", "/file")] == [404, 404]


@pytest.mark.parametrize(
    ("changed", "status"),
    [
        ({"role": "viewer"}, 403),
        ({"sees": "own", "rep": "Ana"}, 403),
        ({"is_active": False}, 404),
        ({"sees": "all"}, 200),
    ],
    ids=str,
)
def test_who_may_see_less_since_may_not_have_it(own_site, changed, status):
    manager = browser(own_site, "manager")  # of the team north: the clients of Ana
    change(own_site, "manager", sees="all")
    here = manager.get("/acme/export/clients.csv")["Location"]
    assert done(own_site) == 1
    change(own_site, "manager", **changed)
    assert manager.get(f"{here}/file").status_code == status


def test_it_is_made_of_what_could_be_seen_then(own_site):
    manager = browser(own_site, "manager")
    here = manager.get("/acme/export/clients.csv?cols=rep")["Location"]
    change(own_site, "manager", sees="all")
    done(own_site)
    assert {rep for (rep,) in read(manager.get(f"{here}/file"))[1:]} == {"Ana"}


def test_who_left_before_it_was_made_gets_none(own_site):
    browser(own_site, "manager").get("/acme/export/clients.csv")
    change(own_site, "manager", is_active=False)
    done(own_site)
    assert [one.state for one in jobs(own_site.desk(own_site.workspaces()["acme"]).book)] == ["failed"]


def test_what_cannot_be_made_says_why_and_may_be_tried_again(own_site, monkeypatch):
    owner = browser(own_site, "owner")
    here = owner.get("/acme/export/clients.xlsx")["Location"]
    monkeypatch.setattr("cartera.app.export.workbook.MOST_ROWS", 5)
    done(own_site)
    page = owner.get(here).content.decode()
    assert "12 rows do not fit into a sheet." in page
    assert "/acme/export/clients.xlsx?day=" in page


@pytest.mark.parametrize("kind", ["csv", "json", "parquet"])
def test_the_api_says_where_it_will_be(own_site, kind):
    caller = Caller(key(own_site))
    start = 'curl -H "Authorization: Bearer $KEY"'
    if kind == "json":
        assert caller.call(f'{start} "$URL/views/clients?format=json"').json()["row_count"] == 12, "by pages"
        return
    begun = caller.call(f'{start} "$URL/views/clients?format={kind}&where=rep:Ana"')
    told = begun.json()
    assert (begun.status_code, told["state"], told["download"]) == (202, "waiting", None)
    caller.known["JOB"] = told["id"]
    assert caller.call(f'{start} "$URL/jobs/$JOB/file"  # answers 409')
    done(own_site)
    told = caller.call(f'{start} "$URL/jobs/$JOB"').json()
    assert (told["state"], told["progress"], told["problem"]) == ("done", 1.0, None)
    content = b"".join(caller.call(f'{start} "$URL/jobs/$JOB/file"').streaming_content)
    assert told["download"] == f"/api/v1/acme/jobs/{told['id']}/file"
    assert content.startswith(b"PAR1" if kind == "parquet" else b"client_id,"), "comma and no mark: for programs"


def test_the_tick_does_what_waits_and_sweeps(own_site):
    browser(own_site, "owner").get(ASKED)
    ticking.tick()
    for thread in list(ticking._at_work.values()):
        thread.join(60)
    assert [one.state for one in jobs(own_site.desk(own_site.workspaces()["acme"]).book)] == ["done"]
