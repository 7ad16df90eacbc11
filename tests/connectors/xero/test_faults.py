"""Whatever goes wrong on the way to Xero, do the facts end as they would have without it?"""

from __future__ import annotations

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from tests.connectors.running import tables
from tests.connectors.xero.books import MOMENT, examples
from tests.connectors.xero.test_maps import OPEN
from tests.connectors.xero.test_reading import connected, documents, ran
from tests.ledgers import KEY

from cartera.ledger.book import create_book
from cartera.sources.kit.faults import Fault
from cartera.sources.kit.gate import Gate
from cartera.sources.xero.connector import SCOPES
from cartera.sources.xero.pretend import pretended

PASSING = ("busy", "busy_until", "busy_silent", "broken", "down", "cut", "half", "login", "reset", "twice")
ENDING = ("refused", "expired")
SAYS_SO = {"incomplete", "paused", "reconnect"}
FAULTS = st.builds(
    Fault, st.sampled_from(PASSING + ENDING), on=st.tuples(st.integers(1, 12)),
    path=st.sampled_from(("/api.xro", "/Invoices", "/Contacts", "/Payments", "/RepeatingInvoices", "/pretend/token")),
    seconds=st.sampled_from((0, 0.001, 3600)),
)  # fmt: skip


def many():
    """The examples, and two pages of invoices more, each a minute after the one before."""
    books = examples()
    first = books.records["Invoices"][OPEN]
    for number in range(120):
        changed = f"/Date({1541180000000 + 60_000 * number}+0000)/"
        key = f"00000000-0000-4000-8000-{number:012}"
        books.put("Invoices", first | {"InvoiceID": key, "UpdatedDateUTC": changed})
    return books


def fresh(ledger_address, name):
    return create_book(ledger_address, name, at=MOMENT, key=KEY, currency="NZD")


def read(book, *faults, change=None):
    """Runs with the faults until one is whole, then the last one without any."""
    books, gate = many(), Gate()
    with pretended(books, gate=gate) as server:
        source = connected(book, server, SCOPES[0])
        if change is not None:
            faults = (Fault(on=(2,), path="/Invoices", before=lambda: change(books)),)
        server.faults = faults
        for _ in range(2):
            assert ran(book, source).outcome in SAYS_SO | {"done"}
        server.faults = ()
        if (source.refresh_from_db(using=book.alias), source.state)[1] == "reconnect":
            source = connected(book, server, SCOPES[0])
        assert ran(book, source).outcome == "done"
    return tables(book)


@pytest.fixture(scope="module")
def truth():
    """What holds after a reading without faults, made once."""
    return {}


def tried(ledger_address, truth, examples):
    if not truth:
        truth |= read(fresh(ledger_address, "truth"))
    counted = iter(range(10_000))

    @settings(max_examples=examples, database=None, deadline=None, phases=[Phase.explicit, Phase.generate])
    @given(st.lists(FAULTS, min_size=1, max_size=5))
    def whole(schedule):
        assert read(fresh(ledger_address, f"w{next(counted)}"), *schedule) == truth

    whole()


@pytest.mark.thorough
@pytest.mark.parametrize("ledger_address", ["sqlite"], indirect=True)
def test_a_few_random_faults_change_nothing(ledger_address, truth):
    """G1, G7"""
    tried(ledger_address, truth, 3)


@pytest.mark.slow
@pytest.mark.parametrize("ledger_address", ["sqlite"], indirect=True)
def test_many_random_faults_change_nothing(ledger_address, truth):
    """G1, G7"""
    tried(ledger_address, truth, 60)


@pytest.mark.thorough
@pytest.mark.parametrize("ledger_address", ["sqlite"], indirect=True)
def test_an_edit_between_two_pages_loses_no_invoice(ledger_address):
    """G6: the first record of the first page moves to the end while the second is asked for."""
    book = fresh(ledger_address, "edited")
    read(book, change=lambda books: books.edit("Invoices", OPEN, Reference="moved"))
    assert len(documents(book, stream="invoices")) == 123
