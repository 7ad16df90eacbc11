"""The settings: who changes what, that it holds, that it is written down, and that nobody else sees it."""

from __future__ import annotations

import io
import re
from zipfile import ZipFile

import pytest
from django.test import Client as Browser
from tests.web.company import PEOPLE
from tests.web.conftest import browser

SET = {
    "name": "Acme", "currency": "USD", "time_zone": "Europe/Lisbon", "language": "en", "fiscal_year_start": "04-01",
    "roll_up": "no",
}  # fmt: skip


@pytest.fixture
def owner(own_site):
    return browser(own_site, "owner")


def member(site, who):
    from cartera.ledger.models import Membership

    return Membership.objects.using(site.alias).get(user__email=PEOPLE[who], workspace__name="Acme")


def text_of(answer):
    return answer.content.decode()


def test_settings_are_changed_all_or_none(own_site, owner):
    wrong = owner.post("/acme/settings/save", SET | {"time_zone": "Europe/Lisboa"})
    assert wrong.status_code == 422 and "Did you mean Europe/Lisbon?" in text_of(wrong)
    assert own_site.workspaces()["acme"].currency == "EUR", "the currency stood before the zone and was taken back"
    assert owner.post("/acme/settings/save", SET)["Location"] == "/acme/settings"
    held = own_site.workspaces()["acme"]
    assert (held.currency, held.fiscal_year_start, held.settings["roll_up"]) == ("USD", "04-01", False)
    audit = text_of(owner.get("/acme/settings/audit?kind=settings"))
    assert "currency EUR" in audit and "currency USD" in audit


@pytest.mark.thorough
def test_addresses_follow_the_name(own_site, owner):
    assert owner.post("/acme/settings/save", {"name": "Rival"}).status_code == 422
    assert owner.post("/acme/settings/save", {"name": ""}).status_code == 422
    assert owner.post("/acme/settings/save", {"name": "Acme & Sons"})["Location"] == "/acme-sons/settings"
    assert [owner.get(f"/{word}/settings").status_code for word in ("acme", "acme-sons")] == [404, 200]
    assert "acme-sons" in own_site.workspaces()


def test_an_owner_invites_and_the_link_is_shown_once(own_site, owner):
    sent = {"email": "nina@acme.example", "role": "rep", "rep": "Ana"}
    assert "known as a sales rep" in text_of(owner.post("/acme/settings/people/invite", sent | {"rep": ""}))
    page = text_of(owner.post("/acme/settings/people/invite", sent))
    link = re.search(r'value="http://testserver(/join/[^"]+)"', page)[1]
    assert Browser().get(link).status_code == 200
    assert link not in text_of(owner.get("/acme/settings/people"))
    number = re.search(r"invitations/(\d+)/withdraw", page)[1]
    assert owner.post(f"/acme/settings/invitations/{number}/withdraw").status_code == 302
    assert Browser().get(link).status_code == 404
    assert owner.post(f"/acme/settings/invitations/{number}/withdraw").status_code == 404
    assert own_site.text


@pytest.mark.thorough
def test_an_owner_changes_disables_and_removes(own_site, owner):
    rep, at = browser(own_site, "rep"), f"/acme/settings/people/{member(own_site, 'rep').pk}"
    assert rep.get("/acme/settings").status_code == 200
    owner.post(f"{at}/change", {"role": "viewer", "sees": "team", "team": "north", "grants": ["export"]})
    assert member(own_site, "rep").grants == ["export"]
    assert 'value="export" checked' in text_of(owner.get(at))
    owner.post(f"{at}/disable")
    assert rep.get("/acme/settings").status_code == 302, "signed out: there is nowhere to go"
    owner.post(f"{at}/enable")
    assert browser(own_site, "rep").get("/acme/settings").status_code == 200
    reset = re.search(r'value="http://testserver(/reset/[^"]+)"', text_of(owner.post(f"{at}/reset")))[1]
    assert Browser().get(reset).status_code == 200
    assert owner.post(f"{at}/remove")["Location"] == "/acme/settings/people"
    assert owner.get(at).status_code == 404


def test_the_last_owner_cannot_go(own_site, owner):
    at = f"/acme/settings/people/{member(own_site, 'owner').pk}"
    for act in ("disable", "remove"):
        answer = owner.post(f"{at}/{act}")
        assert answer.status_code == 422 and "last owner" in text_of(answer)
    assert owner.post(f"{at}/change", {"role": "viewer"}).status_code == 422


