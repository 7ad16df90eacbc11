"""How are Sage's books read? Through its pretended server, with requests that its description knows."""

from __future__ import annotations

import re
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from tests.connectors.running import APP, ran, tables
from tests.shared import shared

from cartera.app.scope import EVERYTHING
from cartera.app.workspace.connecting.authorising import with_token
from cartera.app.workspace.connecting.connecting import connect
from cartera.app.workspace.connecting.demonstration import connect_demo
from cartera.app.workspace.connecting.running import sync
from cartera.ledger.models import Client, Invoice, Problem, RawRecord
from cartera.sources.kit.contract import Company, Position, Window
from cartera.sources.kit.faults import Fault
from cartera.sources.kit.gate import Gate
from cartera.sources.kit.http import Budget, Http
from cartera.sources.kit.parsing import parsed
from cartera.sources.kit.refusals import IncompleteError
from cartera.sources.sage.books import Books, at, generated
from cartera.sources.sage.connector import SAGE
from cartera.sources.sage.pretend import pretended

TODAY = date(2023, 9, 30)
NOW = datetime(2023, 9, 30, 12, tzinfo=UTC)
TOKEN = "canary-token"
FAST = Budget(10_000, per_second=10_000)


@pytest.fixture
def books():
    return Books(NOW)


@pytest.fixture
def server(books):
    with pretended(books, gate=Gate(fixed=(TOKEN,), has_pkce=False)) as made:
        yield made


@pytest.fixture
def http(server):
    with closing(opened(server.base, SAGE.headers("b1"))) as found:
        yield found


def opened(base, headers):
    local = frozenset({"127.0.0.1"})
    return Http(base, local, budget=FAST, headers=headers, token=lambda _: TOKEN, is_local=True)


def stream(name):
    return next(one for one in SAGE.streams if one.name == name)


def pulled(http, name, position=None, window=None):
    return list(SAGE.pull(http, stream(name), position or Position(), window or Window()))


def read(http, name, position=None):
    return [one.key for page in pulled(http, name, position) for one in page.records]


def lists(server):
    """Every request but those for what was deleted."""
    return [call for call in server.asked if "deleted_since" not in call.words]


def filled(books, path, count, **values):
    for place in range(count):
        row = {"id": f"{path[:9]}{place:04}", "updated_at": "2023-09-01T10:00:00Z", "date": "2023-09-01", **values}
        books.put(path, row)


def test_contacts_come_by_links_and_no_page_is_asked_for_beyond_the_last(books, server, http):
    """S1"""
    filled(books, "contacts", 437)
    found = read(http, "clients")
    assert (len(found), len(set(found)), len(lists(server))) == (437, 437, 3)
    assert [call.words.get("page") for call in lists(server)] == [None, "2", "3"]
    assert {call.words["attributes"] for call in server.asked} == {"all"}  # also where the link leaves it out


def test_whole_links_are_followed_too(books, server, http):
    """S1"""
    filled(books, "sales_estimates", 250, status={"id": "PENDING"})
    assert len(set(read(http, "estimates"))) == 250
    assert len(server.asked) == 2


def test_smaller_pages_than_asked_for_are_read_by_what_the_answer_says(books):
    """S1: in both spellings."""
    filled(books, "sales_invoices", 45)
    filled(books, "sales_quick_entries", 45)
    with (
        pretended(books, gate=Gate(fixed=(TOKEN,)), most=20) as server,
        closing(opened(server.base, SAGE.headers("b1"))) as http,
    ):
        for name in ("invoices", "quick_entries"):
            assert len(set(read(http, name))) == 45


def test_all_records_of_one_second_are_found_and_the_walk_ends(books, http):
    """G9: the page beyond the last one is the last one once more."""
    filled(books, "sales_invoices", 400)
    pages = pulled(http, "invoices")
    assert len({one.key for page in pages for one in page.records}) == 400
    assert pulled(http, "invoices", pages[-1].position) == []


