"""How are Xero's books read? Through its pretended server, with requests that its specification accepts."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import date

import httpx2
import pytest
from tests.connectors.running import tables
from tests.connectors.xero.books import MOMENT, Quick, examples
from tests.connectors.xero.described import refusals
from tests.connectors.xero.test_maps import CREDIT, OPEN, PAID, TEMPLATE, VOIDED

from cartera.app.scope import EVERYTHING
from cartera.app.workspace.connecting.authorising import Opened, answered, begin, chosen, scopes
from cartera.app.workspace.connecting.connecting import connect, way
from cartera.app.workspace.connecting.landing import Ground
from cartera.app.workspace.connecting.running import told
from cartera.app.workspace.connecting.sweeping import sweep
from cartera.app.workspace.connecting.syncing import Run
from cartera.ledger.models import Client, Invoice, Line, Position, Problem
from cartera.sources.kit.gate import Gate
from cartera.sources.kit.http import Http
from cartera.sources.kit.oauth import App, RefusedError
from cartera.sources.xero.books import dated
from cartera.sources.xero.connector import SCOPES, STREAMS, XERO
from cartera.sources.xero.lists import API, LISTS
from cartera.sources.xero.pretend import pretended

TODAY = date(2019, 4, 1)
PRISM, SENT = os.environ.get("CARTERA_PRISM"), ("accept", "authorization", "xero-tenant-id", "if-modified-since")
OLD, GONE = "6f39d7a4-6b1b-4e0e-9d1f-1d0a0c7f3b11", "00000000-0000-4000-8000-000000000000"
APP = App("pretend", "canary-secret", "http://localhost:8766/callback")
QUICK = Quick()


def let_in(base: str, scope: str) -> Opened:
    """Signed in with this set of rights, as a person would."""
    address, asked = begin(XERO, APP, scope=scope, base=base)
    http = Http(base, frozenset({"127.0.0.1"}), budget=QUICK.budget, is_local=True)
    try:
        return answered(QUICK, APP, asked, http.redirected(address), now=MOMENT, base=base)
    finally:
        http.close()


@pytest.fixture
def books():
    return examples()


@pytest.fixture
def gate():
    return Gate(client_secret="canary-secret")


@pytest.fixture
def server(books, gate):
    with pretended(books, gate=gate) as made:
        yield made


@pytest.fixture
def source(book, server):
    return connected(book, server, SCOPES[0])


def connected(book, server, scope):
    opened = let_in(server.base, scope)
    company = chosen(XERO, opened.companies, None)
    return connect(
        EVERYTHING, book, XERO, company, opened.secrets, now=MOMENT, by="ana", settings={"base": server.base},
        expires_at=opened.expires_at,
    )  # fmt: skip


def ran(book, source, *, today=TODAY, is_swept=False):
    source.refresh_from_db(using=book.alias)
    with way(book, source, QUICK, lambda: MOMENT) as http:
        ground = Ground(book, source, QUICK, None, lambda: MOMENT, today)
        outcome = Run(ground, http, lambda *_: None).go()
        for stream in STREAMS if is_swept else ():
            sweep(ground, http, stream)
    return outcome


def documents(book, **words):
    rows = Invoice.objects.using(book.alias).filter(until_version=None, is_deleted=False, **words)
    return {row.key: row for row in rows}


def test_everything_arrives(book, source):
    """X1, X2, X3, X4"""
    outcome = ran(book, source)
    assert (outcome.outcome, outcome.problems) == ("done", [])
    assert list(documents(book, stream="invoices", state="void")) == [VOIDED]
    assert set(documents(book, stream="invoices", state="issued")) == {PAID, OPEN}
    assert sum(one.amount for one in documents(book, kind="invoice", state="issued").values()) == 140
    assert list(documents(book, kind="credit_note")) == [CREDIT]
    plans = documents(book, stream="templates")
    assert sorted(plans) == [f"{TEMPLATE}#2019-{month:02}-15" for month in range(4, 10)]
    assert sum(one.amount for one in plans.values()) == 30_000
    assert set(documents(book, stream="payments")) == set()
    assert outcome.left_out == {"contacts without a sale": 1, "supplier documents": 1}
    assert told(source, outcome).endswith("Left out: contacts without a sale: 1, supplier documents: 1.")
    source.refresh_from_db(using=book.alias)
    assert (source.currency, source.time_zone, source.complete_since) == ("NZD", "Pacific/Auckland", date.min)
    assert {one.kind for one in documents(book).values()} <= {"invoice", "credit_note"}


@pytest.mark.thorough
def test_a_contact_becomes_a_client_with_its_first_sale(book, books, source):
    ran(book, source)
    other = next(one for one in books.records["Contacts"].values() if not one["IsCustomer"])["ContactID"]
    own = {"until_version": None, "is_deleted": False, "key": other}
    assert not Client.objects.using(book.alias).filter(**own).exists()
    books.edit("Invoices", OPEN, Contact={"ContactID": other, "Name": "Lisa Parker"})
    ran(book, source)
    assert Client.objects.using(book.alias).get(**own).name == "Lisa Parker"
    assert Problem.objects.using(book.alias).get(key=OPEN, resolved_at=None).code == "CLIENT_CHANGED"


def test_reading_again_changes_nothing(book, source, server):
    """G2"""
    ran(book, source)
    before, count, version = tables(book), len(server.asked), book.facts_version
    assert ran(book, source).new == 0
    assert (tables(book), book.facts_version) == (before, version)
    assert len(server.asked) - count == len(STREAMS)


def test_edits_payments_ends_and_deletions_arrive(book, books, source):
    ran(book, source)
    books.edit("Payments", "p", Date="/Date(1554076800000+0000)/", Invoice={"InvoiceID": OPEN, "Type": "ACCREC"})
    books.edit("Invoices", OPEN, Status="PAID", AmountDue=0)
    books.edit("Invoices", PAID, Status="DELETED")
    schedule = books.records["RepeatingInvoices"][TEMPLATE]["Schedule"]
    books.edit("RepeatingInvoices", TEMPLATE, Schedule=schedule | {"EndDate": "2019-06-30"})
    ran(book, source)
    assert documents(book, stream="invoices")[OPEN].paid_on == date(2019, 4, 1)
    assert PAID not in documents(book)
    assert len(documents(book, stream="templates")) == 3
    books.edit("RepeatingInvoices", TEMPLATE, Status="DELETED")
    ran(book, source)
    assert documents(book, stream="templates") == {}


@pytest.mark.thorough
def test_an_item_with_another_name_has_it_on_every_invoice(book, books, source):
    sold = {"ItemCode": "123", "LineAmount": 100, "Quantity": 1}
    books.edit("Invoices", OPEN, LineItems=[sold])
    ran(book, source)
    lines = Line.objects.using(book.alias)
    assert lines.get(document=documents(book)[OPEN].document).product == "Guitars"
    books.edit("Items", "123", Name="Basses")
    ran(book, source)
    assert lines.get(document=documents(book)[OPEN].document).product == "Basses"


@pytest.mark.thorough
def test_a_plan_of_today_is_made_anew_every_day(book, source):
    ran(book, source)
    ran(book, source, today=date(2019, 4, 15))
    assert len(documents(book, stream="templates")) == 5
    assert Problem.objects.using(book.alias).get(key=TEMPLATE, resolved_at=None).code == "SCHEDULE_STALE"


@pytest.mark.thorough
def test_an_invoice_that_is_gone_without_a_word_is_found_by_the_sweep(book, books, source):
    ran(book, source)
    books.remove("Invoices", OPEN)
    assert OPEN in documents(book)
    ran(book, source, is_swept=True)
    assert OPEN not in documents(book)


@pytest.mark.thorough
def test_a_long_list_in_one_second_is_read_page_by_page(book, books, source):
    """G9"""
    first = books.records["Invoices"][OPEN]
    for number in range(150):
        key = f"00000000-0000-4000-8000-{number:012}"
        books.put("Invoices", first | {"InvoiceID": key, "UpdatedDateUTC": f"/Date({1541176648000 + number}+0000)/"})
    ran(book, source)
    assert len(documents(book, stream="invoices")) == 153


def test_smaller_pages_than_asked_for_are_told_and_not_taken_for_the_end(book, books, gate, source):
    with pretended(books, gate=gate, size=2) as other:
        source.settings |= {"base": other.base}
        source.save(using=book.alias)
        outcome = ran(book, source)
    assert outcome.outcome == "incomplete"
    assert "a page holds 2 records instead of 100." in outcome.problems[0]


def everything_asked(book, books, server, scope):
    """Every kind of request that a source makes in its life, with the statuses of their answers."""
    source = connected(book, server, scope)
    books.put("Invoices", books.records["Invoices"][OPEN] | {"InvoiceID": OLD, **dated("Date", date(2015, 5, 5))})
    ran(book, source, is_swept=True)
    ran(book, source)
    with way(book, source, QUICK, lambda: MOMENT) as http:
        for stream in STREAMS:
            key = next(iter(books.records[LISTS[stream.name].name]))
            assert QUICK.one(http, stream, key).key == key
            assert QUICK.one(http, stream, GONE) is None
    return [
        (one, told) for one, told in zip(server.asked, server.told, strict=True) if not one.path.startswith("/pretend")
    ]


@pytest.mark.parametrize(
    "scope", [pytest.param(SCOPES[0], id="new"), pytest.param(SCOPES[1], id="old", marks=pytest.mark.thorough)]
)
def test_no_request_of_a_full_sync_is_refused(book, books, gate, server, scope):
    """X7"""
    gate.scopes = (scope,)
    asked = everything_asked(book, books, server, scope)
    assert {one.path for one, _ in asked} >= {one.path for one in LISTS.values()}
    assert any("if-modified-since" in one.headers for one, _ in asked)
    assert any("DateTime(" in one.words.get("where", "") for one, _ in asked)
    assert [found for one, _ in asked for found in refusals(one, scope)] == []
    assert {told for _, told in asked} == {200, 404}


@pytest.mark.slow
@pytest.mark.skipif(PRISM is None, reason="CARTERA_PRISM is not set (make contract starts Prism, where Node is)")
@pytest.mark.parametrize("ledger_address", ["sqlite"], indirect=True)
def test_prism_takes_every_request_of_a_full_sync(book, books, server):
    """X7: one of each kind, which Prism takes some seconds to look at; which rights were given it does not see."""
    asked = [one for one, told in everything_asked(book, books, server, SCOPES[0]) if told == 200 and API in one.path]
    kinds = {(one.path, *one.words, "if-modified-since" in one.headers): one for one in asked}
    assert len(kinds) > 20
    assert [one for one in kinds.values() if refused_by_prism(one) != 200] == []
    good = next(one for one in asked if one.path == LISTS["invoices"].path)
    assert refused_by_prism(replace(good, headers={"xero-tenant-id": "t"})) == 401
    assert refused_by_prism(replace(good, headers={"authorization": "Bearer a"})) == 422
    assert refused_by_prism(replace(good, words={"pageSize": "abc"})) == 422


def refused_by_prism(call):
    """The status with which Prism answers."""
    headers = {name: value for name, value in call.headers.items() if name in SENT}
    return httpx2.get(
        f"{PRISM}{call.path.removeprefix(API)}", params=call.words, headers=headers, timeout=60
    ).status_code


def test_the_other_set_of_rights_is_tried_once_and_remembered(gate, server):
    """X12"""
    gate.scopes = SCOPES[1:]
    assert scopes(XERO) == SCOPES
    with pytest.raises(RefusedError) as refused:
        let_in(server.base, SCOPES[0])
    assert refused.value.code == "invalid_scope"
    assert let_in(server.base, SCOPES[1]).secrets["scope"] == SCOPES[1]


def test_only_organisations_can_be_chosen(server, books):
    (company,) = let_in(server.base, SCOPES[0]).companies
    assert (company.key, company.currency, company.country) == (books.tenant, "NZD", "NZ")


def test_an_app_without_a_secret_is_let_in_by_its_proof(gate, server):
    gate.client_secret = ""
    app = App("pretend", "", APP.redirect)
    address, asked = begin(XERO, app, base=server.base)
    http = Http(server.base, frozenset({"127.0.0.1"}), budget=QUICK.budget, is_local=True)
    try:
        answered(QUICK, app, asked, http.redirected(address), now=MOMENT, base=server.base)
    finally:
        http.close()
    (call,) = (one for one in server.asked if one.path == "/pretend/token")
    assert "authorization" not in call.headers
    assert "client_secret" not in call.form


def test_a_source_that_does_not_open_any_more_is_connected_again_and_goes_on(book, gate, server, source):
    ran(book, source)
    before, places = tables(book), Position.objects.using(book.alias).count()
    gate.revoke()
    assert ran(book, source).outcome == "reconnect"
    again = connected(book, server, SCOPES[0])
    assert (again.pk, again.state) == (source.pk, "ready")
    assert ran(book, source).outcome == "done"
    assert (tables(book), Position.objects.using(book.alias).count()) == (before, places)
