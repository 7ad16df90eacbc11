"""How is a ledger put back whose key is lost and of which there is no backup? One is made of it, without the key."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from cartera.app.workspace.backup import label
from cartera.app.workspace.backup.copied import copied
from cartera.errors import CarteraError
from cartera.ledger.book import Book
from cartera.tongue import say

MAGIC = b"SQLite format 3\x00"


def is_bare(file: str) -> bool:
    """Whether this is the ledger of a workspace and no backup: the address of a database, or a ledger.sqlite3."""
    if "://" in file:
        return True
    with Path(file).open("rb") as opened:
        if opened.read(len(MAGIC)) != MAGIC:
            return False
    try:
        with closing(sqlite3.connect(f"{Path(file).absolute().as_uri()}?mode=ro", uri=True)) as connection:
            return label.read(connection) is None and _workspaces(connection) > 0
    except sqlite3.DatabaseError:
        return False


def backup_of(file: str, into: Path) -> Path:
    """A backup of that ledger as it is now. CarteraError: there is not one workspace in it."""
    from cartera.app.workspace.place import place
    from cartera.ledger import database

    where = place(file) if "://" in file else None
    alias = database.connect(where.address if where else file)
    from cartera.ledger.models import Workspace

    found = list(Workspace.objects.using(alias).values_list("pk", "name").order_by("pk"))
    chosen = [one for one in found if where is None or where.name in (None, one[1])]
    if not chosen or (where is not None and len(chosen) > 1):
        told = say("there are {count} workspaces in {file}.", count=len(chosen), file=str(file))
        raise CarteraError(told, fix=say("Name one: ?workspace=NAME."))
    copied(Book(alias, *chosen[0]), into)
    return into


def _workspaces(connection: sqlite3.Connection) -> int:
    table = connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'ledger_workspace'").fetchone()
    return int(connection.execute("SELECT count(*) FROM ledger_workspace").fetchone()[0]) if table else 0
