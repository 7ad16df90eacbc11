"""Do the pretended books hang together, and stay as they are until a later day?"""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from tests.connectors.maps import World
from tests.connectors.quickbooks.payloads import HOME
from tests.ledgers import MOMENT

from cartera.app.scope import EVERYTHING
from cartera.app.workspace.connecting.demonstration import connect_demo
from cartera.ledger.models import Invoice
from cartera.sources.kit.parsing import parsed
from cartera.sources.kit.replies import written
from cartera.sources.quickbooks.asking import ENTITIES
from cartera.sources.quickbooks.company import generated
from cartera.sources.quickbooks.connector import QUICKBOOKS

DAY = date(2024, 6, 28)


def world(day):
    """The books as they arrive."""
    found, books = World(QUICKBOOKS, day=day, company=HOME, zone="America/Los_Angeles"), generated(day)
    for stream, entity in ENTITIES.items():
        is_template = stream == "templates"
        rows = {key: {"Invoice": row} if is_template else row for key, row in books.rows[entity].items()}
        found.records[stream] = {key: parsed(written(row)) for key, row in rows.items()}
    return found


def test_nothing_is_odd_about_them_but_what_is_meant():
    found = world(DAY)
    odd = Counter(code for stream in ENTITIES for key in found.records[stream] for code in found.codes(stream, key))
    assert odd == {"NO_CLIENT": 1}
    kinds = Counter((one.kind, one.state) for stream in ENTITIES for one in found.documents(stream).values())
    assert set(kinds) == {("invoice", "issued"), ("invoice", "void"), ("invoice", "planned"), ("credit_note", "issued")}


def test_paid_invoices_say_when_and_credits_say_of_what():
    made = world(DAY).documents("invoices").values()
    assert {one.open_amount == 0 for one in made if one.paid_on} == {True}
    assert Counter(bool(one.paid_on) for one in made)[True] > 50
    assert all(one.credits for one in world(DAY).documents("credit_notes").values())


def test_only_what_changed_says_so_a_week_later():
    before, after = generated(DAY), generated(DAY + timedelta(days=7))
    for entity, rows in before.rows.items():
        for key, row in rows.items():
            now = after.rows[entity][key]
            changed_at = datetime.fromisoformat(now["MetaData"]["LastUpdatedTime"])
            assert row == now or changed_at > before.clock, (entity, key)


@pytest.mark.thorough
def test_from_connect_to_facts(book):
    from cartera.app.workspace.connecting.running import sync

    source = connect_demo(EVERYTHING, book, "quickbooks", now=MOMENT, today=DAY, by="ana")
    assert (source.label, source.currency, source.company) == ("Greenfield Gardens", "USD", "9130357766900696")
    outcome = sync(EVERYTHING, book, source, now=lambda: MOMENT, today=DAY)
    assert (outcome.outcome, outcome.problems) == ("done", [])
    rows = Invoice.objects.using(book.alias).filter(until_version=None, is_deleted=False)
    wanted = world(DAY)
    made = [one for stream in ENTITIES for one in wanted.documents(stream).values()]
    assert rows.count() == len(made)
    assert sum(one.amount for one in rows) == sum((one.amount for one in made), Decimal(0))
    assert sync(EVERYTHING, book, source, now=lambda: MOMENT, today=DAY).new == 0