def test_an_edit_between_two_pages_loses_nothing(books, server, http):
    """G6"""
    for place in range(450):
        books.put("sales_invoices", {"id": f"{place:04}", "updated_at": at(date(2022, 1, 1) + timedelta(days=place))})
    edit = Fault(before=lambda: books.rows["sales_invoices"]["0003"].update(updated_at="2023-09-30T11:00:00Z"), on=(3,))
    server.faults = (edit,)
    assert len(set(read(http, "invoices"))) == 450


def test_a_list_without_an_order_is_read_again_when_some_of_it_is_missing(books, server, http):
    filled(books, "contacts", 250)
    server.faults = (Fault("gap", on=(3,)),)
    found = read(http, "clients")
    assert (len(set(found)), len(lists(server))) == (250, 4)
    server.faults = (Fault("gap", path="/contacts", every=1),)
    with pytest.raises(IncompleteError):
        read(http, "clients")


def test_every_request_names_the_business(server):
    """S4: the server answers of another business to one that names none."""
    (own, _) = with_token(SAGE, TOKEN, base=server.base).companies
    assert (own.key, own.label, own.currency) == ("b1", "Marsh Wholesale Ltd", "GBP")
    asked = len(server.asked)
    with closing(opened(server.base, SAGE.headers(""))) as nobody, pytest.raises(IncompleteError):
        read(nobody, "clients")
    assert len(server.asked) == asked
    assert {call.path for call in server.asked if "x-business" not in call.headers} == {"/businesses"}


def test_a_deletion_in_the_stored_second_is_found(books, server, http):
    """S7: what is asked for is one second earlier, because Sage leaves that second out."""
    filled(books, "sales_invoices", 2, deleted_at=None)
    since = datetime(2023, 9, 30, 11, tzinfo=UTC)
    books.rows["sales_invoices"]["sales_inv0001"]["deleted_at"] = "2023-09-30T11:00:00Z"
    records = [one for page in pulled(http, "invoices", Position(since)) for one in page.records]
    assert [(one.key, one.is_deleted) for one in records] == [("sales_inv0001", True)]
    assert server.asked[0].words["deleted_since"] == "2023-09-30T10:59:59+00:00"


def test_from_the_beginning_all_that_was_ever_deleted_is_asked_for_once(books, http):
    filled(books, "sales_invoices", 2, deleted_at=None)
    books.rows["sales_invoices"]["sales_inv0001"]["deleted_at"] = "2023-09-10T11:00:00Z"
    for window, gone in ((Window(date(2022, 1, 1)), ["sales_inv0001"]), (Window(None, date(2021, 12, 31)), [])):
        records = [one for page in pulled(http, "invoices", window=window) for one in page.records]
        assert [one.key for one in records if one.is_deleted] == gone


@pytest.mark.thorough
def test_reading_everything_anew_finds_what_was_deleted_meanwhile(book, books, server):
    filled(books, "contacts", 2)
    filled(books, "sales_invoices", 3, date="2023-09-01", deleted_at=None)
    source = connected(book, server.base, {"access": TOKEN, "client_id": "", "client_secret": "", "redirect": ""})
    ran(book, source, SAGE, today=TODAY, now=lambda: NOW)
    books.rows["contacts"]["contacts0001"]["deleted_at"] = "2023-09-10T11:00:00Z"
    books.rows["sales_invoices"]["sales_inv0001"]["deleted_at"] = "2023-09-10T11:00:00Z"
    filled(books, "sales_quick_entries", 1, deleted_at="2023-09-10T11:00:00Z")  # that never came
    server.asked.clear()
    sync(EVERYTHING, book, source, now=lambda: NOW, today=TODAY, is_full=True)
    gone = RawRecord.objects.using(book.alias).exclude(deleted_at=None)
    assert set(gone.values_list("stream", "key")) == {("clients", "contacts0001"), ("invoices", "sales_inv0001")}
    asked = [call.path for call in server.asked if "deleted_since" in call.words]
    assert len(asked) == len(set(asked)), "the older documents ask for it once more"


