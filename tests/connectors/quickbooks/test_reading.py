"""Is QuickBooks read whole, in its order, with what was deleted, and only as it says?"""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from tests.connectors.quickbooks.payloads import exchange, from_xml
from tests.connectors.running import ran, tables
from tests.ledgers import KEY, MOMENT

from cartera.app.scope import EVERYTHING
from cartera.app.workspace.connecting.authorising import answered, begin
from cartera.app.workspace.connecting.connecting import connect
from cartera.ledger.book import create_book
from cartera.ledger.links import links
from cartera.ledger.models import Client, Invoice, Line, Position, Problem, RawRecord, RawVersion, Source
from cartera.sources.kit.contract import Company, Window
from cartera.sources.kit.contract import Position as Place
from cartera.sources.kit.faults import Fault
from cartera.sources.kit.gate import Gate
from cartera.sources.kit.http import Budget, Http, at_company
from cartera.sources.kit.oauth import App
from cartera.sources.kit.parsing import parsed
from cartera.sources.kit.refusals import IncompleteError, RefusedStreamError
from cartera.sources.quickbooks import asking
from cartera.sources.quickbooks.books import Books
from cartera.sources.quickbooks.company import REALM, generated
from cartera.sources.quickbooks.connector import QUICKBOOKS, TRIAL
from cartera.sources.quickbooks.pretend import ROOT, pretended

AT_ONCE = replace(QUICKBOOKS, budget=Budget(10_000, per_second=10_000))
CLOCK = datetime(2026, 3, 30, 12, tzinfo=UTC)
REDIRECT = "https://books.example.com/cartera"


def customer(key):
    return {"Id": str(key), "DisplayName": f"Client {key}", "Active": key % 3 > 0}


def invoice(key, amount="100", on="2026-03-01", **more):
    return {"Id": str(key), "TxnDate": on, "TotalAmt": Decimal(amount), "Balance": 0,
            "CustomerRef": {"value": "1"}, **more}  # fmt: skip


@pytest.fixture
def books():
    found = Books(CLOCK)
    for key in range(1, 4):
        found.put("Customer", customer(key))
    for key in range(10, 22):
        found.put("Invoice", invoice(key), at=CLOCK - timedelta(minutes=100 - key))
    return found


@pytest.fixture
def gate():
    return Gate(has_pkce=False, callback={"realmId": REALM})


@pytest.fixture
def server(books, gate):
    with pretended(books, gate=gate) as found:
        yield found


@pytest.fixture
def source(book, server, gate):
    given = gate.given(MOMENT)
    secrets = {
        "client_id": "pretend", "client_secret": "canary", "redirect": REDIRECT, "access": given["access_token"],
        "refresh": given["refresh_token"], "life": gate.life,
    }  # fmt: skip
    company = Company(REALM, "Books", "USD")
    return connect(
        EVERYTHING, book, QUICKBOOKS, company, secrets, now=MOMENT, by="ana", settings={"base": f"{server.base}{ROOT}"}
    )


@pytest.fixture
def http(server, gate):
    token = gate.given(server.now())["access_token"]
    found = Http(
        at_company(f"{server.base}{ROOT}", REALM), frozenset({"127.0.0.1"}), budget=AT_ONCE.budget, is_local=True,
        token=lambda _: token,
    )  # fmt: skip
    with closing(found):
        yield found


def pulled(http, stream, *, size=1000, since=None, window=None):
    own = next(one for one in QUICKBOOKS.streams if one.name == stream)
    pages = replace(AT_ONCE, size=size).pull(http, own, Place(since), window or Window())
    return [[record.key for record in page.records] for page in pages]


def test_the_company_stands_in_the_address_that_the_browser_came_back_to(books, server):
    books.put("CompanyInfo", {"Id": "1", "CompanyName": "Greenfield Gardens", "Country": "US"})
    books.put("Preferences", {"Id": "1", "CurrencyPrefs": {"HomeCurrency": {"value": "USD"}}})
    app, base = App("pretend", "canary", REDIRECT), f"{server.base}{ROOT}"
    address, asked = begin(QUICKBOOKS, app, base=base)
    with closing(Http("", frozenset({"127.0.0.1"}), budget=AT_ONCE.budget, is_local=True)) as plain:
        pasted = plain.redirected(address)
    assert pasted.startswith(REDIRECT)
    assert f"realmId={REALM}" in pasted
    opened = answered(AT_ONCE, app, asked, pasted, now=MOMENT, base=base)
    assert opened.companies == (Company(REALM, "Greenfield Gardens", "USD", country="US"),)


