"""What becomes of odd records: unknown, unmappable, used twice, late, without a time, mapped by other maps?"""

from __future__ import annotations

import random
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from tests.connectors.running import TODAY, connected, ran, tables
from tests.connectors.toy import SIZE, Toy, filled
from tests.ledgers import MOMENT

from cartera.app.scope import EVERYTHING
from cartera.app.workspace.connecting.running import sync
from cartera.ledger.models import Invoice, Problem, RawRecord, RawVersion
from cartera.sources.kit.contract import Mapped
from cartera.sources.kit.contract import Problem as Odd
from cartera.sources.kit.faults import Fault


def synced(book, source, **words):
    """One run as the command makes it, with its sweep."""
    return sync(EVERYTHING, book, source, now=lambda: MOMENT, today=TODAY, system=Toy(), **words)


def codes(book):
    return sorted(Problem.objects.using(book.alias).filter(resolved_at=None).values_list("code", "key"))


def counted(book):
    rows = Invoice.objects.using(book.alias).filter(until_version=None, is_deleted=False, state="issued")
    return set(rows.values_list("key", flat=True))


def test_reading_again_asks_for_one_page_of_each_list(book, books, server, source):
    """G2"""
    ran(book, source)
    ran(book, source)
    before, version, count = tables(book), book.facts_version, len(server.asked)
    versions = RawVersion.objects.using(book.alias).count()
    assert ran(book, source).new == 0
    assert (tables(book), book.facts_version) == (before, version)
    assert RawVersion.objects.using(book.alias).count() == versions
    assert len(server.asked) - count == 3
    assert len(books.rows["invoices"]) > SIZE


def test_a_record_that_cannot_be_mapped_is_listed_and_the_others_land(book, books, source):
    """G10"""
    books.put("invoices", "i7", net="a lot")
    ran(book, source)
    assert codes(book) == [("MAP_FAILED", "i7")]
    assert counted(book) == set(books.rows["invoices"]) - {"i7"}
    assert RawRecord.objects.using(book.alias).filter(stream="invoices", key="i7").exists()


class Wordy(Toy):
    """A toy that knows two states of an invoice."""

    def facts(self, stream: str, key: str, payload: Any, context: Any) -> Mapped:
        made = super().facts(stream, key, payload, context)
        if payload.get("state", "sent") in ("sent", "void"):
            return made
        odd = Odd("STATUS_UNKNOWN", f"{payload['state']} is no state that we know.")
        return replace(made, documents=tuple(replace(one, state="void") for one in made.documents), problems=(odd,))


def test_an_unknown_state_is_kept_listed_and_counts_nothing(book, books, source):
    """G4"""
    books.put("invoices", "i7", state="pondered")
    ran(book, source, Wordy())
    assert codes(book) == [("STATUS_UNKNOWN", "i7")]
    assert counted(book) == set(books.rows["invoices"]) - {"i7"}
    assert Invoice.objects.using(book.alias).get(key="i7", until_version=None).amount == Decimal("10.7")


def test_a_new_version_of_the_maps_asks_for_nothing(book, server, source):
    """G11"""
    ran(book, source)
    before, version, count = tables(book), book.facts_version, len(server.asked)
    server.faults = ()
    newer = Toy(version=2)
    ran(book, source, newer)
    assert (tables(book), book.facts_version) == (before, version)
    assert len(server.asked) - count == 3  # what is new since then
    source.refresh_from_db(using=book.alias)
    assert source.mapping == 2


def test_an_id_that_is_used_again_for_another_client(book, books, source):
    """G12: both versions stay readable."""
    ran(book, source)
    books.put("invoices", "i3", client="c1", net="5")
    ran(book, source)
    assert codes(book) == [("CLIENT_CHANGED", "i3")]
    rows = Invoice.objects.using(book.alias).filter(key="i3").order_by("from_version")
    assert list(rows.values_list("client_id", flat=True)) == ["toy:c3", "toy:c1"]
    assert RawVersion.objects.using(book.alias).filter(stream="invoices", key="i3").count() == 2
    ran(book, source, Toy(version=2))  # mapped again, and nothing new came
    assert codes(book) == [("CLIENT_CHANGED", "i3")]
    books.put("invoices", "i3", net="6")
    ran(book, source, Toy(version=2))
    assert codes(book) == []


