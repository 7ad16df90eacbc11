"""Does a client's page say who it is, why it stands there and what now, to those who may see it and to nobody else?"""

from __future__ import annotations

import re
from datetime import date
from html import unescape

import pytest
from tests.web.company import MADE, invoice
from tests.web.conftest import browser
from tests.web.test_acts import sending, soon


@pytest.fixture
def page(as_owner) -> str:
    return unescape(as_owner.get("/acme/clients/c08").content.decode())


def test_the_first_lines_say_where_it_stands(page):
    top = page[: page.index('id="rhythm"')]
    assert "<h1>Client 08</h1>" in top
    assert re.search(r"Hibernating since|Leaving since", top)
    assert "If nobody acts: " in top
    assert "What to do: <b>" in top
    assert "do/plan?from=clients%2Fc08&client=c08" in top


def test_everything_is_on_the_page(page):
    heads = re.findall(r"<h2[^>]*>([^<]+)</h2>", page)
    assert [one for one in heads if one in WANTED] == WANTED
    assert "c08-0" in page
    assert "c08@c.example" in page


WANTED = [
    "Rhythm", "Figures", "Money per month", "Plan", "Products", "Contacts", "What happened", "Owed",
    "Duplicates and group",
]  # fmt: skip


def test_what_everybody_must_be_asked_for_follows_and_then_is_at_hand(own_site):
    owner = browser(own_site, "owner")
    html = unescape(owner.get("/acme/clients/c08").content.decode())
    waiting = re.findall(r'hx-get="(/acme/clients/[^"]+)" hx-trigger="load"', html)
    assert waiting == ["/acme/clients/c08/figures", "/acme/clients/c08/family"]
    parts = [unescape(owner.get(one, headers={"HX-Request": "true"}).content.decode()) for one in waiting]
    assert not any("hx-trigger" in one or "<nav" in one for one in parts)
    whole = unescape(owner.get("/acme/clients/c08").content.decode())
    assert not re.search(r'hx-get="/acme/clients/[^"]+" hx-trigger="load"', whole)
    for part, end in zip(parts, ("</dl>", "</section>"), strict=True):
        assert part[part.index("<dt>" if end == "</dl>" else "<h2") : part.index(end)] in whole
    assert re.search(r"<dt>Volume</dt><dd>\w+", whole)
    assert "It stands alone." in whole


def test_what_is_empty_takes_one_line(own_site):
    """A client that never bought has no picture of thirteen months without sales."""
    from cartera.ledger.entry import entry
    from cartera.ledger.models import Client, Invoice

    book = own_site.desk(own_site.workspaces()["acme"]).book
    with entry(book, "import", at=MADE, by="Olga", told={"file": "new.csv"}) as made:
        made.put(Client, "c99", source="start", client_id="c99", name="Client 99", created_on=date(2026, 1, 1))
    html = unescape(browser(own_site, "owner").get("/acme/clients/c99").content.decode())
    assert '<h2 id="months">Money per month</h2><p class="muted">No sales in these periods.</p>' in html
    assert "name=months" not in html
    with entry(book, "import", at=MADE, by="Olga", told={"file": "dollars.csv"}) as made:
        told = invoice("c99-0", "c99", date.today(), 900) | {"currency": "USD"}  # noqa: DTZ011
        made.put(Invoice, "c99-0", source="start", **told)
    html = browser(own_site, "owner").get("/acme/clients/c99").content.decode()
    assert "name=months" in unescape(html), "money without a rate is no amount, but something was invoiced"
    assert "name=months" in unescape(browser(own_site, "owner").get("/acme/clients/c08").content.decode())


def test_the_parts_that_follow_are_pages_of_their_own(as_owner):
    for path in ("figures", "family"):
        html = as_owner.get(f"/acme/clients/c08/{path}").content.decode()
        assert "<h1>Client 08</h1>" in html
        assert "<nav" in html


@pytest.mark.parametrize("client", ["c01", "z00", "nobody"])
def test_foreign_and_absent_look_alike(enter, client):
    for path in ("", "/peek", "/why", "/figures", "/family"):
        assert enter("rep").get(f"/acme/clients/{client}{path}").status_code == 404


def test_a_day_before_it_was_a_client(as_owner):
    assert "this was no client yet" in as_owner.get("/acme/clients/c08?day=2020-01-01").content.decode()


@pytest.mark.parametrize("word", ["day", "known"])
@pytest.mark.parametrize("path", ["peek", "figures", "family"])
def test_a_part_of_a_client_that_was_none_yet_is_not_there(as_owner, word, path):
    assert as_owner.get(f"/acme/clients/c08/{path}?{word}=2020-01-01").status_code == 404


def test_a_client_that_was_not_known_yet(as_owner):
    assert "this was no client yet" in as_owner.get("/acme/clients/c08?known=2020-01-01").content.decode()


def test_a_client_as_known_earlier_is_that_of_the_list(own_site):
    """Also when it was linked to another since, and whether the list was opened before or not."""
    from cartera.app.scope import EVERYTHING
    from cartera.app.workspace.identity.link import link_same

    link_same(EVERYTHING, own_site.desk(own_site.workspaces()["acme"]).book, "c02", "c03", by="Olga")
    owner, then = browser(own_site, "owner"), "known=2026-06-30&day=2026-06-30"
    first = owner.get(f"/acme/clients/c03/peek?{then}", headers={"HX-Request": "true"})
    assert first.status_code == 200
    assert 'data-client="c03"' in owner.get(f"/acme/clients?{then}").content.decode()
    assert owner.get(f"/acme/clients/c03/peek?{then}", headers={"HX-Request": "true"}).content == first.content


def test_a_peek_is_short_and_has_its_verbs(as_owner):
    part = as_owner.get("/acme/clients/c08/peek", headers={"HX-Request": "true"}).content.decode()
    assert "Open the whole profile" in part
    assert "do/plan" in part
    assert "<nav" not in part


def test_the_rows_behind_it(as_owner):
    part = as_owner.get("/acme/clients/c08/why", headers={"HX-Request": "true"}).content.decode()
    assert "last invoice" in part
    assert "1,800" in part


@pytest.mark.thorough
def test_what_people_decided_is_told_and_taken_back(own_site):
    rep = browser(own_site, "rep")
    rep.post("/acme/do/note", sending(rep.get("/acme/do/note?client=c08"), text="wants blue paper"))
    rep.post("/acme/do/plan", sending(rep.get("/acme/do/plan?client=c08"), day=str(soon()), amount="500"))
    page = unescape(rep.get("/acme/clients/c08?events=decisions").content.decode())
    assert "Planned 500.00" in page
    assert re.search(r"do/move\?[^\"]*plan=plan-", page)
    html = unescape(rep.get("/acme/clients/c08?events=contacts").content.decode())
    story = html[html.index('id="story"') :]
    assert "Wants blue paper" in story
    undo = re.search(r'action="([^"]+)".*?name="request_id" value="([^"]+)"', story, re.DOTALL)
    done = rep.post(undo[1], {"request_id": undo[2]})
    assert (done.status_code, done["Location"]) == (302, "/acme/clients/c08?events=contacts")
    assert "taken back" in rep.get(done["Location"]).content.decode()
