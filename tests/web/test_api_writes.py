"""Does a program decide and import through the API as people do on the pages, once, and within its scope?"""

from __future__ import annotations

import time
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.web.conftest import browser

from cartera.app.clock import today

DAY = (today() + timedelta(days=60)).isoformat()


def decide(caller, verb, key, **what):
    return caller.post(
        f"/api/v1/acme/do/{verb}", what, content_type="application/json", headers={"Idempotency-Key": key}
    )


def test_a_plan_sent_twice_is_made_once_and_taken_back(own_site):
    rep = browser(own_site, "rep")
    first = decide(rep, "plan", "one", client=["c00"], day=DAY, amount="1200.50")
    again = decide(rep, "plan", "one", client=["c00"], day=DAY, amount="1200.50")
    assert first.status_code == 200, first.content
    assert first.json() == again.json()
    assert "1200.50" in str(rep.get("/api/v1/acme/views/planned").json()["totals"])
    assert decide(rep, "undo", "two", **first.json()["undo"]).status_code == 200
    assert rep.get("/api/v1/acme/views/planned").json()["rows"] == []


@pytest.mark.parametrize("client", ["c01", "z00", "nobody"])
def test_who_is_not_seen_is_not_there(own_site, client):
    assert decide(browser(own_site, "rep"), "lost", "k", client=[client]).status_code == 404


def test_what_is_wrong_stands_beside_its_field(own_site):
    answer = decide(browser(own_site, "owner"), "plan", "k", client=["c00"], day="soon", amount="1200")
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["where"] == "day"


def test_a_viewer_may_not_and_a_verb_must_be_one(own_site):
    assert decide(browser(own_site, "viewer"), "note", "k", client=["c00"], text="Hello").status_code == 403
    assert decide(browser(own_site, "owner"), "forget", "k", client=["c00"]).status_code == 400


def test_what_changed_meanwhile_is_told(own_site):
    owner = browser(own_site, "owner")
    seen = owner.get("/api/v1/acme/changes").json()["facts_version"]
    decide(browser(own_site, "rep"), "note", "a", client=["c00"], text="Called.")
    answer = decide(owner, "lost", "b", client=["c00"], version=seen)
    assert (answer.status_code, answer.json()["changes"][0]["kind"]) == (409, "note")
    feed = owner.get(f"/api/v1/acme/changes?after={seen}").json()
    assert [(one["kind"], one["client_id"]) for one in feed["changes"]] == [("note", "c00")]


@pytest.mark.thorough
def test_who_sees_some_clients_follows_what_is_about_these_alone(own_site):
    owner, rep = browser(own_site, "owner"), browser(own_site, "rep")
    seen = owner.get("/api/v1/acme/changes").json()["facts_version"]
    for key, clients in (("a", ["c00", "c02"]), ("b", ["c00", "c01"]), ("c", ["c01"]), ("d", ["c04"])):
        assert decide(owner, "note", key, client=clients, text="Looked at.").status_code == 200
    told = [rep.get(f"/api/v1/acme/changes?after={after}&limit=1").json() for after in (seen, seen + 1)]
    assert [[one["client_id"] for one in feed["changes"]] for feed in told] == [[None], ["c04"]]
    assert [feed["next"] for feed in told] == [seen + 1, seen + 4]
    assert len(owner.get(f"/api/v1/acme/changes?after={seen}").json()["changes"]) == 4
    assert not [one for one in rep.get("/api/v1/acme/changes").json()["changes"] if one["kind"] == "import"]


@pytest.mark.thorough
def test_a_file_from_sending_to_import(own_site):
    owner = browser(own_site, "owner")
    content = b"invoice,client,date,amount\nX1,New Client,2026-11-02,500.00\nX2,New Client,2026-10-02,700.00\n"
    sent = owner.post("/api/v1/acme/imports", {"file": SimpleUploadedFile("sales.csv", content)})
    assert sent.status_code == 201, sent.content
    address = f"/api/v1/acme/imports/pending/{sent.json()['token']}"
    assert waited(owner, address, "reading")["step"] == "ready"
    assert browser(own_site, "rep").get(address).status_code == 403
    assert owner.post(f"{address}/accept").status_code == 202
    assert waited(owner, address, "importing")["step"] == "done"
    names = [row["name"] for row in owner.get("/api/v1/acme/views/clients").json()["rows"]]
    assert "New Client" in names
    assert owner.get("/api/v1/acme/imports").json()["rows"][0]["file"] == "sales.csv"


def waited(caller, address, while_it_is):
    for _ in range(200):
        told = caller.get(address).json()
        if told["step"] != while_it_is:
            return told
        time.sleep(0.1)
    raise AssertionError(told)


def test_a_key_stands_for_one_decision(own_site):
    rep = browser(own_site, "rep")
    assert decide(rep, "note", "same", client=["c00"], text="Called.").status_code == 200
    answer = decide(rep, "lost", "same", client=["c02"])
    assert (answer.status_code, answer.json()["where"]) == (422, "Idempotency-Key")
