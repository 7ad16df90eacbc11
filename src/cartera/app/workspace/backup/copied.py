"""How is a workspace copied while others write into it? SQLite by its backup interface, PostgreSQL row by row.

Either way the copy is one SQLite file with a label, as of one moment.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cartera.app.clock import now
from cartera.app.workspace.backup import label
from cartera.ledger.key import fingerprint

if TYPE_CHECKING:
    from cartera.ledger.book import Book


def copied(book: Book, into: Path) -> label.Label:
    """Copy the workspace into a new file; what the file now says of itself."""
    from cartera.ledger.database import is_sqlite
    from cartera.ledger.snapshot import snapshot

    of = _file if is_sqlite(book.alias) else _rows
    with snapshot(book.alias):
        figures, made_at = of(book, into), now()
    told = label.Label(
        made_at=made_at.isoformat(timespec="seconds"), workspace=book.name,
        kind="SQLite" if of is _file else "PostgreSQL", program=version("cartera"),
        key=fingerprint(book.key), figures=figures,
    )  # fmt: skip
    with closing(sqlite3.connect(into)) as file:
        file.execute("PRAGMA journal_mode=DELETE")  # else the file would need two others beside it
        label.write(file, told)
    return told


def _file(book: Book, into: Path) -> dict[str, Any]:
    """The pages of a SQLite ledger, as of the snapshot that is open on its connection."""
    from cartera.ledger.database import connection
    from cartera.ledger.figures import of_file

    source = connection(book.alias).connection
    with closing(sqlite3.connect(into)) as target:
        source.backup(target)
    return of_file(source)


def _rows(book: Book, into: Path) -> dict[str, Any]:
    """The rows of the workspace in a SQLite ledger of its own."""
    from cartera.ledger import database
    from cartera.ledger.copying import copy
    from cartera.ledger.figures import of_workspace

    alias = database.connect(str(into))
    try:
        database.migrate(alias)
        copy(book.alias, book.workspace_id, alias)
    finally:
        database.disconnect(alias)
    return of_workspace(book.alias, book.workspace_id)
