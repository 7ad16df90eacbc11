"""Do Harvest and Sage keep somebody who was erased out, in every list that names them?"""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from tests.connectors.running import APP

from cartera.app.scope import EVERYTHING
from cartera.app.workspace.connecting.connecting import connect
from cartera.app.workspace.connecting.running import sync
from cartera.ledger.models import Client, Contact, Invoice, Problem, RawRecord, RawVersion
from cartera.ledger.privacy.erase import erase
from cartera.ledger.privacy.subject import client_subject
from cartera.sources.harvest import books as harvest_books
from cartera.sources.harvest import pretend as harvest_pretend
from cartera.sources.harvest.connector import HARVEST
from cartera.sources.kit.contract import Company
from cartera.sources.kit.gate import Gate
from cartera.sources.sage import books as sage_books
from cartera.sources.sage import pretend as sage_pretend
from cartera.sources.sage.connector import SAGE

DAY = date(2023, 5, 31)
NOW = datetime(2023, 5, 31, 12, tzinfo=UTC)
GATE = Gate(is_lenient=True, has_pkce=False)


def of_harvest():
    """Client 5000 is named in every list."""
    books = harvest_books.generated(DAY)
    for place, row in enumerate(books.rows["estimates"].values()):
        row |= {"client": {"id": 5000, "name": "Alder & Finch"}, "notes": f"for Nora Finch, {place}"}
    return (
        harvest_pretend.pretended(books, gate=GATE),
        HARVEST,
        Company("1020", "Studio", "EUR"),
        "5000",
        ("Finch", "nora@"),
    )


def of_sage():
    """The first client is named in every list, and has a series."""
    books = sage_books.generated(DAY)
    own, name = sage_books.key(1, 0), "Ashdown Hotels"
    for row in books.rows["sales_quotes"].values():
        row |= {"contact": {"id": own, "displayed_as": name}, "contact_name": name}
    account = {
        "id": "p1",
        "date": "2023-05-01",
        "contact": {"id": own, "displayed_as": name},
        "updated_at": sage_books.at(DAY),
    }
    books.put("contact_payments", account)
    return (
        sage_pretend.pretended(books, gate=GATE),
        SAGE,
        Company("b1", "Marsh", "GBP"),
        own,
        ("Ashdown", "Lyall", "grace@"),
    )


def told(book, canaries):
    return {
        (model.__name__, getattr(row, "stream", ""), canary)
        for model in (Client, Contact, Invoice, Problem, RawRecord, RawVersion)
        for row in model.objects.using(book.alias).iterator()
        for canary in canaries
        if canary in str(vars(row))
    }


@pytest.mark.thorough
@pytest.mark.parametrize("made", [of_harvest, of_sage])
def test_a_forgotten_client_does_not_come_back(book, made):
    """G14"""
    server, system, company, key, canaries = made()
    with server:
        secrets = APP | {"access": "a", "refresh": "r", "token": "t"}
        settings = {"base": server.base}
        source = connect(EVERYTHING, book, system, company, secrets, now=NOW, by="ana", settings=settings)
        assert sync(EVERYTHING, book, source, now=lambda: NOW, today=DAY).outcome == "done"
        streams = {stream for _, stream, _ in told(book, canaries)}
        assert len(streams) >= 4, "proves nothing"
        erase(client_subject(book, [f"{system.name}:{key}"]), at=NOW, by="ana")
        assert told(book, canaries) == set()
        assert sync(EVERYTHING, book, source, now=lambda: NOW, today=DAY, is_full=True).outcome == "done"
        assert told(book, canaries) == set()
