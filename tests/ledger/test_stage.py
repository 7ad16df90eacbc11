"""Do many rows become facts at once, each counted as new, changed or unchanged, and none before they are published?"""

from __future__ import annotations

from decimal import Decimal

import pytest
from tests.ledger.facts import amounts, everything, imported, invoice_rows, moment

from cartera.ledger.database import connection
from cartera.ledger.entry import entry
from cartera.ledger.models import Invoice, Line
from cartera.ledger.stage import CHUNK, Published, document_of, publish, stage, write_lines

TEN = {f"i{number}": Decimal(number) for number in range(10)}


def test_rows_are_new_once(book):
    assert imported(book, invoice_rows(TEN)) == Published(new=10, changed=0, unchanged=0)
    assert amounts(book) == TEN
    before = everything(book)
    assert imported(book, invoice_rows(TEN)) == Published(new=0, changed=0, unchanged=10)
    assert (everything(book), book.facts_version) == (before, 1)


def test_a_row_that_says_something_new_ends_the_one_before_it(book):
    imported(book, invoice_rows(TEN))
    said = TEN | {"i3": Decimal("3.5"), "i99": Decimal(99)}
    assert imported(book, invoice_rows(said)) == Published(new=1, changed=1, unchanged=9)
    assert amounts(book) == said
    history = Invoice.objects.using(book.alias).filter(key="i3").order_by("from_version")
    assert [(row.from_version, row.until_version, row.amount) for row in history] == [
        (1, 2, Decimal(3)),
        (2, None, Decimal("3.5")),
    ]


def test_a_tombstone_takes_a_row_away_once(book):
    imported(book, invoice_rows(TEN))
    gone = invoice_rows({"i3": TEN["i3"]}, deleted=["i3"])
    assert imported(book, gone) == Published(new=0, changed=1, unchanged=0)
    assert imported(book, gone) == Published(new=0, changed=0, unchanged=1)
    assert amounts(book) == {key: amount for key, amount in TEN.items() if key != "i3"}


def test_more_rows_than_one_chunk_arrive_whole(book):
    many = {f"i{number}": Decimal(number) for number in range(CHUNK + 7)}
    assert imported(book, invoice_rows(many)).new == CHUNK + 7
    assert sum(amounts(book).values()) == sum(many.values())


def test_staged_rows_are_no_facts_and_hold_no_lock(book):
    stage(book, Invoice, invoice_rows(TEN))
    assert not connection(book.alias).in_atomic_block
    assert (amounts(book), book.facts_version) == ({}, 0)


def test_a_published_import_that_fails_afterwards_never_was(book):
    staged = stage(book, Invoice, invoice_rows(TEN))
    with pytest.raises(InterruptedError):
        stopped_after_publishing(book, staged)
    assert (everything(book), book.facts_version) == ([], 0)


def test_rows_that_cannot_be_staged_leave_the_connection_as_it_was(book):
    with pytest.raises(ZeroDivisionError):
        stage(book, Invoice, (1 / 0 for _ in range(1)))
    assert imported(book, invoice_rows(TEN)).new == 10


def test_lines_are_written_ahead_of_their_document(book):
    document = document_of(7, 3)
    rows = [(document, number, "Soap", None, "1", 25_000, None, "{}") for number in range(3)]
    assert write_lines(book, rows) == 3
    lines = Line.objects.using(book.alias).filter(document=document)
    assert [line.amount for line in lines] == [Decimal("2.5")] * 3
    assert document_of(7, 3) != document_of(3, 7)


def stopped_after_publishing(book, staged):
    with entry(book, "import", at=moment(1), by="Ana") as made:
        publish(made, staged)
        raise InterruptedError
