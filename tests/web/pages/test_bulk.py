"""Is something decided about several clients at once looked at first, one change, and taken back at once?"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from html import unescape
from typing import Any

import pytest
from tests.web.conftest import browser
from tests.web.test_acts import changes, sending


def text(answer: Any) -> str:
    return unescape(answer.content.decode())


@pytest.mark.thorough
def test_the_list_offers_to_tick_and_to_take_all(enter):
    html = text(enter("owner").get("/acme/clients?where=rep:Ana&where=rep:Bruno&q=client"))
    assert html.count('name="client"') == 12
    form = html[html.index('id="bulk"') :]
    assert form.count('name="where"') == 2
    assert "All 12 of this filter" in form
    viewer = text(enter("viewer").get("/acme/clients"))
    assert 'id="bulk"' not in viewer
    assert 'name="client"' not in viewer
    assert 'name="client"' not in text(enter("owner").get("/acme/clients?day=2026-01-31"))


@pytest.mark.thorough
def test_ticked_clients_are_marked_in_one_change_and_taken_back(own_site):
    owner = browser(own_site, "owner")
    page = owner.get("/acme/clients/bulk?verb=lost&client=c00&client=c02&where=rep:Ana")
    assert "Mark 2 clients lost" in text(page)
    assert "2 clients, invoiced in the last 365 days" in text(page)
    before = changes(own_site)
    form = {**sending(page, reason="price"), "client": ["c00", "c02"]}
    action = unescape(re.search(r'class="form act" method="post" action="([^"]+)"', page.content.decode())[1])
    done = owner.post(action, form)
    assert (done.status_code, done["Location"]) == (302, "/acme/clients?where=rep:Ana")
    assert owner.post(action, form)["Location"] == "/acme/clients?where=rep:Ana"
    assert changes(own_site) == before + 1
    html = text(owner.get(done["Location"]))
    assert "2 clients marked lost." in html
    undo = re.search(r'action="([^"]+do/undo[^"]+)"', html)[1]
    key = re.search(r'do/undo.*?name="request_id" value="([^"]+)"', html, re.DOTALL)[1]
    owner.post(undo, {"request_id": key})
    assert "Taken back: what was decided about 2 clients." in text(owner.get("/acme/clients"))


@pytest.mark.thorough
def test_who_does_not_fit_is_named_and_left_out(own_site):
    owner = browser(own_site, "owner")
    owner.post("/acme/do/lost", sending(owner.get("/acme/do/lost?client=c03"), reason="price"))
    page = owner.get("/acme/clients/bulk?verb=reactivate&client=c03&client=c04")
    assert "1 client is left out: it carries no mark" in text(page)
    done = owner.post("/acme/clients/bulk?verb=reactivate", {**sending(page), "client": ["c03", "c04"]})
    assert done.status_code == 302
    assert "Client 03 reactivated." in text(owner.get("/acme/clients"))
    nobody = text(owner.get("/acme/clients/bulk?verb=cancelled&client=c04"))
    assert "Mark it lost instead" in nobody
    assert 'class="form act"' not in nobody


@pytest.mark.thorough
def test_a_filter_tells_who_left_it_meanwhile(own_site):
    owner, ana = browser(own_site, "owner"), browser(own_site, "rep")
    everybody = "/acme/clients/bulk?all=1&segment=active"
    page = owner.get(everybody + "&verb=note")
    count = int(re.search(r"Note: (\d+) client", text(page))[1])
    ana.post("/acme/do/lost", sending(ana.get("/acme/do/lost?client=c00"), reason="price"))
    refused = owner.post(everybody + "&verb=note", sending(page, text="asked all"))
    assert refused.status_code == 409
    assert "Left the filter: Client 00." in text(refused)
    version = re.search(r'name="version" value="(\d+)"', page.content.decode())[1]
    assert "Left the filter: Client 00." in text(owner.get(f"{everybody}&verb=note&version={version}"))
    before = changes(own_site)
    assert owner.post(everybody + "&verb=note", sending(refused, text="asked all")).status_code == 302
    assert changes(own_site) == before + 1
    assert f"Noted about {count - 1} clients." in text(owner.get("/acme/clients"))


@pytest.mark.thorough
def test_planning_for_many_says_what_like_last_year_would_be(own_site):
    owner = browser(own_site, "owner")
    page = owner.get("/acme/clients/bulk?verb=plan&client=c00&client=c01")
    assert "Like last year would plan" in text(page)
    soon = str(datetime.now(UTC).date() + timedelta(days=40))
    form = {**sending(page), "client": ["c00", "c01"], "day": soon, "amount": "100"}
    assert owner.post("/acme/clients/bulk?verb=plan", form).status_code == 302
    assert owner.post("/acme/clients/bulk?verb=plan", form | {"request_id": "x", "amount": "many"}).status_code == 422


def test_scope_and_role_hold(enter):
    rep = enter("rep")
    assert rep.get("/acme/clients/bulk?verb=lost&client=c00&client=c01").status_code == 404
    assert rep.get("/acme/clients/bulk?verb=lost&client=z00").status_code == 404
    assert rep.get("/acme/clients/bulk?verb=assign&client=c00").status_code == 403
    assert rep.get("/acme/clients/bulk?verb=log&client=c00").status_code == 400
    assert rep.get("/acme/clients/bulk?verb=lost").status_code == 400
    assert "6 clients" in text(rep.get("/acme/clients/bulk?all=1"))
    many = "&".join(f"client=c{n}" for n in range(51))
    assert rep.get(f"/acme/clients/bulk?verb=lost&{many}").status_code == 403
    assert enter("viewer").get("/acme/clients/bulk?verb=lost&client=c00").status_code == 403
