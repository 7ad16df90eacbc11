"""Does a file come in through the browser: understood, asked about, imported once, taken back?"""

from __future__ import annotations

import io
import zipfile

import pytest
from tests.web.conftest import browser
from tests.web.pages.sending import Sender, hidden, main

SALES = """Invoice,Customer,Date,Amount,Currency
A1,Nordic Tools,2026-03-31,1250.50,EUR
A2,Orion Pharma,2026-04-15,300.00,EUR
A3,Nordic Tools,2026-04-20,-50.00,EUR
"""
UNCLEAR = "Invoice,Customer,Date,Amount\nB1,Nordic Tools,02/03/2026,10\nB2,Orion Pharma,04/05/2026,20\n"
BROKEN = "Invoice,Customer,Date,Amount\nC1,Nordic Tools,2026-03-31,10\nC2,Orion Pharma,2026-02-30,20\n"


@pytest.fixture
def owner(own_site):
    return Sender(browser(own_site, "owner"))


def invoices(site):
    from cartera.app.workspace.identity.who import held
    from cartera.ledger.models import Invoice

    return held(site.book(site.workspaces()["acme"]), Invoice).count()


@pytest.mark.thorough
def test_a_file_is_understood_imported_once_and_taken_back(own_site, owner):
    before = invoices(own_site)
    address = owner.upload("sales.csv", SALES)
    shown = main(owner.settled(address))
    assert "What we understood" in shown
    assert "2 new clients" in shown
    assert "Nordic Tools" in shown
    assert "March 2026" in shown
    assert "1,250.50" in shown
    assert invoices(own_site) == before

    done = main(owner.imported(address))
    assert "3 new invoices and credit notes, 2 new clients" in done
    assert invoices(own_site) == before + 3
    assert owner.post(f"{address}/import").status_code == 302
    assert invoices(own_site) == before + 3

    sent = {"request_id": hidden(done, "request_id")}
    number = owner.get(address)["Location"].rpartition("/")[2]
    for _ in range(2):
        assert owner.post(f"/acme/data/imports/{number}/undo", **sent).status_code == 302
    assert invoices(own_site) == before
    assert "Taken back." in owner.get(f"/acme/data/imports/{number}").content.decode()


@pytest.mark.thorough
def test_the_same_file_again_says_nothing_new(owner):
    owner.imported(owner.upload("sales.csv", SALES))
    assert "Nothing new" in main(owner.settled(owner.upload("again.csv", SALES)))
    more = main(owner.settled(owner.upload("spaced.csv", SALES + "\n")))
    assert "is there already, as it is" in more
    assert "Import 3 rows" not in more


@pytest.mark.thorough
def test_what_is_unclear_is_asked(own_site, owner):
    before = invoices(own_site)
    address = owner.upload("unclear.csv", UNCLEAR)
    assert "One thing must be said first" in owner.settled(address)
    assert owner.post(f"{address}/read").status_code == 422
    assert owner.post(f"{address}/read", **{"answer-0": "mdy"}).status_code == 302
    assert "3 Feb 2026" in main(owner.settled(address)) or "2 Feb" in owner.settled(address)
    owner.imported(address)
    assert invoices(own_site) == before + 2


@pytest.mark.thorough
def test_refused_rows_are_left_only_when_that_is_said_and_come_back_mended(own_site, owner):
    address = owner.upload("broken.csv", BROKEN)
    shown = owner.settled(address)
    assert "BAD_DATE" in shown
    assert "Import 1 rows, leave 1" in shown
    assert owner.post(f"{address}/import").status_code == 422
    done = owner.imported(address, **{"answer-0": ""})
    number = owner.get(address)["Location"].rpartition("/")[2]
    assert f"/acme/data/imports/{number}/rejects" in done
    assert "BAD_DATE" in owner.get(f"/acme/data/imports/{number}/rejects").content.decode()
    file = owner.get(f"/acme/data/imports/{number}/rejects.csv")
    assert audited(own_site, "rejects") == 2
    mended = file.content.decode("utf-8-sig").replace("2026-02-30", "2026-02-28")
    owner.imported(owner.upload("mended.csv", mended))
    assert "refused no row" in owner.get(f"/acme/data/imports/{number}/rejects").content.decode()


def audited(site, verb, by="owner"):
    from cartera.ledger.models import AuditValue

    book = site.book(site.workspaces()["acme"])
    lines = AuditValue.objects.using(site.alias).filter(entry__workspace_id=book.workspace_id, by=by)
    return lines.filter(entry__verb=verb).count()


@pytest.mark.thorough
def test_a_column_can_mean_something_else(owner):
    file = SALES.replace("Amount,Currency", "Amount,Shop").replace("EUR", "north")
    address = owner.upload("shops.csv", file)
    assert "kept as it is" in owner.settled(address)
    assert owner.post(f"{address}/read", **{"role-4": "region"}).status_code == 302
    assert '<option value="region">region</option>' in owner.settled(address)


@pytest.mark.thorough
def test_totals_of_accounting_stand_beside_ours(own_site, owner):
    address = owner.upload("sales.csv", SALES)
    fields = {"total 2026-03 EUR": "1.250,50", "total 2026-04 EUR": "240", "total all EUR": ""}
    assert owner.post(f"{address}/totals", **fields).status_code == 302
    shown = main(owner.settled(address))
    assert "agrees" in shown
    assert "10.00" in shown
    wrong = owner.post(f"{address}/totals", **{"total 2026-03 EUR": "many"})
    assert wrong.status_code == 422
    assert "no amount" in wrong.content.decode()
    owner.imported(address)
    assert audited(own_site, "reconcile") == 1
    assert "2 of 2 totals differ." in owner.get("/acme/data/sums").content.decode()


