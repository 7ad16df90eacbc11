"""How is everything taken along in one file? The tables of the workspace in an archive, or a backup of all of it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZipFile

from cartera.app.workspace.backup.make import backup
from cartera.app.workspace.export import export
from cartera.errors import CarteraError
from cartera.tongue import say, say_many

if TYPE_CHECKING:
    from cartera.app.scope import Scope
    from cartera.ledger.book import Book

TABLES = "tables"
LEAST = 12  # characters of a passphrase


def packed(scope: Scope, text: str, folder: Path, *, kind: str, by: str) -> Path:
    """An archive of the fact tables, in a folder of the caller's, with only the clients that may be seen.

    UnknownNameError: no such format.
    """
    made = export(scope, text, str(folder / TABLES), kind=kind, by=by)
    path = folder / f"{TABLES}.zip"
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        for one in sorted(made.folder.iterdir()):
            archive.write(one, one.name)
    return path


def backed_up(scope: Scope, book: Book, folder: Path, *, by: str, passphrase: str = "") -> Path:
    """A backup in a folder of the caller's. CarteraError: others' workspaces lie in the same file."""
    scope.require("backup")
    if passphrase and len(passphrase) < LEAST:
        raise CarteraError(
            say_many(
                "a passphrase of {count} character can be guessed by trying.",
                "a passphrase of {count} characters can be guessed by trying.", count=len(passphrase),
            ),
            where="passphrase", fix=say("Take four words that nobody would put together."),
        )  # fmt: skip
    if holds_others(book):
        raise CarteraError(
            say("the ledger's file holds other workspaces as well."),
            fix=say("Ask whoever runs the server for a backup: cartera backup."),
        )
    return backup(scope, book, str(folder), by=by, passphrase=passphrase).file


def holds_others(book: Book) -> bool:
    """Whether a backup would take along more than this workspace: a SQLite ledger is copied whole."""
    from cartera.ledger.database import is_sqlite
    from cartera.ledger.models import Workspace

    return is_sqlite(book.alias) and Workspace.objects.using(book.alias).count() > 1
