"""Does a backup restore? It is unpacked, opened, checked page by page, and its figures are counted again."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from cartera.app.workspace.backup import label
from cartera.app.workspace.backup.sealed import is_sealed, unseal
from cartera.errors import CarteraError, InputError
from cartera.tongue import say, spoken, text

ANOTHER = text("Take another backup; this one is not to be trusted.")


def unpacked(file: Path, into: Path, passphrase: str | None) -> label.Label:
    """Unpack the backup into a SQLite file, and prove it. InputError: it is no backup, or damaged."""
    into.touch(mode=0o600)
    with file.open("rb") as source, into.open("wb") as target:
        if is_sealed(file):
            unseal(source, target, passphrase or "")
        else:
            shutil.copyfileobj(source, target)
    try:
        return _proved(into, str(file))
    except sqlite3.DatabaseError as problem:
        told = say("this is no backup, or it is damaged: {problem}.", problem=str(problem))
        raise InputError(told, where=str(file), fix=spoken(ANOTHER)) from None


def _proved(ledger: Path, name: str) -> label.Label:
    from cartera.ledger.figures import of_file

    with closing(sqlite3.connect(ledger)) as connection:
        told = label.read(connection)
        if told is None:
            raise InputError(
                say("this is no backup of Cartera."),
                where=name,
                fix=say("Name a file that cartera backup has written."),
            )
        if told.format > label.FORMAT:
            raise InputError(
                say("a newer Cartera made this backup."), where=name, fix=say("Update: pipx upgrade cartera.")
            )
        wrong = [*damages(connection), *_differences(told.figures, of_file(connection))]
    if wrong:
        found = say("the backup does not hold what it should: {faults}.", faults="; ".join(wrong))
        raise InputError(found, where=name, fix=spoken(ANOTHER))
    return told


def damages(connection: Any) -> list[str]:
    """What SQLite itself finds wrong with the pages and the references of an open file; nothing when all is well."""
    said = [text for (text,) in connection.execute("PRAGMA integrity_check(5)") if text != "ok"]
    loose = connection.execute("PRAGMA foreign_key_check").fetchmany(5)
    return said + [f"row {row} of {table} refers to nothing in {to}" for table, row, to, _ in loose]


def _differences(wanted: dict[str, Any], found: dict[str, Any]) -> list[str]:
    return [
        f"{name.replace('_', ' ')} is {found[name]} instead of {value}"
        for name, value in wanted.items()
        if found.get(name) != value
    ]


def require(condition: object, what: str, fix: str) -> None:
    """CarteraError unless the condition holds."""
    if not condition:
        raise CarteraError(what, fix=fix)
