"""How is a ledger's database reached? SQLite in a file with settings that lose nothing, or PostgreSQL by its URL."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, unquote, urlsplit

import django
from django.conf import settings

from cartera.errors import CarteraError, InputError

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper

PRAGMAS = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "secure_delete": 1}
SHORTEST_WAIT = 5_000  # milliseconds that a writer waits for another before it gives up
INIT = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA secure_delete=ON;"
SQLITE_OPTIONS = {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": INIT}
APPS = ("django.contrib.contenttypes", "django.contrib.auth", "cartera.ledger.apps.LedgerConfig")
SCHEMES = ("postgresql", "postgres")


def configure(**more: Any) -> None:
    """Django with the ledger's tables, once per process. more: further settings, as the web app has them."""
    if settings.configured:
        return
    given = {
        "INSTALLED_APPS": list(APPS),
        "DATABASES": {"default": _sqlite(":memory:")},
        "AUTH_USER_MODEL": "ledger.User",
        "USE_TZ": True,
        "TIME_ZONE": "UTC",
        "DEFAULT_AUTO_FIELD": "django.db.models.BigAutoField",
    }
    settings.configure(**given | more)
    django.setup()


def connect(address: str) -> str:
    """The name by which Django knows the database at a path or a postgresql:// URL; the same for the same address."""
    configure()
    from django.db import connections

    if address in connections.databases:
        return address
    filled = {"default": connections.databases["default"], address: database(address)}
    connections.databases[address] = connections.configure_settings(filled)[address]
    return address


def disconnect(alias: str) -> None:
    """Close a database that is not needed any more, and forget it."""
    from django.db import connections

    if alias in connections.databases:
        connections[alias].close()
        del connections[alias]
        del connections.databases[alias]


def database(address: str) -> dict[str, Any]:
    """The entry of Django's DATABASES for an address. InputError: a URL of another kind of database."""
    scheme, _, rest = address.partition("://")
    if not rest:
        return _sqlite(str(Path(address)))
    if scheme not in SCHEMES:
        raise InputError(
            f"a ledger lies in SQLite or PostgreSQL, not in {scheme!r}.",
            fix="Give a folder, or an address such as postgresql://ana@localhost/cartera.",
        )
    parts = urlsplit(address)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.removeprefix("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or dict(parse_qsl(parts.query)).get("host", "")),
        "PORT": str(parts.port or ""),
        "OPTIONS": {key: value for key, value in parse_qsl(parts.query) if key not in {"host", "workspace"}},
    }


def _sqlite(name: str) -> dict[str, Any]:
    return {"ENGINE": "django.db.backends.sqlite3", "NAME": name, "OPTIONS": dict(SQLITE_OPTIONS)}


def connection(alias: str) -> BaseDatabaseWrapper:
    """The live connection of this thread."""
    from django.db import connections

    return connections[alias]


def is_sqlite(alias: str) -> bool:
    """Whether the ledger is a file."""
    return connection(alias).vendor == "sqlite"


def assert_safe(alias: str) -> None:
    """CarteraError unless the live connection has the settings under which an acknowledged write survives."""
    if not is_sqlite(alias):
        return
    with connection(alias).cursor() as cursor:
        found = {name: cursor.execute(f"PRAGMA {name}").fetchone()[0] for name in (*PRAGMAS, "busy_timeout")}
    wrong = {name: found[name] for name, value in PRAGMAS.items() if found[name] != value}
    if found["busy_timeout"] < SHORTEST_WAIT:
        wrong["busy_timeout"] = found["busy_timeout"]
    if wrong:
        told = ", ".join(f"{name} is {value}" for name, value in wrong.items())
        raise CarteraError(
            f"the ledger's database does not keep what it acknowledges: {told}.",
            where=str(connection(alias).settings_dict["NAME"]),
            fix="Keep it on a local disk: SQLite's write-ahead log does not work on a network file system.",
        )


def migrate(alias: str) -> None:
    """The tables as this version of the program has them, all steps or none.

    Django notes a step after it has committed its tables: killed between the two, no later start could go on.
    """
    from django.core.management import call_command
    from django.db import transaction

    live = connection(alias)
    live.disable_constraint_checking()  # SQLite cannot while a transaction is open
    try:
        with transaction.atomic(using=alias):
            call_command("migrate", database=alias, verbosity=0, interactive=False)
    finally:
        live.enable_constraint_checking()


def keep_before(alias: str, step: str) -> None:
    """A copy of a ledger file beside it, before a step changes tables that hold something; a server has its own."""
    path = Path(str(connection(alias).settings_dict["NAME"]))
    if not is_sqlite(alias) or "ledger_workspace" not in connection(alias).introspection.table_names():
        return
    import os
    import sqlite3
    from contextlib import closing

    connection(alias).ensure_connection()
    copy = path.with_name(f"{path.name}.before-{step}")
    half = copy.with_name(f"{copy.name}.{os.getpid()}")  # two programs may bring a ledger up to date at once
    try:
        half.touch(mode=0o600)
        with closing(sqlite3.connect(half)) as target:
            connection(alias).connection.backup(target)
            target.execute("PRAGMA journal_mode=DELETE")
            taken = target.execute(
                "SELECT 1 FROM django_migrations WHERE app = 'ledger' AND name = ?", [step]
            ).fetchone()
        if not taken:  # by the other program, meanwhile
            half.replace(copy)
    finally:
        half.unlink(missing_ok=True)


def unapplied(alias: str) -> tuple[list[str], list[str]]:
    """Steps that this program knows and the database has not taken, and steps that it has taken and we do not know."""
    from django.db.migrations.loader import MigrationLoader
    from django.db.migrations.recorder import MigrationRecorder

    known = {key for key in MigrationLoader(None).disk_migrations if key[0] == "ledger"}
    taken = {key for key in MigrationRecorder(connection(alias)).applied_migrations() if key[0] == "ledger"}
    return sorted(name for _, name in known - taken), sorted(name for _, name in taken - known)
