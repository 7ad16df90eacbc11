"""Do files as programs export them come in as they should? The acceptance cases, through the import."""

from __future__ import annotations

import gzip

import pytest
from tests.ledger.facts import held
from tests.shared import shared
from tests.workspace.importing.bringing import TODAY, Desk, clients, counts, invoices

from cartera.app.workspace.importing.prepare import Earlier
from cartera.errors import Ambiguous
from cartera.ledger.models import Batch, Client, Invoice, Line


def test_a_quickbooks_report_is_asked_about_and_then_agrees_with_its_own_sums(desk: Desk) -> None:
    file = shared("payloads", "files", "qbo_sales_by_customer_detail.csv")
    with pytest.raises(Ambiguous) as asked:
        desk.looked(file)
    (question,) = asked.value.questions
    assert (question.option, question.preselected) == ("--date-order", "mdy")
    seen = desk.looked(file, date_order="mdy")
    assert seen.preview.equation.startswith("3 rows: 15 read = 3 accepted + 0 rejected + 12 structural")
    assert [one["agrees"] for one in seen.preview.controls] == [True] * 4
    desk.imports(file, date_order="mdy")
    assert invoices(desk.book) == [
        ("1021", "Amy's Bird Sanctuary", "2026-01-02", "35.00"),
        ("1026", "Amy's Bird Sanctuary", "2026-02-03", "-100.00"),
        ("1004", "Cool Cars, Inc", "2026-03-01", "2250.00"),
    ]
    assert isinstance(desk.prepared(file), Earlier)


def test_client_codes_keep_their_zeros(desk: Desk) -> None:
    desk.imports(shared("payloads", "files", "leadzero.csv"))
    assert [row[0] for row in clients(desk.book)][:2] == ["007", "012"]


def test_a_harvest_report_comes_in_without_a_question(desk: Desk) -> None:
    head = "Issue Date,Last Payment Date,ID,PO Number,Client,Subject,Invoice Amount,Paid Amount,Balance,Subtotal,"
    head += "Discount,Tax,Tax2,Currency,Currency Symbol,Document Type,Client Address\n"
    row = '2026-03-31,,1001,,Acme,Work,"20 160,0","0,0","20 160,0","20 160,0","0,0","0,0","0,0",'
    row += 'Swedish Krona - SEK,kr,Invoice,"Street 1\nTown\nSweden"\n'
    desk.imports(head + row)
    (found,) = held(desk.book, Invoice)
    assert (found.currency, str(found.amount), found.issued_on) == ("SEK", "20160.0000", TODAY)


@pytest.mark.thorough
def test_half_a_million_rows_of_a_wholesaler(desk: Desk) -> None:
    file = shared("data", "online_retail_uci.csv.gz")
    done = desk.imports(file)
    assert counts(done) == (25_900, 0, 0)
    batch = Batch.objects.using(desk.book.alias).get()
    assert (batch.rows_in, batch.rows_new, batch.rows_rejected, batch.rows_structural) == (541_910, 541_909, 0, 1)
    documents = held(desk.book, Invoice)
    assert (documents.count(), documents.filter(client_id=None).count()) == (25_900, 3_710)
    assert (held(desk.book, Client).count(), Line.objects.using(desk.book.alias).count()) == (4_372, 541_909)
    assert documents.filter(number__startswith="A", kind="credit_note").count() == 2
    assert isinstance(desk.prepared(file), Earlier)
    version = desk.book.facts_version
    assert counts(desk.imports(desk.written(gzip.decompress(file.read_bytes()), "unpacked.csv"))) == (0, 0, 25_900)
    assert desk.book.facts_version == version
    desk.undoes(2)
    desk.undoes(1)
    assert held(desk.book, Invoice).count() == held(desk.book, Client).count() == 0


def test_our_own_schema_keeps_its_ids_and_days(desk: Desk) -> None:
    text = """
        invoice_id,client_id,kind,state,issued_on,known_on,void_on,amount,currency,credits
        a1,acme,invoice,issued,2026-01-31,,,100.00,EUR,
        a2,acme,credit_note,issued,2026-02-28,,,-100.00,EUR,a1
        a3,acme,invoice,planned,2026-05-31,2026-02-01,,50.00,EUR,
        a4,acme,invoice,void,2026-02-28,,2026-03-15,70.00,EUR,
    """
    desk.imports(text)
    rows = {row.invoice_id: row for row in held(desk.book, Invoice)}
    assert {row.key for row in rows.values()} == {"a1", "a2", "a3", "a4"}
    assert (rows["a2"].kind, rows["a2"].credits) == ("credit_note", "a1")
    assert rows["a3"].known_on.isoformat() == "2026-02-01"
    assert (rows["a4"].state, rows["a4"].void_on.isoformat()) == ("void", "2026-03-15")
    assert counts(desk.imports(text.replace("acme", "beta"), with_changes=True)) == (0, 4, 0)
    assert {row[1] for row in invoices(desk.book)} == {"beta"}


def test_a_credit_note_names_its_invoice_by_the_id_that_it_has_here(desk: Desk) -> None:
    head = "invoice_id,client_id,kind,issued_on,amount,credits\n"
    rows = "a1,acme,invoice,2026-01-31,100.00,\na2,acme,credit_note,2026-02-28,-100.00,a1\n"
    desk.imports(head + rows, "books")
    desk.imports(head + rows, "shop", name="shop.csv")
    found = {row.invoice_id: row.credits for row in held(desk.book, Invoice)}
    assert found == {"a1": None, "a2": "a1", "a1 (2)": None, "a2 (2)": "a1 (2)"}
