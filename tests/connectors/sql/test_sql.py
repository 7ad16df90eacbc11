"""Does a database become facts by its own queries: read only, whole, again without effect, with deletions?"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import date, timedelta
from decimal import Decimal

import pytest
from tests.ledgers import MOMENT

from cartera.app.scope import EVERYTHING
from cartera.app.workspace.connecting.databases import connect_database
from cartera.app.workspace.connecting.running import sync
from cartera.errors import CarteraError, UnknownNameError
from cartera.ledger.models import Client, Invoice, Line, Problem
from cartera.sources.sql.address import checked, shown

TODAY = date(2026, 3, 31)
TABLES = """
CREATE TABLE person (id INTEGER, called TEXT, land TEXT, changed TEXT);
CREATE TABLE bill (no TEXT, person INTEGER, day TEXT, net NUMERIC, changed TEXT);
CREATE TABLE item (bill TEXT, what TEXT, many NUMERIC, net NUMERIC, changed TEXT);
"""
CLIENTS = "SELECT id AS client_id, called AS name, land AS country, changed AS updated_at FROM person"
INVOICES = """SELECT no AS invoice_id, person AS client_id, day AS issued_on, net AS amount, changed AS updated_at
FROM bill"""
SINCE = f"{INVOICES} WHERE changed >= :since"
LINES = """SELECT bill AS invoice_id, what AS product, many AS quantity, net AS amount, changed AS updated_at
FROM item ORDER BY bill"""
ITEMS = """SELECT bill AS invoice_id, person AS client_id, day AS issued_on, what AS product, many AS quantity,
item.net AS amount, item.changed AS updated_at FROM item JOIN bill ON bill.no = item.bill ORDER BY bill"""


@pytest.fixture
def erp(tmp_path):
    """A database of six clients with four bills of two items each."""
    path = tmp_path / "erp.sqlite3"
    with closing(sqlite3.connect(path)) as file, file:
        file.executescript(TABLES)
        for person in range(6):
            file.execute("INSERT INTO person VALUES (?, ?, 'PT', '2026-01-01')", (person, f"Person {person}"))
            for n in range(4):
                day = (TODAY - timedelta(30 * n + person + 1)).isoformat()
                file.execute("INSERT INTO bill VALUES (?, ?, ?, 30.5, ?)", (f"{person}-{n}", person, day, day))
                items = [(f"{person}-{n}", "tea", 2, 10, day), (f"{person}-{n}", "cup", 1, 20.5, day)]
                file.executemany("INSERT INTO item VALUES (?, ?, ?, ?, ?)", items)
    return path


def connected(book, erp, **queries):
    """A source that reads it."""
    file = erp.with_name("queries.toml")
    lines = [f'{name} = """{query}"""' for name, query in queries.items()]
    file.write_text(f'address = "sqlite:///{erp}"\n[queries]\n' + "\n".join(lines))
    return connect_database(EVERYTHING, book, file, words=[], now=MOMENT, by="ana")


def read(book, source):
    return sync(EVERYTHING, book, source, now=lambda: MOMENT, today=TODAY)


def facts(book, model=Invoice):
    return model.objects.using(book.alias).filter(until_version=None, is_deleted=False)


def change(erp, statement):
    with closing(sqlite3.connect(erp)) as file, file:
        file.execute(statement)


@pytest.mark.parametrize("way", [{"invoices": INVOICES, "lines": LINES}, {"items": ITEMS}])
def test_invoices_and_their_lines_whichever_way_they_are_asked_for(book, erp, way):
    outcome = read(book, connected(book, erp, clients=CLIENTS, **way))
    assert (outcome.outcome, outcome.problems) == ("done", [])
    rows = facts(book)
    assert rows.count() == 24
    assert sum(row.amount for row in rows) == Decimal(732)
    assert facts(book, Client).get(client_id="sql:3").name == "Person 3"
    one = rows.get(invoice_id="sql:invoices:3-0")
    assert (one.client_id, one.issued_on, one.currency) == ("sql:3", TODAY - timedelta(4), None)
    lines = Line.objects.using(book.alias).filter(document=one.document).order_by("line_no")
    assert [(line.product, line.quantity, line.amount) for line in lines] == [
        ("tea", "2", Decimal(10)), ("cup", "1", Decimal("20.5")),
    ]  # fmt: skip
    assert not Problem.objects.using(book.alias).exists()


def test_a_second_reading_changes_nothing_and_an_edit_and_a_deletion_arrive(book, erp):
    source = connected(book, erp, clients=CLIENTS, invoices=INVOICES)
    read(book, source)
    version = book.facts_version
    assert read(book, source).new == 0
    assert book.facts_version == version
    change(erp, "UPDATE bill SET net = 99 WHERE no = '2-1'")
    change(erp, "DELETE FROM bill WHERE no = '2-2'")
    later = MOMENT + timedelta(days=1)
    sync(EVERYTHING, book, source, now=lambda: later, today=TODAY)
    assert facts(book).get(invoice_id="sql:invoices:2-1").amount == 99
    assert not facts(book).filter(invoice_id="sql:invoices:2-2").exists()


def test_with_since_only_what_changed_is_read(book, erp):
    source = connected(book, erp, clients=CLIENTS, invoices=SINCE)
    read(book, source)
    change(erp, f"UPDATE bill SET net = 99, changed = '{TODAY}' WHERE no = '2-1'")
    outcome = read(book, source)
    assert outcome.new == 1
    assert outcome.records < 6 + 24
    assert facts(book).get(invoice_id="sql:invoices:2-1").amount == 99


def test_what_was_entered_with_an_old_time_of_change_comes_with_its_lines_by_its_key(book, erp):
    lines = LINES.replace("FROM item", "FROM item WHERE changed >= :since")
    of_keys = "SELECT no AS invoice_id FROM bill"
    source = connected(book, erp, clients=CLIENTS, invoices=SINCE, lines=lines, invoice_keys=of_keys)
    assert read(book, source).outcome == "done"
    change(erp, "INSERT INTO bill VALUES ('late', 3, '2026-03-01', 12, '2020-01-01')")
    change(erp, "INSERT INTO item VALUES ('late', 'tea', 1, 12, '2020-01-01')")
    change(erp, "DELETE FROM bill WHERE no = '2-2'")
    later = MOMENT + timedelta(days=1)
    assert sync(EVERYTHING, book, source, now=lambda: later, today=TODAY).outcome == "done"
    late = facts(book).get(invoice_id="sql:invoices:late")
    assert late.amount == 12
    assert Line.objects.using(book.alias).get(document=late.document).product == "tea"
    assert not facts(book).filter(invoice_id="sql:invoices:2-2").exists()
    assert facts(book).count() == 24


def test_a_key_whose_row_never_comes_is_told(book, erp):
    of_keys = "SELECT no AS invoice_id FROM bill"
    change(erp, "UPDATE bill SET changed = NULL WHERE no = '2-2'")
    outcome = read(book, connected(book, erp, invoices=SINCE, invoice_keys=of_keys))
    assert outcome.outcome == "incomplete"
    assert outcome.problems == [
        "invoices: it never gives 2-2, which is among the keys. "
        "Let both queries have the same rows, those without a time of change as well."
    ]
    assert facts(book).count() == 23


def test_a_query_that_cannot_be_used_keeps_no_other_from_being_read(book, erp):
    outcome = read(book, connected(book, erp, clients="SELECT called AS name FROM person", invoices=INVOICES))
    assert outcome.outcome == "incomplete"
    assert "clients: it has no column client_id." in outcome.problems[0]
    assert facts(book).count() == 24


def test_a_database_is_never_written_to(book, erp):
    outcome = read(book, connected(book, erp, invoices="DELETE FROM bill RETURNING no AS invoice_id"))
    assert outcome.outcome == "incomplete"
    assert "readonly" in outcome.problems[0]
    with closing(sqlite3.connect(erp)) as file:
        assert file.execute("SELECT count(*) FROM bill").fetchone() == (24,)


def test_a_query_that_the_database_refuses_keeps_no_other_from_being_read(book, erp):
    outcome = read(book, connected(book, erp, clients="SELECT colour FROM person", invoices=INVOICES))
    assert outcome.outcome == "incomplete"
    assert "no such column: colour" in outcome.problems[0]
    assert facts(book).count() == 24


def test_days_in_another_order_are_read_as_the_setting_says(book, erp):
    change(erp, "UPDATE bill SET day = '03/02/2026'")
    source = connected(book, erp, invoices=INVOICES)
    read(book, source)
    assert Problem.objects.using(book.alias).filter(code="MAP_FAILED").count() == 24
    source.settings["date_order"] = "dmy"
    source.mapping = 0  # as changing the setting does
    source.save(using=book.alias)
    read(book, source)
    assert {row.issued_on for row in facts(book)} == {date(2026, 2, 3)}


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("mongodb://localhost/x", "unknown database 'mongodb'"),
        ("sqlite:///x.db?vfs=evil", "'vfs' may not stand in the address"),
        ("postgresql://ana@db/x?passfile=/etc/passwd", "'passfile' may not stand in the address"),
        ("nowhere", "this is no address of a database"),
    ],
)
def test_an_address_that_is_refused(address, told):
    with pytest.raises(CarteraError, match=told):
        checked(address)


def test_a_password_is_never_shown():
    assert shown("postgresql://ana:canary@db.example/erp") == "postgresql://ana@db.example/erp"


def test_a_file_without_invoices_is_refused(book, erp):
    with pytest.raises(CarteraError, match="an address and a query of invoices are needed"):
        connected(book, erp, clients=CLIENTS)
    with pytest.raises(UnknownNameError, match="unknown query 'bills'"):
        connected(book, erp, bills=INVOICES)
