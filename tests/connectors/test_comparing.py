"""Is it found when our facts and the source do not agree? Month by month, and mended where it can be."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from tests.connectors.running import TODAY, ran, tables
from tests.connectors.toy import Toy
from tests.ledgers import MOMENT

from cartera.app.scope import EVERYTHING
from cartera.app.workspace.connecting.comparing import compare, differing
from cartera.app.workspace.connecting.connecting import way
from cartera.app.workspace.connecting.landing import Ground
from cartera.app.workspace.connecting.running import sync
from cartera.ledger.models import Invoice, Problem
from cartera.sources.kit.faults import Fault


def compared(book, source):
    """The differences that were found, each as month, number and sum."""
    source.refresh_from_db(using=book.alias)
    with way(book, source, Toy(), lambda: MOMENT) as http:
        found = compare(Ground(book, source, Toy(), None, lambda: MOMENT, TODAY), http)
    return [(one.month, one.count, one.amount) for one in found]


def amount(book, key):
    return Invoice.objects.using(book.alias).get(key=key, until_version=None, is_deleted=False).amount


def test_where_all_agrees_nothing_changes(book, source):
    ran(book, source)
    before, version = tables(book), book.facts_version
    assert compared(book, source) == []
    assert (tables(book), book.facts_version) == (before, version)


def test_an_invoice_that_was_hidden_is_found_with_its_month(book, server, source):
    """G13"""
    server.faults = (Fault("gap", on=(1,), path="/invoices"),)
    assert ran(book, source).outcome == "done", "nothing tells that one was hidden"
    missing = Invoice.objects.using(book.alias).filter(until_version=None).count()
    assert missing == 44
    server.faults = ()
    assert compared(book, source) == [("2026-03", 1, Decimal(10))]
    assert Invoice.objects.using(book.alias).filter(until_version=None).count() == 45
    assert differing(book, source) == []


def test_a_back_dated_edit_is_found(book, books, source):
    """G9: a change that moves no update time is in no answer about what is new."""
    ran(book, source)
    books.rows["invoices"]["i3"]["net"] = "99.00"
    ran(book, source)
    assert amount(book, "i3") == Decimal("10.3")
    assert [one[1:] for one in compared(book, source)] == [(0, Decimal("88.7"))]
    assert amount(book, "i3") == Decimal(99)


def test_what_the_list_goes_on_hiding_is_told_until_it_shows_it(book, books, source):
    """G13: the page says so until the source shows it again."""
    ran(book, source)
    books.hidden = {"i0"}
    assert compared(book, source) == [("2026-03", -1, Decimal(-10))]
    assert differing(book, source) == [
        "2026-03: source and facts differ by -1 documents (invoice) and -10 EUR."
    ]  # fmt: skip
    assert Invoice.objects.using(book.alias).filter(until_version=None, is_deleted=False).count() == 45
    books.hidden = set()
    assert compared(book, source) == []
    assert differing(book, source) == []
    assert not Problem.objects.using(book.alias).filter(resolved_at=None).exists()


def test_it_is_done_once_a_week(book, server, source):
    later = [MOMENT]

    def synced():
        count = len(server.asked)
        sync(EVERYTHING, book, source, now=lambda: later[0], today=TODAY, system=Toy())
        return len(server.asked) - count

    synced()
    usual = synced()
    later[0] = MOMENT + timedelta(days=7)
    assert synced() > usual + 4
    later[0] += timedelta(minutes=1)
    assert synced() == usual
