"""Is a client of a connected system forgotten, and do they stay forgotten however often the system tells of them?"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pytest
from tests.connectors.running import TODAY, connected, ran
from tests.connectors.toy import Toy, filled
from tests.ledgers import MOMENT

from cartera.app.scope import EVERYTHING
from cartera.app.workspace.connecting.running import sync
from cartera.ledger.models import Client, Contact, Invoice, Problem, RawRecord, RawVersion, Source, Sync
from cartera.ledger.privacy.erase import erase
from cartera.ledger.privacy.everything import everything
from cartera.ledger.privacy.subject import client_subject, contact_subject
from cartera.sources.kit.contract import Mapped

NAME, PERSON, MAIL = "Zebedee Canarin", "Canuta Araripe", "canuta@araripe.example"
CANARIES = (NAME, PERSON, MAIL, "919191919")


@pytest.fixture
def books():
    found = filled(4, 12)
    found.put("clients", "c1", name=NAME, person=PERSON, mail=MAIL, mobile="919191919")
    for key in ("i1", "i5"):
        found.put("invoices", key, customer={"id": "c1", "name": NAME, "mobile": "919191919"}, memo=f"for {NAME}")
    found.put("payments", "p1", invoice="i5", paid_on="2026-03-20", customer=NAME, customer_mail=MAIL)
    return found


def told(book):
    """Where a canary still stands, in any row about a source or its facts."""
    return [
        (model.__name__, canary)
        for model in (Client, Contact, Invoice, Problem, RawRecord, RawVersion, Source, Sync)
        for row in model.objects.using(book.alias).values()
        for canary in CANARIES
        if canary in str(row)
    ]


def invoices(book):
    rows = Invoice.objects.using(book.alias).filter(until_version=None, is_deleted=False)
    return {row.key: (row.amount, row.issued_on, row.paid_on) for row in rows}


def again(book, source):
    """Every list from its beginning, and a sweep."""
    return sync(EVERYTHING, book, source, now=lambda: MOMENT, today=TODAY, system=Toy(), is_full=True).outcome


def test_a_forgotten_client_does_not_come_back(book, books, server):
    """G14"""
    source = connected(book, server.base, Toy())
    assert ran(book, source).outcome == "done"
    assert {model for model, _ in told(book)} == {"Client", "Contact", "RawRecord", "RawVersion"}, "proves nothing"
    before = invoices(book)
    erased = erase(client_subject(book, ["toy:c1"]), at=MOMENT, by="ana")
    assert told(book) == []
    version = book.facts_version
    assert again(book, source) == "done"
    assert told(book) == []
    assert book.facts_version == version
    books.put("clients", "c1", name=NAME, email=MAIL)
    books.put("invoices", "i5", net="77.00")
    books.put("invoices", "i9", client="c1", customer={"id": "c1", "name": NAME})
    books.put("payments", "p1", customer_mail=MAIL, note="late")
    assert again(book, source) == "done"
    assert told(book) == []
    now = invoices(book)
    assert now["i5"][0] == Decimal(77)
    assert {key: one for key, one in now.items() if key != "i5"} == {
        key: one for key, one in before.items() if key != "i5"
    }
    rows = Invoice.objects.using(book.alias).filter(until_version=None, client_id=erased.mask)
    assert set(rows.values_list("key", flat=True)) == {"i1", "i5", "i9"}
    assert not Problem.objects.using(book.alias).filter(resolved_at=None).exclude(code="CLIENT_CHANGED").exists()
    assert Client.objects.using(book.alias).filter(until_version=None).count() == 4


def test_other_maps_do_not_bring_them_back(book, server):
    source = connected(book, server.base, Toy())
    ran(book, source)
    before = invoices(book)
    erase(client_subject(book, ["toy:c1"]), at=MOMENT, by="ana")
    version = book.facts_version
    ran(book, source, Toy(version=2))
    assert told(book) == []
    assert invoices(book) == before
    assert book.facts_version == version
    assert not Problem.objects.using(book.alias).filter(resolved_at=None).exists()


@dataclass(frozen=True)
class Interrupted(Toy):
    """A toy that does something once while a list is being mapped."""

    during: str = ""
    does: Callable[[], object] = lambda: None

    def facts(self, stream: str, key: str, payload: Any, context: Any) -> Mapped:
        if stream == self.during and not hasattr(self, "is_done"):
            object.__setattr__(self, "is_done", True)
            self.does()
        return super().facts(stream, key, payload, context)


@pytest.mark.parametrize(("during", "version"), [("clients", 1), ("invoices", 1), ("clients", 2)])
def test_who_is_forgotten_while_a_page_is_mapped_does_not_land_with_it(book, books, server, during, version):
    source = connected(book, server.base, Toy())
    ran(book, source)
    before = invoices(book)
    if version == 1:  # otherwise nothing new comes, and what is kept is mapped again
        books.put("clients", "c1", city="Faro")
        books.put("invoices", "i5", memo=f"again for {NAME}")
    gone = []

    def forget():
        gone.append(erase(client_subject(book, ["toy:c1"]), at=MOMENT, by="ana").mask)

    assert ran(book, source, Interrupted(version=version, during=during, does=forget)).outcome == "done"
    assert told(book) == []
    assert invoices(book) == before
    rows = Invoice.objects.using(book.alias).filter(until_version=None, client_id=gone[0])
    assert set(rows.values_list("key", flat=True)) == {"i1", "i5", "i9"}


def test_a_forgotten_contact_does_not_come_back(book, books, server):
    source = connected(book, server.base, Toy())
    ran(book, source)
    erase(contact_subject(book, Contact.objects.using(book.alias).get(name=PERSON)), at=MOMENT, by="ana")
    assert {canary for _, canary in told(book)} == {NAME, "919191919"}
    again(book, source)
    ran(book, source, Toy(version=2))
    assert not Contact.objects.using(book.alias).filter(until_version=None, is_deleted=False).exists()
    books.put("clients", "c1", city="Faro")
    assert again(book, source) == "done"
    assert not Contact.objects.using(book.alias).filter(until_version=None, is_deleted=False).exists()
    assert MAIL not in {canary for _, canary in told(book)}


def test_everything_that_was_received_is_handed_over(book, server):
    source = connected(book, server.base, Toy())
    ran(book, source)
    found = everything(client_subject(book, ["toy:c1"]))["records"]
    assert {(one["stream"], one["key"]) for one in found} == {
        ("clients", "c1"), ("invoices", "i1"), ("invoices", "i5"), ("invoices", "i9"), ("payments", "p1"),
    }  # fmt: skip
    assert json.loads(found[0]["payload"])["name"] == NAME