def test_a_void_invoice_is_no_deletion(books, http):
    filled(books, "sales_invoices", 1, deleted_at="2023-09-30T11:00:00Z", status={"id": "VOID"})
    records = [
        one for page in pulled(http, "invoices", Position(datetime(2023, 9, 30, tzinfo=UTC))) for one in page.records
    ]
    assert [one.is_deleted for one in records] == [False]


def test_reading_one_document_does_not_mark_it_as_sent(books, http):
    for name, path in (("invoices", "sales_invoices"), ("credit_notes", "sales_credit_notes")):
        filled(books, path, 1, sent=False)
        key = next(iter(books.rows[path]))
        assert SAGE.one(http, stream(name), key).key == key
        assert books.rows[path][key]["sent"] is False
    assert SAGE.one(http, stream("invoices"), "nowhere") is None


def test_series_are_asked_for_once_a_day(books, server, http):
    filled(books, "contacts", 3, has_unfinished_recurring_invoices=False)
    books.rows["contacts"]["contacts0001"]["has_unfinished_recurring_invoices"] = True
    told = {"id": "r", "frequency": 1, "recurrence_type": "MONTHLY"}
    filled(books, "sales_invoices", 2, contact={"id": "contacts0001"}, recurring_invoice=told)
    pages = pulled(http, "templates")
    found = [(one.stream, one.key) for page in pages for one in page.records]
    assert found == [*(("clients", f"contacts000{place}") for place in range(3)), ("", "contacts0001")]
    assert (pages[-1].position, len(server.asked)) == (Position(NOW), 3)
    assert pulled(http, "templates", pages[-1].position) == []


def patterns():
    told = parsed(shared("payloads", "sage", "sage-accounting-v3.1-swagger2.json").read_text())["paths"]
    for path, verbs in told.items():
        if "get" in verbs:
            names = {one["name"] for one in verbs["get"].get("parameters", ()) if one["in"] == "query"}
            yield re.compile(re.sub(r"\{\w+\}", "[^/]+", path)), names


def connected(book, base, secrets, **more):
    company = Company("b1", "Marsh Wholesale Ltd", "GBP")
    return connect(EVERYTHING, book, SAGE, company, secrets, now=NOW, by="ana", settings={"base": base}, **more)


@pytest.mark.thorough
def test_every_request_stands_in_the_description(book):
    """14.2: paths and names of parameters, of everything that is ever asked."""
    day, gate = date(2023, 5, 31), Gate(fixed=(TOKEN,), has_pkce=False)
    with pretended(generated(day), gate=gate) as server:
        given = gate.given(NOW)
        source = connected(
            book, server.base, APP | {"access": given["access_token"], "refresh": given["refresh_token"]}
        )
        for today in (day, day + timedelta(days=1)):
            ran(book, source, SAGE, today=today, now=lambda: NOW)
        with closing(opened(server.base, SAGE.headers("b1"))) as http:
            for one in SAGE.streams:
                SAGE.one(http, one, "1")
                list(SAGE.keys(http, one) or ())
    known = list(patterns())
    asked = {(call.path, name) for call in server.asked for name in (*call.words, None)}
    for path, name in asked:
        found = [names for pattern, names in known if pattern.fullmatch(path)]
        assert found, path
        assert name is None or any(name in names for names in found), (path, name)
    assert {path.split("/")[1] for path, _ in asked} >= {
        "contacts",
        "sales_invoices",
        "sales_quotes",
        "contact_payments",
    }
    assert {"show_recurring_invoice", "mark_as_sent", "deleted_since", "sort"} <= {name for _, name in asked}


