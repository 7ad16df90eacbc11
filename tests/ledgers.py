"""Where does a test's ledger lie? In SQLite and in PostgreSQL, one test each, in a new database that nobody else uses.

`ledger_address` is such a database with today's tables, `book` a new workspace in it, `workspace` the text by which
a person names it. PostgreSQL is a server whose address stands in CARTERA_POSTGRES; `make postgres` starts one.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit
from uuid import uuid4

import pytest

from cartera.app.workspace.place import LEDGER, place
from cartera.web.server import set_up

if TYPE_CHECKING:
    from cartera.ledger.book import Book

set_up(hosts=("testserver", "localhost", "127.0.0.1"))  # before any test imports a model

POSTGRES = "CARTERA_POSTGRES"
KINDS = ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)]
MOMENT = datetime(2026, 3, 31, 9, 0, tzinfo=UTC)
KEY = b"a key of the tests, known to everybody"


@pytest.fixture(scope="session")
def templates(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """Kind of database -> an empty ledger to copy: making its tables takes a hundred times as long."""
    made: dict[str, str] = {}
    made["folder"] = str(tmp_path_factory.mktemp("templates"))
    yield made
    if "postgres" in made:
        drop(made["postgres"])


@pytest.fixture(params=KINDS)
def ledger_address(
    request: pytest.FixtureRequest, tmp_path: Path, templates: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> Iterator[str]:
    """The address of a new database with the ledger's tables and no workspace."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    address = fresh(request.param, tmp_path, templates)
    yield address
    closed(address)
    if request.param == "postgres":
        drop(address)


@pytest.fixture
def book(ledger_address: str) -> Book:
    """A new workspace whose currency is the euro."""
    from cartera.ledger.book import create_book

    return create_book(ledger_address, "Acme", at=MOMENT, key=KEY, currency="EUR")


@pytest.fixture
def workspace(ledger_address: str) -> str:
    """What a person types to name a new workspace: its folder, or the address of its database."""
    text = ledger_address if "://" in ledger_address else str(Path(ledger_address).parent)
    where = place(text)
    where.folder.mkdir(parents=True, exist_ok=True)
    where.key.write_bytes(KEY)
    from cartera.ledger.book import create_book

    create_book(ledger_address, "Acme", at=MOMENT, key=KEY, currency="EUR")
    return text


def fresh(kind: str, folder: Path, templates: dict[str, str]) -> str:
    """A copy of the empty ledger."""
    if kind not in templates:
        templates[kind] = template(kind, Path(templates["folder"]))
    if kind == "postgres":
        return created(f"TEMPLATE {name_of(templates[kind])}")
    path = folder / "workspace" / LEDGER
    path.parent.mkdir()
    shutil.copyfile(templates[kind], path)
    return str(path)


def template(kind: str, folder: Path) -> str:
    """An empty ledger with today's tables, closed."""
    from cartera.ledger import database

    address = created() if kind == "postgres" else str(folder / LEDGER)
    database.migrate(database.connect(address))
    closed(address)
    return address


def server() -> str:
    """The address of a PostgreSQL server's own database."""
    return os.environ[POSTGRES]


def created(how: str = "") -> str:
    """The address of a new database on the server."""
    name = f"cartera_{uuid4().hex[:12]}"
    on_server(f"CREATE DATABASE {name} {how}")
    return urlsplit(server())._replace(path=f"/{name}").geturl()


def drop(address: str) -> None:
    """The database gone, whoever is connected."""
    closed(address)
    on_server(f"DROP DATABASE IF EXISTS {name_of(address)} WITH (FORCE)")


def on_server(statement: str) -> None:
    """Run a statement that knows no transaction."""
    import psycopg

    with psycopg.connect(server(), autocommit=True) as connection:
        connection.execute(statement)


def name_of(address: str) -> str:
    """The name of the database at an address."""
    return urlsplit(address).path.removeprefix("/")


def closed(address: str) -> None:
    """This process's connection to the database ended."""
    from django.db import connections

    if address in connections.databases:
        connections[address].close()
