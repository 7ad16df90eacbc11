"""Can rules be tried, kept and published in the browser, and do contradictions say so?"""

from __future__ import annotations

import re
from html import unescape

import pytest
from tests.web.conftest import browser

FRAGMENT = {"HX-Request": "true"}
NEWS = r"Rules changed by owner on [^:]+: (?P<count>\d+) clients stand(?P<note>.*?)<a href=\"(?P<href>[^\"]+)"


def text(response):
    return response.content.decode()


def test_other_windows_name_the_clients_that_change(as_owner):
    page = text(as_owner.get("/acme/rules?active_months=2&sleeping_months=5"))
    assert "Clients that would stand elsewhere" in page
    assert 'href="/acme/clients/c02' in page


def test_the_proofs_follow_what_would_change(as_owner):
    warned = "Would these rules have warned you?"
    address = "/acme/rules?active_months=2&sleeping_months=5"
    whole, moved = text(as_owner.get(address)), text(as_owner.get(address, headers=FRAGMENT))
    assert "Clients that would stand elsewhere" in moved
    assert 'hx-get="/acme/rules/proofs?' in moved
    follows = text(as_owner.get(unescape(re.search(r'hx-get="(/acme/rules/proofs[^"]+)', moved)[1]), headers=FRAGMENT))
    said = re.search(rf"<h2>{re.escape(warned)}</h2>\s*<p>([^<]+)", whole)[0]
    assert said in follows
    assert said not in moved
    assert 'href="/acme/rules?' in follows, "the windows that the gaps propose are tried on the page itself"


def test_numbers_that_contradict_each_other_are_said_to_a_slider_too(as_owner):
    page = as_owner.get("/acme/rules?active_months=9", headers=FRAGMENT)
    assert (page.status_code, "does not hold" in text(page)) == (422, True)
    assert "rules/proofs" not in text(page)


def test_the_rules_in_force_change_nothing(as_owner):
    page = text(as_owner.get("/acme/rules"))
    assert "Clients that would stand elsewhere" not in page
    assert "at most 4 months old" in page


def test_a_contradiction_is_said_where_it_stands(as_owner):
    page = as_owner.get("/acme/rules?active_months=9")
    assert page.status_code == 422
    assert "does not hold" in text(page)


@pytest.mark.thorough
def test_from_draft_to_published(own_site):
    manager = browser(own_site, "manager")
    page = manager.post("/acme/rules/draft", {"active_months": "5", "name": "Longer", "shared": "on"})
    assert page["Location"].startswith("/acme/rules?policy=draft-")
    key = page["Location"].partition("policy=")[2]
    assert "Longer" in text(manager.get(page["Location"]))
    assert browser(own_site, "rep").post("/acme/rules/publish", {"key": key, "note": "Try"}).status_code == 403
    assert manager.post("/acme/rules/publish", {"key": key, "note": ""}).status_code == 400
    manager.post("/acme/rules/publish", {"key": key, "note": "They buy less often."})
    assert "at most 5 months old" in text(browser(own_site, "viewer").get("/acme/rules"))
    assert text(manager.get("/acme/rules/v1.toml")).startswith('policy = "kopilot"\nactive_months = 5')


@pytest.mark.thorough
def test_other_rules_are_told_on_today_until_they_were_read(own_site):
    owner, rep = browser(own_site, "owner"), browser(own_site, "rep")
    draft = owner.post("/acme/rules/draft", {"active_months": "2", "sleeping_months": "5", "name": "Shorter"})
    key = draft["Location"].partition("policy=")[2]
    assert "Rules changed by" not in text(rep.get("/acme/today"))
    owner.post("/acme/rules/publish", {"key": key, "note": "They buy more often."})
    told = {who: re.search(NEWS, text(one.get("/acme/today"))) for who, one in (("owner", owner), ("rep", rep))}
    assert int(told["owner"]["count"]) > int(told["rep"]["count"]) > 0, "in the scope of whoever reads"
    assert "They buy more often." in told["rep"]["note"]
    page = text(owner.get(unescape(told["owner"]["href"])))
    assert f"{told['owner']['count']} clients change segment" in page
    assert rep.post("/acme/today/rules", {"version": "1"})["Location"] == "/acme/today"
    assert "Rules changed by" not in text(rep.get("/acme/today"))
    assert "Rules changed by" in text(owner.get("/acme/today")), "each person reads for itself"
    assert "Rules changed by" not in text(owner.get("/acme/today?day=2026-03-31"))


def test_rules_come_from_a_file(own_site, tmp_path):
    file = tmp_path / "own.toml"
    file.write_text('policy = "salescope"\ninactive_months = 12\n')
    with file.open("rb") as sent:
        page = browser(own_site, "owner").post("/acme/rules/upload", {"file": sent})
    assert page.status_code == 302
    assert "own" in text(browser(own_site, "owner").get(page["Location"]))


def test_an_address_by_a_version_that_there_is_not(as_owner):
    assert as_owner.get("/acme/clients?policy=v7").status_code == 400
    assert as_owner.get("/acme/clients?policy=salescope").status_code == 200
