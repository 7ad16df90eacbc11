"""Does the check of requests refuse what Xero would, and does the pretended server answer as Xero describes?"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from tests.connectors.xero.books import MOMENT
from tests.connectors.xero.described import misshapen, refusals

from cartera.sources.kit.gate import Gate
from cartera.sources.kit.pretend import Call
from cartera.sources.xero.connector import SCOPES, XERO
from cartera.sources.xero.lists import API, LISTS
from cartera.sources.xero.made import generated
from cartera.sources.xero.pretend import pretended

HEADERS = {"authorization": "Bearer a", "xero-tenant-id": "t", "if-modified-since": "2019-04-01T12:00:00Z"}
GOOD = Call(
    "GET", f"{API}/Invoices", {"page": "1", "pageSize": "100", "includeArchived": "true"}, HEADERS, {}, MOMENT, "http://"
)  # fmt: skip


def test_a_good_request_is_taken():
    """X7"""
    assert [refusals(GOOD, scope) for scope in SCOPES] == [[], []]


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"path": f"{API}/Bills"}, "no operation"),
        ({"method": "PATCH"}, "no operation"),
        ({"words": {"pagesize": "100"}}, "no parameter"),
        ({"words": {"pageSize": "abc"}}, "no integer"),
        ({"words": {"includeArchived": "yes"}}, "no boolean"),
        ({"words": {"IDs": "1,2"}}, "no uuid"),
        ({"path": f"{API}/Invoices/INV-0001"}, "no uuid"),
        ({"headers": HEADERS | {"authorization": ""}}, "no authorisation"),
        ({"headers": {"authorization": "Bearer a"}}, "xero-tenant-id is missing"),
        ({"headers": HEADERS | {"if-modified-since": "Mon, 01 Apr 2019 12:00:00 GMT"}}, "no date-time"),
        ({"headers": HEADERS | {"if-modified-since": "2019-04-01T12:00:00"}}, "no date-time"),
        ({"path": f"{API}/Payments"}, "another right"),
        ({"path": f"{API}/RepeatingInvoices"}, "page is no parameter"),
    ],
)
def test_a_bad_request_is_refused(change, why):
    """X7"""
    assert any(why in one for one in refusals(replace(GOOD, **change), "accounting.invoices.read"))


@pytest.mark.parametrize("name", sorted(one.name for one in LISTS.values()))
def test_what_the_pretended_server_answers_is_what_xero_describes(name):
    books = generated(date(2026, 3, 31))
    server = pretended(books, gate=Gate(is_lenient=True))
    headers = HEADERS | XERO.headers(books.tenant) | {"if-modified-since": ""}
    call = replace(GOOD, path=f"{API}/{name}", words={"page": "1", "pageSize": "9"}, headers=headers)
    reply = server.answer(call)
    assert reply.status == 200
    assert misshapen(name, reply.body) == []