@pytest.mark.thorough
def test_tables_come_in_a_zip(owner):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("export/invoices.csv", "client_id,issued_on,amount,invoice_id\nn1,2026-03-31,10.00,i1\n")
        archive.writestr("export/clients.csv", "client_id,name\nn1,Nordic Tools\n")
        archive.writestr("export/readme.txt", "hello")
    assert "1 new invoice or credit note, 1 new client" in owner.imported(owner.upload("mine.zip", packed.getvalue()))


@pytest.mark.thorough
def test_a_zip_that_unpacks_to_too_much_is_refused(owner):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("invoices.csv", b"0" * (40 << 20))
        archive.writestr("clients.csv", b"client_id\n")
    shown = owner.settled(owner.upload("bomb.zip", packed.getvalue()))
    assert "unpacks to more than is reasonable" in shown


@pytest.mark.thorough
def test_what_is_no_table_is_refused_and_can_be_thrown_away(owner):
    address = owner.upload("../../etc/letter.pdf", b"%PDF-1.7 hello")
    shown = owner.settled(address)
    assert "This file cannot be read" in shown
    assert "letter.pdf" in shown
    assert "pending" not in main(shown).replace("data/pending", "")
    assert owner.post(f"{address}/drop").status_code == 302
    assert owner.get(address).status_code == 404


def test_nothing_and_too_much_are_refused(owner, monkeypatch):
    assert "No file was chosen" in owner.post("/acme/data/upload").content.decode()
    monkeypatch.setattr("cartera.web.receiving.LARGEST", 10 - (64 << 10))
    refused = owner.browser.post("/acme/data/upload", {"file": io.BytesIO(b"x" * 200)})
    assert refused.status_code == 422
    assert "larger than 200 MB" in refused.content.decode()


@pytest.mark.thorough
def test_an_upload_is_seen_by_nobody_else_and_is_gone_after_a_day(own_site, owner):
    import json

    address = owner.upload("sales.csv", SALES)
    assert Sender(browser(own_site, "rep")).get(address).status_code == 403
    assert Sender(browser(own_site, "stranger")).get(address).status_code == 404
    assert Sender(browser(own_site, "stranger")).get(address.replace("acme", "rival")).status_code == 404
    folder = next(one for one in (own_site_folder(own_site)).glob("pending/*/*"))
    assert oct(folder.stat().st_mode & 0o777) == "0o700"
    assert {oct(one.stat().st_mode & 0o077) for one in folder.rglob("*") if one.is_file()} == {"0o0"}
    told = json.loads((folder / "about.json").read_text())
    (folder / "about.json").write_text(json.dumps(told | {"at": "2020-01-01T00:00:00+00:00"}))
    assert owner.get(address).status_code == 404
    owner.upload("other.csv", SALES + "A4,Nordic Tools,2026-05-01,1.00,EUR\n")
    assert not folder.exists()


def own_site_folder(site):
    from cartera.app.workspace.place import place

    return place(site.text).folder


@pytest.mark.thorough
def test_an_import_whose_server_was_killed_goes_on_when_somebody_looks(own_site, owner):
    import json

    before, address = invoices(own_site), owner.upload("sales.csv", SALES)
    folder = next(one for one in own_site_folder(own_site).glob("pending/*/*"))
    (folder / "accepted").touch()
    stopped = {"step": "importing", "at": "2026-01-01T00:00:00+00:00", "share": 0.5, "told": {"owner": "elsewhere:1"}}
    (folder / "state.json").write_text(json.dumps(stopped | {"questions": []}))
    assert "3 new invoices" in owner.settled(address)
    assert invoices(own_site) == before + 3


@pytest.mark.thorough
def test_an_import_beside_another_is_refused_and_can_be_ordered_again(own_site, owner):
    from cartera.app.clock import now
    from cartera.ledger.lease import held

    before, address = invoices(own_site), owner.upload("sales.csv", SALES)
    with held(own_site.book(own_site.workspaces()["acme"]), "import", now):
        assert owner.post(f"{address}/import").status_code == 302
        refused = owner.settled(address)
    assert "Nothing was imported" in refused
    assert "another import is running" in refused
    assert owner.post(f"{address}/read").status_code == 302
    owner.settled(address)
    owner.imported(address)
    assert invoices(own_site) == before + 3


@pytest.mark.thorough
def test_what_kind_of_file_it_is_can_be_said(owner):
    address = owner.upload("titled.csv", "Sales of spring\n\n" + SALES.replace(",", ";"))
    said = {"delimiter": "semicolon", "header_row": "3", "source": "old system", "currency": ""}
    assert owner.post(f"{address}/read", **said).status_code == 302
    owner.settled(address)
    assert "old system" in owner.imported(address)
    wrong = owner.upload("other.csv", SALES + "A9,Bolt,2026-05-01,1.00,EUR\n")
    assert owner.post(f"{wrong}/read", currency="XQX", header_row="x").status_code == 302
    refused = owner.settled(wrong)
    assert "This file cannot be read" in refused
    assert owner.post(f"{wrong}/read").status_code == 302
    assert "What we understood" in owner.settled(wrong)