def test_a_record_without_a_time_is_found_by_the_sweep(book, books, source):
    """G9"""
    synced(book, source)
    books.put("invoices", "late", number="L", client="c1", date="2026-03-02", net="7", updated=None)
    assert ran(book, source).outcome == "done"
    assert "late" not in counted(book), "no reading since then can find it: this proves nothing"
    assert swept(book, source).outcome == "done"
    assert "late" in counted(book)


def swept(book, source):
    """One run with a sweep, whenever the last one was."""
    from cartera.ledger.models import Position

    Position.objects.using(book.alias).filter(source=source).update(swept_at=None)
    return synced(book, source)


def test_what_vanished_is_gone_after_the_sweep_and_keeps_what_it_said(book, books, source):
    synced(book, source)
    del books.rows["invoices"]["i3"]
    ran(book, source)
    assert "i3" in counted(book)
    assert swept(book, source).outcome == "done"
    assert "i3" not in counted(book)
    assert RawRecord.objects.using(book.alias).get(stream="invoices", key="i3").deleted_at is not None
    books.put("invoices", "i3", number="N3", client="c3", date="2026-03-02", net="10.3")
    assert swept(book, source).outcome == "done"
    assert "i3" in counted(book)


def test_a_sweep_that_would_take_much_away_asks(book, books, source):
    synced(book, source)
    kept = dict(books.rows["invoices"])
    books.rows["invoices"] = dict(list(kept.items())[:20])
    outcome = swept(book, source)
    assert outcome.outcome == "incomplete"
    assert "25 records of invoices are not there any more" in outcome.problems[0]
    assert counted(book) == set(kept)
    source.refresh_from_db(using=book.alias)
    source.settings["may_vanish"] = "invoices"
    source.save(using=book.alias)
    assert swept(book, source).outcome == "done"
    assert counted(book) == set(books.rows["invoices"])
    source.refresh_from_db(using=book.alias)
    assert "may_vanish" not in source.settings


def test_keys_that_leave_out_what_is_there_take_nothing_away(book, books, source, monkeypatch):
    synced(book, source)
    monkeypatch.setattr(Toy, "keys", lambda *_: iter([key for key in books.rows["invoices"] if key != "i3"]))
    assert swept(book, source).outcome == "incomplete"
    assert counted(book) == set(books.rows["invoices"])


@pytest.mark.parametrize("count", [500, pytest.param(100_000, marks=pytest.mark.slow)])
def test_amounts_come_to_their_exact_sum(book, count):
    """G16"""
    draw = random.Random(16)
    books = filled(1, 1)
    amounts = [Decimal(draw.randrange(-(10**11), 10**11)).scaleb(-draw.randrange(5)) for _ in range(count)]
    for one, net in enumerate(amounts):
        books.put("invoices", f"a{one}", number="", client="c0", date="2026-01-05", net=f"{net:f}")
    toy = Toy(size=1000)
    with books.served() as server:
        ran(book, connected(book, server.base, toy), toy)
    rows = Invoice.objects.using(book.alias).filter(key__startswith="a", until_version=None)
    assert sum(rows.values_list("amount", flat=True), Decimal(0)) == sum(amounts, Decimal(0))


def test_a_clock_that_is_ahead_hides_no_edit(book, books, server, source):
    """The position is the records' own time where the source's clock is an hour ahead of it."""
    server.faults = (Fault("clock", every=1, seconds=3600),)
    ran(book, source)
    books.put("invoices", "i3", net="9.99")
    ran(book, source)
    assert Invoice.objects.using(book.alias).get(key="i3", until_version=None).amount == Decimal("9.99")


def test_a_void_invoice_keeps_its_amount_and_counts_nothing(book, books, source):
    ran(book, source)
    books.put("invoices", "i3", void=True)
    ran(book, source)
    row = Invoice.objects.using(book.alias).get(key="i3", until_version=None)
    assert (row.state, row.amount) == ("void", Decimal("10.3"))
    assert "i3" not in counted(book)