def test_intuit_is_asked_at_its_own_addresses():
    grant = QUICKBOOKS.grant_at(None)
    assert (grant.company, grant.is_local, grant.refresh_days) == ("realmId", False, 100)
    assert TRIAL.grant_at(None).is_local
    assert at_company(QUICKBOOKS.base, "123") == "https://quickbooks.api.intuit.com/v3/company/123"
    assert QUICKBOOKS.hosts == {"quickbooks.api.intuit.com", "oauth.platform.intuit.com"}


def test_every_client_comes_the_inactive_too(http, server):
    assert pulled(http, "clients") == [["1", "2", "3"]]
    query = server.asked[-1].words["query"]
    assert query == (
        "SELECT * FROM Customer WHERE Active IN (true, false) ORDER BY Metadata.LastUpdatedTime ASC "
        "STARTPOSITION 1 MAXRESULTS 1000"
    )
    assert server.asked[-1].words["minorversion"] == "75"


def test_41_customers_are_37_clients_of_a_portfolio_that_rolls_up(book, books, source):
    """Q1 in a ledger: each of the 4 stands under its parent."""
    books.rows["Customer"].clear()
    for one in parsed(exchange("all_customers_1")[2])["QueryResponse"]["Customer"]:
        books.put("Customer", one)
    ran(book, source, AT_ONCE)
    clients = Client.objects.using(book.alias).filter(until_version=None, is_deleted=False).count()
    moved = links(book).moved(roll_up=True)
    assert (clients, clients - len(moved)) == (41, 37)
    assert moved["quickbooks:64"] == "quickbooks:62"


def test_pages_go_on_at_the_time_that_was_reached(http, server):
    found = pulled(http, "invoices", size=5)
    assert sorted({key for page in found for key in page}) == [str(key) for key in range(10, 22)]
    assert "Metadata.LastUpdatedTime >= '2026-03-30T10:34:00+00:00'" in server.asked[2].words["query"]


def test_more_records_of_one_second_than_a_page_holds(http, books):
    for key in range(30, 45):
        books.put("Invoice", invoice(key))
    found = {key for page in pulled(http, "invoices", size=4) for key in page}
    assert found == set(books.rows["Invoice"])


def test_an_edit_between_two_pages_loses_nothing(http, books, server):
    server.faults = (Fault(on=(3,), before=lambda: books.put("Invoice", invoice(10, "5"))),)
    found = [key for page in pulled(http, "invoices", size=5) for key in page]
    assert set(found) == set(books.rows["Invoice"])
    assert found.count("10") > 1


def test_documents_of_some_days_only(http, books):
    books.put("Invoice", invoice(50, on="2020-01-01"))
    assert pulled(http, "invoices", window=Window(None, date(2020, 12, 31))) == [["50"]]
    assert "50" not in pulled(http, "invoices", window=Window(date(2021, 1, 1)))[0]


def test_a_list_from_which_records_are_missing_is_read_again(book, books, server, source):
    """G13 for a first load: the count says that one is missing."""
    server.faults = (Fault("gap", on=(6,), path="/query"),)  # the first page of invoices
    outcome = ran(book, source, AT_ONCE)
    assert outcome.outcome == "incomplete"
    assert "there are 12 records, and 11 came." in outcome.problems[0]
    server.faults = ()
    assert ran(book, source, AT_ONCE).outcome == "done"
    rows = Invoice.objects.using(book.alias).filter(until_version=None, is_deleted=False)
    assert {one.key for one in rows} == set(books.rows["Invoice"])


def test_reading_again_asks_once_for_each_list_and_changes_nothing(book, server, source):
    ran(book, source, AT_ONCE)
    before, asked = tables(book), len(server.asked)
    assert ran(book, source, AT_ONCE).new == 0
    assert tables(book) == before
    assert len(server.asked) - asked == len(QUICKBOOKS.streams)