@pytest.mark.thorough
def test_tokens_of_five_minutes_are_refreshed_ahead_of_time(book):
    """S9: a sync of twenty minutes, and no request is refused."""
    books, gate = generated(date(2023, 3, 31)), Gate(life=300, client_secret="canary-secret", has_pkce=False)
    clock = [NOW]

    def later():
        clock[0] += timedelta(seconds=30)
        books.clock = clock[0]

    books.clock = NOW
    with pretended(books, gate=gate, most=2, faults=(Fault(before=later, every=1),)) as server:
        given = gate.given(NOW)
        secrets = APP | {"access": given["access_token"], "refresh": given["refresh_token"], "life": 300}
        source = connected(book, server.base, secrets, expires_at=NOW + timedelta(seconds=300))
        outcome = ran(book, source, SAGE, today=date(2023, 3, 31), now=lambda: clock[0])
    assert (outcome.outcome, outcome.problems) == ("done", [])
    assert set(server.told) == {200}
    assert clock[0] - NOW >= timedelta(minutes=20)
    assert gate.refreshes >= 4


@pytest.mark.thorough
def test_a_deleted_invoice_goes_and_its_quote_is_whole_again(book):
    day, gate = date(2023, 3, 31), Gate(is_lenient=True, has_pkce=False)
    books = generated(day)
    (quote,) = (row for row in books.rows["sales_quotes"].values() if row["status"]["id"] == "ACCEPTED")
    key = next(iter(books.rows["sales_invoices"]))
    books.rows["sales_invoices"][key]["original_quote_estimate"] = {"id": quote["id"]}
    taken = books.rows["sales_invoices"][key]["net_amount"]
    with pretended(books, gate=gate) as server:
        source = connected(book, server.base, APP | {"access": "a", "refresh": "r"})
        assert ran(book, source, SAGE, today=day).problems == []
        rows = Invoice.objects.using(book.alias).filter(until_version=None, is_deleted=False)
        assert rows.get(key=quote["id"]).amount == quote["net_amount"] - taken
        books.rows["sales_invoices"][key]["deleted_at"] = at(NOW.date() + timedelta(days=1))
        ran(book, source, SAGE, today=day)
        assert rows.get(key=quote["id"]).amount == quote["net_amount"]
        assert not rows.filter(key=key).exists()


@pytest.mark.thorough
def test_the_made_up_books_are_read_without_a_problem(book):
    """G2"""
    made = connect_demo(EVERYTHING, book, "sage", now=NOW, today=TODAY, by="ana")
    outcome = sync(EVERYTHING, book, made, now=lambda: NOW, today=TODAY)
    assert (outcome.outcome, outcome.problems) == ("done", [])
    assert (made.label, made.currency) == ("Marsh Wholesale Ltd", "GBP")
    rows = generated(TODAY).rows
    facts = Invoice.objects.using(book.alias).filter(until_version=None, is_deleted=False)
    counted = {
        "invoices": "sales_invoices",
        "credit_notes": "sales_credit_notes",
        "quick_entries": "sales_quick_entries",
    }
    for name, path in counted.items():
        assert facts.filter(stream=name).count() == len(rows[path])
    assert facts.filter(state="planned").count() == 1
    total = sum((one.amount for one in facts.filter(stream="invoices", currency="GBP", state="issued")), Decimal(0))
    told = [
        row
        for row in rows["sales_invoices"].values()
        if row["status"]["id"] != "VOID" and row["currency"]["id"] == "GBP"
    ]
    assert total == sum(row["net_amount"] for row in told)
    assert Client.objects.using(book.alias).filter(until_version=None).count() == len(rows["contacts"])
    found = Problem.objects.using(book.alias).filter(resolved_at=None).values_list("code", flat=True)
    assert set(found) == {"PLAN_PROPOSED"}
    before, version = tables(book), book.facts_version
    again = sync(EVERYTHING, book, made, now=lambda: NOW + timedelta(hours=1), today=TODAY)
    assert (again.new, tables(book), book.facts_version) == (0, before, version)
