"""Is a list that changes while it is read, read whole? Walked by key and by link; by number records are lost."""

from __future__ import annotations

import pytest
from tests.connectors.toy import Toy, filled

from cartera.sources.kit.contract import Position, Window
from cartera.sources.kit.faults import Fault
from cartera.sources.kit.http import Http
from cartera.sources.kit.refusals import ForeignHostError

WHOLE = Window()
SIZE = 100


def walked(toy, server, stream):
    """Every record that arrives, in order."""
    http = Http(server.base, frozenset({"127.0.0.1"}), budget=toy.budget, token=lambda _: "canary-token", is_local=True)
    wanted = next(one for one in toy.streams if one.name == stream)
    try:
        return [one.key for page in toy.pull(http, wanted, Position(), WHOLE) for one in page.records]
    finally:
        http.close()


def lost(toy, invoices, edits):
    """How many of so many invoices never arrive when the oldest are edited before these pages are answered."""
    books = filled(1, invoices)
    first = iter(list(books.rows["invoices"]))
    with books.served() as server:
        server.faults = (Fault("nothing", on=tuple(edits), before=lambda: books.put("invoices", next(first))),)
        return invoices - len(set(walked(toy, server, "invoices")))


def test_an_edit_between_two_pages_loses_nothing():
    """G6, one edit after each of some pages."""
    for page in (2, 3, 7):
        assert lost(Toy(), 75, [page]) == 0
        assert lost(Toy(is_numbered=True), 75, [page]) == 1, "by number it must lose one: this proves nothing"


@pytest.mark.thorough
def test_no_edit_between_two_pages_of_many_loses_anything():
    """G6: 2,345 invoices, 100 per page; three edits cost a walk by number three."""
    for page in (2, 3, 9, 16, 23):
        assert lost(Toy(size=SIZE), 2345, [page]) == 0
    assert lost(Toy(size=SIZE), 2345, [5, 11, 17]) == 0
    assert lost(Toy(size=SIZE, is_numbered=True), 2345, [5, 11, 17]) == 3


def test_many_records_of_one_second_are_walked_by_place():
    """G9: 150 records with one update time, pages of 100 and of 10."""
    books = filled(1, 1)
    for one in range(150):
        books.put(
            "invoices",
            f"t{one:03}",
            date="2026-01-05",
            net="1",
            number="",
            client="c0",
            updated="2026-02-01T00:00:00+00:00",
        )
    with books.served() as server:
        assert len(set(walked(Toy(size=SIZE), server, "invoices"))) == 151
        assert len(set(walked(Toy(), server, "invoices"))) == 151


def test_a_page_beyond_the_end_is_not_asked_for():
    books = filled(1, 25)
    books.is_generous = True
    with books.served() as server:
        assert len(walked(Toy(is_numbered=True), server, "invoices")) == 25
        assert len(set(walked(Toy(), server, "invoices"))) == 25
        assert len(server.asked) < 10


def test_links_are_followed_and_foreign_ones_are_not():
    books = filled(1, 25, payments=25)
    with books.served() as server:
        assert len(walked(Toy(), server, "payments")) == 25
        server.faults = (Fault("foreign", on=(5,)),)
        with pytest.raises(ForeignHostError, match=r"elsewhere\.example"):
            walked(Toy(), server, "payments")