@pytest.mark.thorough
def test_a_key_is_shown_once_and_revoked(own_site):
    rep = browser(own_site, "rep")
    assert rep.post("/acme/settings/keys/make", {"name": "x", "days": "9999"}).status_code == 422
    page = text_of(rep.post("/acme/settings/keys/make", {"name": "Warehouse", "days": "30"}))
    token = re.search(r'value="(cartera_[^"]+)"', page)[1]
    listed = text_of(rep.get("/acme/settings/keys"))
    assert token not in listed and token[:14] in listed and "Warehouse" in listed
    number = re.search(r"keys/(\d+)/revoke", listed)[1]
    other = browser(own_site, "other_rep")
    assert other.post(f"/acme/settings/keys/{number}/revoke").status_code == 404
    assert "Warehouse" not in text_of(other.get("/acme/settings/keys"))
    assert rep.post(f"/acme/settings/keys/{number}/revoke").status_code == 302
    assert "Warehouse" not in text_of(rep.get("/acme/settings/keys"))


@pytest.mark.thorough
def test_sign_ins_are_listed_and_ended(own_site, owner):
    rep = browser(own_site, "rep")
    rep.get("/account")
    page = text_of(owner.get("/acme/settings/sign-ins"))
    assert PEOPLE["rep"] in page and PEOPLE["stranger"] not in page
    assert rep.session.session_key not in page
    handle = re.search(PEOPLE["rep"] + r".*?sign-ins/(\w+)/end", page, re.DOTALL)[1]
    assert owner.post(f"/acme/settings/sign-ins/{handle}/end").status_code == 302
    assert rep.get("/account").status_code == 302
    assert PEOPLE["owner"] not in text_of(browser(own_site, "rep").get("/acme/settings/sign-ins"))


def test_the_audit_is_filtered_and_taken_along(own_site, owner):
    owner.post("/acme/settings/save", SET)
    assert "No line fits." in text_of(owner.get("/acme/settings/audit?on=1999-01-01"))
    assert "Olga" in text_of(owner.get("/acme/settings/audit?kind=import"))
    assert "No line fits." in text_of(owner.get("/acme/settings/audit?who=rep"))
    file = owner.post("/acme/settings/audit/take", {"format": "csv", "kind": "import"})
    assert file["Content-Type"] == "text/csv; charset=utf-8"
    assert text_of(file).splitlines()[0].startswith("number,change,at,by,verb") and len(text_of(file).splitlines()) == 2
    assert "export" in text_of(owner.get("/acme/settings/audit?kind=export"))
    assert owner.post("/acme/settings/audit/take", {"format": "exe"}).status_code == 400
    assert own_site.text


@pytest.mark.thorough
def test_a_manager_sees_the_audit_of_its_team(own_site, owner):
    manager = browser(own_site, "manager")
    owner.post("/acme/settings/save", SET)
    browser(own_site, "rep").post("/acme/settings/keys/make", {"name": "Warehouse"})
    page = text_of(manager.get("/acme/settings/audit"))
    assert "Warehouse" in page and "USD" not in page and "Olga" not in page
    assert browser(own_site, "rep").get("/acme/settings/audit").status_code == 403


def body_of(answer):
    return b"".join(answer.streaming_content)


@pytest.mark.thorough
def test_the_tables_go_along_for_who_sees_them(own_site):
    archive = ZipFile(io.BytesIO(body_of(browser(own_site, "manager").post("/acme/settings/backup/tables"))))
    clients = archive.read("clients.csv").decode()
    assert "c00" in clients and "c01" not in clients


@pytest.mark.thorough
def test_a_backup_never_takes_another_workspace_along(own_site, owner):
    answer = owner.post("/acme/settings/backup/whole")
    assert answer.status_code == 422 and "holds other workspaces as well" in text_of(answer)
    assert own_site.text


def test_the_tick_that_shows_imports_promises_no_undo(as_owner):
    html = as_owner.get("/acme/settings/people").content.decode()
    assert "See imports" in html and "undo imports" not in html


def test_the_audit_of_a_team_holds_nothing_of_a_namesake(own_site, owner):
    from cartera.ledger.models import AuditValue, Change, User

    owner.post("/acme/do/note?client=c00", {"text": "Call back.", "request_id": "a note"})
    made = Change.objects.using(own_site.alias).get(kind="note")
    manager = browser(own_site, "manager")
    User.objects.using(own_site.alias).filter(email=PEOPLE["rep"]).update(name="owner")
    assert "Call back." not in text_of(manager.get("/acme/settings/audit"))
    Change.objects.using(own_site.alias).update(user=User.objects.using(own_site.alias).get(email=PEOPLE["rep"]))
    assert AuditValue.objects.using(own_site.alias).filter(entry__change_number=made.number).count() == 1
    assert "Call back." in text_of(manager.get("/acme/settings/audit"))
