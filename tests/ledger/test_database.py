"""Is a ledger refused that could lose what it acknowledged, or that another program version has changed?"""

from __future__ import annotations

from datetime import UTC, datetime
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connections
from tests.ledger.facts import named, names
from tests.ledgers import KEY

from cartera.errors import CarteraError
from cartera.ledger import database
from cartera.ledger.book import create_book, open_book

UNSAFE = [
    ("PRAGMA journal_mode=DELETE", "journal_mode is delete"),
    ("PRAGMA synchronous=NORMAL", "synchronous is 1"),
    ("PRAGMA foreign_keys=OFF", "foreign_keys is 0"),
    ("PRAGMA secure_delete=OFF", "secure_delete is 0"),
    ("PRAGMA busy_timeout=100", "busy_timeout is 100"),
]
AT = datetime(2026, 3, 31, tzinfo=UTC)


def test_the_models_are_what_the_migrations_make():
    told = StringIO()
    call_command("makemigrations", "ledger", "--check", "--dry-run", stdout=told)
    assert told.getvalue().strip() == "No changes detected in app 'ledger'"


@pytest.mark.parametrize(("setting", "told"), UNSAFE)
def test_unsafe_settings_are_refused(tmp_path, setting, told):
    alias = database.connect(str(tmp_path / "unsafe.sqlite3"))
    with database.connection(alias).cursor() as cursor:
        cursor.execute(setting)
    with pytest.raises(CarteraError) as refused:
        database.assert_safe(alias)
    assert refused.value.what == f"the ledger's database does not keep what it acknowledges: {told}."
    connections[alias].close()


def test_options_in_the_wrong_place_are_noticed(tmp_path, monkeypatch):
    monkeypatch.setattr(database, "SQLITE_OPTIONS", {})
    with pytest.raises(CarteraError, match="journal_mode is delete"):
        create_book(str(tmp_path / "default.sqlite3"), "Acme", at=AT)


def test_every_connection_is_safe(book):
    connections[book.alias].close()
    database.assert_safe(book.alias)


def test_tables_of_a_newer_program_are_refused(ledger_address, book):
    with database.connection(book.alias).cursor() as cursor:
        taken = "INSERT INTO django_migrations (app, name, applied) VALUES ('ledger', '0999_later', CURRENT_TIMESTAMP)"
        cursor.execute(taken)
    with pytest.raises(CarteraError) as refused:
        open_book(ledger_address, key=KEY)
    assert str(refused.value) == (
        "a newer version of Cartera has used this ledger (its step 0999_later is unknown here)."
        " Update Cartera: pipx upgrade cartera."
    )


def test_tables_of_an_older_program_are_brought_up_to_date(ledger_address, book):
    named(book, {"acme": "Acme"})
    call_command("migrate", "ledger", "zero", database=book.alias, verbosity=0, interactive=False, fake=True)
    assert database.unapplied(book.alias)[0]
    call_command("migrate", "ledger", database=book.alias, verbosity=0, interactive=False, fake=True)
    assert names(open_book(ledger_address, key=KEY)) == {"acme": "Acme"}


def test_a_workspace_is_opened_by_its_name_or_as_the_only_one(ledger_address, book):
    assert open_book(ledger_address).workspace_id == book.workspace_id
    create_book(ledger_address, "Bell", at=AT)
    assert open_book(ledger_address, "Bell").name == "Bell"
    with pytest.raises(CarteraError, match="there is not one workspace here but 2: Acme, Bell"):
        open_book(ledger_address)
    with pytest.raises(CarteraError, match=r"unknown workspace 'Bel'. Did you mean 'Bell'"):
        open_book(ledger_address, "Bel")
    with pytest.raises(CarteraError, match="there is a workspace 'Bell' already"):
        create_book(ledger_address, "Bell", at=AT)


def test_workspaces_of_one_database_do_not_see_each_other(ledger_address, book):
    other = create_book(ledger_address, "Bell", at=AT, key=KEY)
    named(book, {"acme": "Acme"})
    named(other, {"acme": "Other"})
    assert (names(book), names(other)) == ({"acme": "Acme"}, {"acme": "Other"})
    assert (book.facts_version, other.facts_version) == (1, 1)
