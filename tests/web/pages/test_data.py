"""Does the page Data say what came in, what is to mend, and whether it equals accounting; and to whom?"""

from __future__ import annotations

import pytest
from tests.web.company import PEOPLE
from tests.web.conftest import browser
from tests.web.pages.sending import Sender, hidden, main

TWINS = """client_id,name,email,postcode
t1,Orion Pharma Lda,office@orion.example,1000-001
t2,Orion Pharma,office@orion.example,1000-001
"""


@pytest.fixture
def owner(own_site):
    return Sender(browser(own_site, "owner"))


def test_the_page_begins_with_the_drop_zone(as_owner):
    html = main(as_owner.get("/acme/data").content.decode())
    assert "Drop your invoice export here" in html
    assert 'enctype="multipart/form-data"' in html
    assert as_owner.get("/acme/data/imports/99").status_code == 404


@pytest.mark.thorough
def test_a_rep_does_not_get_there(enter):
    rep = enter("rep")
    assert rep.get("/acme/data").status_code == 403
    assert "/acme/data" not in rep.get("/acme/clients").content.decode()
    assert rep.post("/acme/data/upload").status_code == 403


@pytest.mark.thorough
def test_problems_name_the_clients_without_a_place(as_owner):
    html = main(as_owner.get("/acme/data/problems").content.decode())
    assert "without a sales rep" not in html


@pytest.mark.thorough
def test_totals_that_are_typed_are_kept_and_compared_to_the_cent(owner):
    html = owner.get("/acme/data/sums").content.decode()
    key = html.partition('name="total ')[2].partition('"')[0]
    assert owner.post("/acme/data/sums", **{f"total {key}": "1"}).status_code == 302
    assert "1 of 1 total differs" in main(owner.get("/acme/data/sums").content.decode())
    month, _, currency = key.partition(" ")
    documents = main(owner.get(f"/acme/data/sums/{month}?currency={currency}").content.decode())
    assert "Accounting says 1.00, a difference of" in documents
    assert owner.post("/acme/data/sums", **{f"total {key}": "x"}).status_code == 422
    assert owner.post("/acme/data/sums", **{f"total {key}": ""}).status_code == 302
    assert "No total was typed" in main(owner.get("/acme/data/sums").content.decode())
    assert owner.get("/acme/data/sums/march").status_code == 404


@pytest.mark.thorough
def test_likely_doubles_are_linked_or_kept_apart_by_a_person(own_site, owner):
    fill(own_site)
    html = main(owner.get("/acme/data/doubles").content.decode())
    assert "Orion Pharma Lda" in html
    pair = {"first": "t1", "second": "t2", "request_id": hidden(html, "request_id")}
    for _ in range(2):
        assert owner.post("/acme/data/doubles/different", **pair).status_code == 302
    html = main(owner.get("/acme/data/doubles").content.decode())
    assert "No clients look like one" in html
    assert owner.post("/acme/data/doubles/perhaps", **pair).status_code == 404
    fresh = pair | {"request_id": "another"}
    assert owner.post("/acme/data/doubles/same", **fresh).status_code == 302


def fill(site):
    import csv
    import io
    from datetime import UTC, date, datetime

    from cartera.ledger.entry import entry
    from cartera.ledger.models import Client

    book = site.book(site.workspaces()["acme"])
    with entry(book, "import", at=datetime(2026, 1, 3, tzinfo=UTC), by="Olga", told={"file": "twins.csv"}) as made:
        for row in csv.DictReader(io.StringIO(TWINS)):
            made.put(Client, row["client_id"], source="twins", created_on=date(2024, 1, 1), **row)


@pytest.mark.thorough
def test_windows_are_kept_unless_a_person_takes_the_suggested_ones(own_site, owner):
    html = main(owner.get("/acme/data/windows").content.decode())
    assert "Keep the standard" in html
    assert owner.post("/acme/data/windows/choose", windows="standard").status_code == 302
    book = own_site.book(own_site.workspaces()["acme"])
    assert not book.workspace.policy.get("text")
    assert owner.post("/acme/data/windows/choose", windows="proposed")["Location"] == "/acme/portfolio"
    assert "active_months" in book.workspace.policy["text"]
    assert Sender(browser(own_site, "manager")).post("/acme/data/windows/choose").status_code == 403


@pytest.mark.thorough
def test_an_empty_workspace_leads_to_the_drop_zone(own_site):
    from tests.web.company import KEY, MADE, PEOPLE

    from cartera.app.workspace.place import place
    from cartera.ledger.book import create_book
    from cartera.ledger.models import Membership, User

    where = place(own_site.text)
    book = create_book(where.address, "Newborn", at=MADE, key=KEY, currency="EUR", time_zone="UTC")
    sam = User.objects.using(own_site.alias).get(email=PEOPLE["viewer"])
    Membership.objects.using(own_site.alias).filter(user=sam).delete()
    place_of_sam = Membership.objects.using(own_site.alias).create(
        workspace_id=book.workspace_id, user=sam, role="owner"
    )
    visitor = Sender(browser(own_site, "viewer"))
    assert visitor.get("/")["Location"] == "/newborn/data"
    assert "Drop your invoice export" in visitor.get("/newborn/clients").content.decode()
    place_of_sam.role = "viewer"
    place_of_sam.save(using=own_site.alias)
    assert visitor.get("/")["Location"] != "/newborn/data"
    assert "Ask an owner" in visitor.get("/newborn/clients").content.decode()


def test_only_a_sample_offers_a_workspace_of_ones_own(as_owner):
    assert as_owner.get("/own").status_code == 404


@pytest.mark.thorough
def test_what_is_to_mend_comes_after_the_page(as_owner):
    html = main(as_owner.get("/acme/data").content.decode())
    assert 'hx-get="/acme/data?part=work"' not in html, "nothing was imported through the importer here"
    part = as_owner.get("/acme/data?part=work", headers={"HX-Request": "true"}).content.decode()
    assert "<form" not in part
    assert "Nothing to mend was found." in part or "<li>" in part


def test_nobody_takes_back_another_decision_as_if_it_were_an_import(own_site, owner):
    from cartera.ledger.models import Change

    assert owner.post("/acme/do/note?client=c01", text="Call back.", request_id="a note").status_code == 302
    made = Change.objects.using(own_site.alias).get(kind="note")
    assert owner.post(f"/acme/data/imports/{made.number}/undo", request_id="an undo").status_code == 404
    made.refresh_from_db(using=own_site.alias)
    assert made.undone_by_id is None


def test_who_does_not_see_every_client_neither_reads_nor_takes_back_an_import(own_site):
    from cartera.ledger.models import Change, Membership

    Membership.objects.using(own_site.alias).filter(user__email=PEOPLE["manager"]).update(grants=["import", "imports"])
    manager = browser(own_site, "manager")
    number = Change.objects.using(own_site.alias).filter(workspace__name="Acme", kind="import").first().number
    assert manager.get("/acme/data").status_code == 403
    assert manager.post(f"/acme/data/imports/{number}/undo", request_id="an undo").status_code == 403