def test_a_deletion_of_three_fields_is_a_tombstone(book, books, server, source):
    """Q4: invoice 266 is gone, its 100.00 stays readable."""
    issued = parsed(exchange("delete_invoice_0")[2])["Invoice"]
    books.put("Invoice", issued)
    ran(book, source, AT_ONCE)
    books.clock += timedelta(hours=1)
    books.drop("Invoice", "266")
    outcome = ran(book, source, AT_ONCE)
    assert (outcome.outcome, outcome.new) == ("done", 1)
    assert set(server.asked[-len(QUICKBOOKS.streams)].words) == {"entities", "changedSince", "minorversion"}
    row = RawRecord.objects.using(book.alias).get(stream="invoices", key="266")
    assert row.deleted_at is not None
    assert parsed(row.payload)["TotalAmt"] == 100
    fact = Invoice.objects.using(book.alias).get(until_version=None, key="266", stream="invoices")
    assert (fact.is_deleted, fact.amount) == (True, 100)
    told = RawVersion.objects.using(book.alias).filter(stream="invoices", key="266").order_by("-pk")[0]
    assert parsed(told.payload)["status"] == "Deleted"


def test_the_recorded_deletion_has_three_fields():
    """Q4: what QuickBooks answers to a deletion."""
    found = parsed(exchange("delete_invoice_1")[2])["Invoice"]
    assert set(found) == {"domain", "status", "Id"}
    [record] = asking.told(
        f'{{"CDCResponse": [{{"QueryResponse": [{{"Invoice": [{str(found).replace(chr(39), chr(34))}]}}]}}]}}'
    )
    assert (record.key, record.stream, record.is_deleted, record.updated_at) == ("266", "invoices", True, None)


def test_changes_of_all_lists_at_once():
    """Q11: invoice 65 is gone, 103 is there, payment 147 is read, bills are none of ours, empty parts are no error."""
    import json

    records = list(asking.told(json.dumps(from_xml("change_data_capture_response"))))
    assert {(one.stream, one.key, one.is_deleted) for one in records} == {
        ("invoices", "65", True), ("invoices", "103", False), ("payments", "147", False),
    }  # fmt: skip
    assert next(one for one in records if one.key == "65").updated_at == datetime(2016, 4, 13, 14, 34, 31, tzinfo=UTC)
    assert list(QUICKBOOKS.touches("payments", parsed(next(one.payload for one in records if one.key == "147")))) == [
        ("invoices", "103")
    ]


def test_more_changes_than_an_answer_holds_are_asked_list_by_list(http, books, server, monkeypatch):
    monkeypatch.setattr(asking, "MOST", 6)
    books.most = 6
    [page] = QUICKBOOKS.pull(http, QUICKBOOKS.streams[0], Place(CLOCK - timedelta(days=1)), Window())
    assert len(server.asked) == 1 + len(asking.TOLD)
    assert {one.stream for one in page.records} == {"clients", "invoices"}


def test_changes_too_long_ago_are_left_to_the_comparison_of_keys(http, books):
    [page] = QUICKBOOKS.pull(http, QUICKBOOKS.streams[0], Place(CLOCK - timedelta(days=40)), Window())
    assert (page.records, page.position.updated_at) == ((), CLOCK)
    books.drop("Invoice", "12")
    own = next(one for one in QUICKBOOKS.streams if one.name == "invoices")
    assert set(QUICKBOOKS.keys(http, own)) == set(books.rows["Invoice"])
    assert QUICKBOOKS.one(http, own, "12") is None
    assert QUICKBOOKS.one(http, own, "13").key == "13"


def test_an_expired_token_is_renewed_once(book, server, gate, source):
    """Q7: 401 with code 3200: one refresh, one more try."""
    server.faults = (Fault("expired", on=(3,), path="/v3/"),)
    assert ran(book, source, AT_ONCE).outcome == "done"
    assert gate.refreshes == 1


def test_a_dead_refresh_token_waits_for_a_person(book, server, gate, source):
    """Q7: then the state is reconnect."""
    gate.revoke()
    assert ran(book, source, AT_ONCE).outcome == "reconnect"
    assert Source.objects.using(book.alias).get(pk=source.pk).state == "reconnect"
    assert server.told.count(401) == 1
    assert parsed(exchange("error_401_0")[2])["fault"]["error"][0]["code"] == "3200"


def test_a_refused_query_is_named(http):
    """Q7: 400 names the query."""
    uri, status, text = exchange("error_400_1")
    assert (status, "Custmoer" in uri) == (400, True)
    with pytest.raises(RefusedStreamError) as raised:
        asking.query(http, "SELECT * FROM Custmoer")
    assert raised.value.status == 400
    assert raised.value.what == (
        "QueryValidationError: invalid context declaration: Custmoer. It was asked: SELECT * FROM Custmoer."
    )
    assert "invalid context declaration: Custmoer" in text


