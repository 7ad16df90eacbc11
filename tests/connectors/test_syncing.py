"""Does a source become facts, whole, once, and again after every fault?"""

from __future__ import annotations

from datetime import date

from tests.connectors.running import ran
from tests.connectors.toy import SIZE, asked

from cartera.app.workspace.incomplete import incomplete
from cartera.ledger.models import Invoice, Problem
from cartera.sources.kit.faults import Fault


def facts(book):
    rows = Invoice.objects.using(book.alias).filter(until_version=None, is_deleted=False).order_by("invoice_id")
    return list(rows.values_list("invoice_id", "client_id", "issued_on", "amount", "state", "paid_on"))


def test_everything_arrives_the_newest_first(book, books, server, source):
    outcome = ran(book, source)
    assert outcome.outcome == "done"
    assert outcome.problems == []
    assert len(facts(book)) == len(books.rows["invoices"])
    dated = [one for one in asked(server) if one.startswith("/invoices")]
    assert "until=2024" not in dated[0]
    assert "until=2024" in dated[-1]
    source.refresh_from_db(using=book.alias)
    assert source.complete_since == date.min


def test_reading_again_changes_nothing(book, books, server, source):
    ran(book, source)
    version, before, count = book.facts_version, facts(book), len(server.asked)
    assert ran(book, source).new == 0
    assert (book.facts_version, facts(book)) == (version, before)
    assert len(server.asked) - count <= 3 + len(books.rows["invoices"]) // SIZE


def test_an_edit_a_payment_and_a_deletion_arrive(book, books, source):
    ran(book, source)
    books.put("invoices", "i3", net="77.77")
    books.put("payments", "p1", invoice="i4", paid_on="2026-03-30")
    books.put("invoices", "i5", deleted=True)
    ran(book, source)
    found = {one[0]: one for one in facts(book)}
    assert str(found["toy:invoices:i3"][3]) == "77.7700"
    assert found["toy:invoices:i4"][5] == date(2026, 3, 30)
    assert "toy:invoices:i5" not in found


def test_a_refused_list_keeps_no_other_from_being_read(book, books, server, source):
    server.faults = (Fault("refused", every=1, path="/payments"),)
    outcome = ran(book, source)
    assert outcome.outcome == "incomplete"
    assert "a fault: refused" in outcome.problems[0]
    assert len(facts(book)) == len(books.rows["invoices"])


def test_a_record_that_no_map_reads_keeps_no_other_from_landing(book, books, source):
    books.put("invoices", "i7", date="2026-02-30")
    ran(book, source)
    assert len(facts(book)) == len(books.rows["invoices"]) - 1
    problem = Problem.objects.using(book.alias).get(resolved_at=None)
    assert (problem.code, problem.key) == ("MAP_FAILED", "i7")
    books.put("invoices", "i7", date="2026-03-03")
    ran(book, source)
    assert len(facts(book)) == len(books.rows["invoices"])
    assert not Problem.objects.using(book.alias).filter(resolved_at=None).exists()


def test_every_third_answer_is_cut_off_and_nothing_is_lost(book, books, server, source):
    server.faults = (Fault("cut", every=3),)
    assert ran(book, source).outcome == "done"
    assert len(facts(book)) == len(books.rows["invoices"])


def test_answers_say_so_while_a_source_is_not_read_whole(book, server, source):
    assert incomplete(book) == ["toy has not been read whole yet: clients and invoices may be missing."]
    server.faults = (Fault("refused", every=1, path="/payments"),)
    ran(book, source)
    assert incomplete(book) == ["Not everything of toy could be read: payments."]
    server.faults = ()
    ran(book, source)
    assert incomplete(book) == []
    source.state = "reconnect"
    source.save(using=book.alias)
    assert incomplete(book) == ["toy must be connected again: what came since its last sync is missing."]
