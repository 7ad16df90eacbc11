"""Can rules be tried, kept and published in the browser, and do contradictions say so?"""

from __future__ import annotations

from tests.web.conftest import browser


def text(response):
    return response.content.decode()


def test_other_windows_name_the_clients_that_change(as_owner):
    page = text(as_owner.get("/acme/rules?active_months=2&sleeping_months=5"))
    assert "Clients that would stand elsewhere" in page
    assert 'href="/acme/clients/c02' in page


def test_the_rules_in_force_change_nothing(as_owner):
    page = text(as_owner.get("/acme/rules"))
    assert "Clients that would stand elsewhere" not in page
    assert "at most 4 months old" in page


def test_a_contradiction_is_said_where_it_stands(as_owner):
    page = as_owner.get("/acme/rules?active_months=9")
    assert page.status_code == 422
    assert "does not hold" in text(page)


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
