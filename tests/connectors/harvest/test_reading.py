"""How are Harvest's books read? Through its pretended server, with the requests that it accepts."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
import typer
from tests.connectors.running import ran, tables
from tests.ledgers import MOMENT
from tests.shared import shared
from typer.testing import CliRunner

from cartera.app.scope import EVERYTHING
from cartera.app.workspace.connecting.authorising import with_token
from cartera.app.workspace.connecting.connecting import connect, way
from cartera.app.workspace.connecting.demonstration import connect_demo
from cartera.app.workspace.connecting.landing import Ground
from cartera.app.workspace.connecting.running import sync
from cartera.app.workspace.connecting.sweeping import ManyGoneError, sweep
from cartera.cli.workspace.connecting import _in_currency
from cartera.ledger.models import Client, Contact, Invoice, Problem
from cartera.sources.harvest.books import STREAMS, Books, generated
from cartera.sources.harvest.connector import HARVEST
from cartera.sources.harvest.pretend import ACCOUNT, pretended
from cartera.sources.kit.contract import Company, Position, Window
from cartera.sources.kit.faults import ELSEWHERE, Fault
from cartera.sources.kit.gate import Gate
from cartera.sources.kit.paging import followed
from cartera.sources.kit.parsing import parsed
from cartera.sources.kit.refusals import ForeignHostError, IncompleteError

TODAY = date(2026, 3, 31)
TOKEN = "canary-token"


def told(name: str) -> dict[str, object]:
    return parsed(shared("payloads", "harvest", f"{name}.json").read_text())


def documented() -> Books:
    """The books of the documentation."""
    books = Books(MOMENT, name=str(told("company")["name"]))
    for name in STREAMS:
        for row in told(name)[name]:
            books.put(name, row)
    return books


@pytest.fixture
def books():
    return documented()


@pytest.fixture
def server(books):
    with pretended(books, gate=Gate(fixed=(TOKEN,)), size=1) as made:
        yield made


@pytest.fixture
def source(book, server):
    company, settings = Company(ACCOUNT, "API Examples", "EUR"), {"base": server.base}
    return connect(EVERYTHING, book, HARVEST, company, {"token": TOKEN}, now=MOMENT, by="ana", settings=settings)


def there(book, model, name="key"):
    rows = model.objects.using(book.alias).filter(until_version=None, is_deleted=False)
    return sorted(rows.values_list(name, flat=True))


def documents(book):
    return there(book, Invoice, "invoice_id")


ALL = ["harvest:estimates:1439814", "harvest:invoices:13150378", "harvest:invoices:13150403"]


def test_the_account_is_found_and_its_usual_currencies_are_proposed(books):
    """H8"""
    with pretended(books, gate=Gate(fixed=(TOKEN,))) as server:
        (company,) = with_token(HARVEST, TOKEN, base=server.base).companies
    assert (company.key, company.label) == (ACCOUNT, "API Examples")
    assert (company.currency, company.currencies) == ("", ("EUR", "USD"))


def test_who_may_not_see_the_company_still_connects(server):
    """H8"""
    server.faults = (Fault("refused", path="/company", every=1),)
    (company,) = with_token(HARVEST, TOKEN, base=server.base).companies
    assert (company.label, company.currencies) == ("API Examples", ("EUR",))  # of the newest page


@pytest.mark.parametrize(("typed", "currency"), [("", "EUR"), ("usd", "USD")])
def test_the_currency_of_the_books_is_asked(typed, currency):
    """H8"""
    app = typer.Typer()
    app.command()(lambda: print(_in_currency(Company(ACCOUNT, "API Examples", currencies=("EUR", "USD"))).currency))
    said = CliRunner().invoke(app, input=f"{typed}\n")
    assert said.stdout.splitlines()[-1] == currency
    assert "EUR, USD" in said.stderr


def test_every_page_comes_by_the_link_of_the_one_before(book, server, source):
    """H4, H5: nothing is believed of how many there are, and every request says who asks for which account."""
    outcome = ran(book, source, HARVEST)
    assert (outcome.outcome, outcome.problems) == ("done", [])
    assert documents(book) == ALL
    assert there(book, Client, "client_id") == ["harvest:5735774", "harvest:5735776"]
    assert there(book, Contact, "name") == ["Jane Doe", "Richard Roe"]
    estimate = Invoice.objects.using(book.alias).get(until_version=None, is_deleted=False, stream="estimates")
    assert str(estimate.amount) == "10000.0000"
    linked = [call.words for call in server.asked if "cursor" in call.words]
    assert len(linked) >= 4 and all(words["ref"] == "next_cursor" and words["per_page"] == "2000" for words in linked)
    for call in server.asked:
        assert call.headers["user-agent"] == f"Cartera (account {ACCOUNT})"
        assert call.headers["harvest-account-id"] == ACCOUNT
        assert TOKEN not in call.words.values()
    assert set(server.told) == {200}


def test_reading_again_changes_nothing(book, server, source):
    """G2"""
    ran(book, source, HARVEST)
    before, count, version = tables(book), len(server.asked), book.facts_version
    outcome = ran(book, source, HARVEST)
    assert (outcome.new, tables(book), book.facts_version) == (0, before, version)
    assert len(server.asked) - count <= 2 * 5  # five lists; what overlaps may be two pages of one record here
    assert all("updated_since" in call.words for call in server.asked[count:])


def test_a_link_to_another_host_is_not_followed(book, server, source):
    """H4"""
    server.faults = (Fault("foreign", path="/invoices", every=1),)
    outcome = ran(book, source, HARVEST)
    assert outcome.outcome == "incomplete"
    assert any(ELSEWHERE.removeprefix("https://") in one for one in outcome.problems)
    assert there(book, Client, "client_id") == ["harvest:5735774", "harvest:5735776"]


def test_a_link_to_another_list_is_not_followed(server):
    """H4"""
    with pytest.raises(ForeignHostError):
        followed(f"{server.base}/v2", "/invoices", f"{server.base}/v2/users?cursor=x")
    assert (
        followed("https://h.example/v2", "/users", "/v2/users?page=2&a=b%2Bc")
        == "https://h.example/v2/users?page=2&a=b%2Bc"
    )


def test_a_walk_whose_link_died_is_begun_anew(server, source, book):
    since = datetime(2017, 1, 1, tzinfo=UTC)
    dead = Position(since, link=f"{server.base}/invoices?cursor=dead")
    stream = next(one for one in HARVEST.streams if one.name == "invoices")
    with way(book, source, HARVEST, lambda: MOMENT) as http:
        pages = list(HARVEST.pull(http, stream, dead, Window()))
    assert [one.key for page in pages for one in page.records] == ["13150403", "13150378"]
    assert server.asked[-2].words["updated_since"] == "2017-01-01T00:00:00Z"
    assert pages[0].position.updated_at == since
    assert pages[1].position.updated_at == datetime(2017, 8, 23, 22, 25, 59, tzinfo=UTC)


def test_a_refused_list_keeps_no_other_from_being_read(book, server, source):
    """H6"""
    server.faults = (Fault("refused", path="/estimates", every=1),)
    outcome = ran(book, source, HARVEST)
    assert (outcome.outcome, len(outcome.problems)) == ("incomplete", 1)
    assert documents(book) == ALL[1:]


def swept(book, source):
    with way(book, source, HARVEST, lambda: MOMENT) as http:
        stream = next(one for one in HARVEST.streams if one.name == "invoices")
        return sweep(Ground(book, source, HARVEST, None, lambda: MOMENT, TODAY), http, stream)


def test_an_invoice_that_vanishes_is_asked_for_once_and_then_gone(book, books, server, source):
    """H7"""
    ran(book, source, HARVEST)
    del books.rows["invoices"][13150378]
    assert swept(book, source) == 1
    assert [call.path for call in server.asked].count("/invoices/13150378") == 1
    assert documents(book) == [ALL[0], ALL[2]]
    estimate = Invoice.objects.using(book.alias).get(until_version=None, is_deleted=False, stream="estimates")
    assert str(estimate.amount) == "20000.0000"  # nothing of it is invoiced any more
    assert swept(book, source) == 0


def test_an_invoice_that_only_the_list_forgot_stays(book, server, source):
    """H7"""
    ran(book, source, HARVEST)
    server.faults = (
        Fault("gap", path="/invoices", on=(len([one for one in server.asked if "/invoices" in one.path]) + 1,)),
    )
    with pytest.raises(IncompleteError):
        swept(book, source)
    assert documents(book) == ALL


def test_a_third_that_vanishes_is_asked_about(book, books, source):
    """H7"""
    for count in range(70):
        books.put("invoices", books.rows["invoices"][13150403] | {"id": 20_000_000 + count, "number": f"X{count}"})
    with pretended(books, gate=Gate(fixed=(TOKEN,))) as server:
        source.settings["base"] = server.base
        source.save(using=book.alias)
        ran(book, source, HARVEST)
        for key in [one for one in books.rows["invoices"] if one >= 20_000_000][:22]:
            del books.rows["invoices"][key]
        with pytest.raises(ManyGoneError):
            swept(book, source)
    assert len(documents(book)) == 73


def test_payments_are_asked_for_only_where_a_paid_invoice_tells_no_day(book, books, server, source):
    books.put("invoices", books.rows["invoices"][13150378] | {"paid_date": None})
    books.payments[13150378] = told("invoice_payments")["invoice_payments"]
    ran(book, source, HARVEST)
    assert [call.path for call in server.asked if call.path.endswith("/payments")] == ["/invoices/13150378/payments"]
    invoice = Invoice.objects.using(book.alias).get(until_version=None, is_deleted=False, key="13150378")
    assert invoice.paid_on == date(2017, 2, 21)


def test_a_series_is_planned_and_goes_on_with_its_next_invoice(book, books, source):
    source.settings["inferred"] = "planned"
    source.save(using=book.alias)
    one = books.rows["invoices"][13150403] | {"recurring_invoice_id": 9, "state": "paid", "paid_date": "2026-03-30"}
    for month in (1, 2, 3):
        books.put(
            "invoices", one | {"id": month, "issue_date": f"2026-{month:02}-20", "updated_at": "2026-03-30T00:00:00Z"}
        )
    ran(book, source, HARVEST)
    plans = [one for one in documents(book) if ":templates:" in one]
    assert plans[0] == "harvest:templates:9#2026-04-20" and len(plans) == 12
    books.put("invoices", one | {"id": 4, "issue_date": "2026-04-19", "updated_at": "2026-03-31T09:00:00Z"})
    ran(book, source, HARVEST)
    assert next(one for one in documents(book) if ":templates:" in one) == "harvest:templates:9#2026-05-20"
    ran(book, source, HARVEST, today=date(2026, 9, 30))
    assert [one for one in documents(book) if ":templates:" in one] == []  # nothing came: the series has ended


@pytest.mark.thorough  # the contract of connectors reads them in make test
def test_the_made_up_books_are_read_without_a_problem(book):
    day = date(2023, 9, 30)
    at = datetime(2023, 9, 30, 12, tzinfo=UTC)
    made = connect_demo(EVERYTHING, book, "harvest", now=at, today=day, by="ana")
    outcome = sync(EVERYTHING, book, made, now=lambda: at, today=day)
    assert (outcome.outcome, outcome.problems, made.currency) == ("done", [], "EUR")
    rows = generated(day).rows
    assert len(there(book, Client)) == len(rows["clients"])
    assert len(documents(book)) == len(rows["invoices"]) + 1  # and the accepted estimate
    found = Problem.objects.using(book.alias).filter(resolved_at=None).values_list("code", flat=True)
    assert set(found) == {"PLAN_PROPOSED"}