def test_a_refused_list_keeps_no_other_from_being_read(book, books, source):
    """Q7: the other streams go on."""
    del books.rows["Item"]
    outcome = ran(book, source, AT_ONCE)
    assert outcome.outcome == "incomplete"
    assert "FROM Item" in outcome.problems[0]
    assert "FROM Item" in Position.objects.using(book.alias).get(source=source, stream="products").problem
    assert Invoice.objects.using(book.alias).filter(until_version=None).count() == 12


def test_a_fault_in_an_answer_is_no_empty_list():
    part = '{"QueryResponse": [{"Fault": {"Error": [{"Detail": "no"}]}}]}'
    with pytest.raises(IncompleteError):
        list(asking.told(f'{{"CDCResponse": [{part}]}}'))
    with pytest.raises(IncompleteError):
        list(asking.told('{"time": "2026-03-31"}'))


def test_a_payment_and_a_void_arrive_with_the_next_sync(book, books, source):
    """Q3 in a ledger: 100.00 is readable after the void, and counts for nothing."""
    ran(book, source, AT_ONCE)
    books.clock += timedelta(hours=1)
    paid = {"Id": "70", "TxnDate": "2026-03-29", "TotalAmt": 100, "Line": [
        {"Amount": 100, "LinkedTxn": [{"TxnId": "11", "TxnType": "Invoice"}]},
    ]}  # fmt: skip
    books.put("Payment", paid)
    books.put("Invoice", invoice(12, "0", PrivateNote="Voided"))
    ran(book, source, AT_ONCE)
    rows = {one.key: one for one in Invoice.objects.using(book.alias).filter(until_version=None)}
    assert rows["11"].paid_on == date(2026, 3, 29)
    assert (rows["12"].state, rows["12"].amount, rows["12"].void_on) == ("void", 100, date(2026, 3, 30))
    assert not Problem.objects.using(book.alias).filter(resolved_at=None).exists()


def test_documents_follow_the_item_that_they_sell(book, books, source):
    line = {"Amount": 100, "DetailType": "SalesItemLineDetail", "SalesItemLineDetail": {"ItemRef": {"value": "5"}}}
    books.put("Invoice", invoice(11, Line=[line]))
    del books.rows["Item"]
    ran(book, source, AT_ONCE)
    books.rows["Item"] = {}
    books.put("Item", {"Id": "5", "Name": "Rocks", "Type": "Inventory"})
    ran(book, source, AT_ONCE)
    document = Invoice.objects.using(book.alias).get(until_version=None, key="11").document
    assert Line.objects.using(book.alias).get(document=document).category == "Inventory"


PASSING = ("busy", "broken", "down", "cut", "half", "login", "reset", "twice", "refused", "gone", "expired")
FAULTS = st.builds(Fault, st.sampled_from(PASSING), on=st.tuples(st.integers(1, 24)), seconds=st.just(0))


@pytest.mark.thorough
@pytest.mark.parametrize("ledger_address", ["sqlite"], indirect=True)
def test_random_faults_change_nothing(ledger_address):
    """G1, G7 for QuickBooks: whatever goes wrong on the way, the facts end as they would have without it."""
    truth = _after(ledger_address, "truth", ())

    @settings(max_examples=6, database=None, phases=[Phase.generate], deadline=None)
    @given(st.lists(FAULTS, min_size=1, max_size=5))
    def whole(schedule):
        assert _after(ledger_address, f"W{next(COUNT)}", schedule) == truth

    whole()


COUNT = iter(range(10_000))


def _after(ledger_address, name, schedule):
    """The tables after a run with faults and one without, in a workspace of its own."""
    book = create_book(ledger_address, name, at=MOMENT, key=KEY, currency="USD")
    gate = Gate(has_pkce=False, fixed=("fixed",), is_lenient=True)
    with pretended(generated(date(2023, 4, 10)), gate=gate, faults=tuple(schedule)) as server:
        secrets = {
            "client_id": "a",
            "client_secret": "b",
            "redirect": REDIRECT,
            "access": "fixed",
            "refresh": "r",
            "life": 60,
        }
        source = connect(
            EVERYTHING, book, AT_ONCE, Company(REALM, "Books", "USD"), secrets, now=MOMENT, by="ana",
            settings={"base": f"{server.base}{ROOT}"},
        )  # fmt: skip
        if schedule:
            ran(book, source, replace(AT_ONCE, size=7))
            server.faults = ()
            Source.objects.using(book.alias).filter(pk=source.pk).update(state="ready")
        assert ran(book, source, replace(AT_ONCE, size=7)).outcome == "done"
    return tables(book)
