"""What did the database refuse? Its words, and those of the disk under it, as sentences that say what to do."""

from __future__ import annotations

import errno
import sys

from cartera.errors import CarteraError, InputError
from cartera.tongue import filled, say, spoken, text

WHOLE = text("Nothing of this was kept, and all that was there before is whole.")
SAID = (
    ("database or disk is full", text("the disk is full. {whole}"), text("Make room, then do it again.")),
    (
        "disk i/o error",
        text("the disk refused to write. {whole}"),
        text("Make room or have the disk looked at, then do it again."),
    ),
    (
        "readonly database",
        text("the ledger may not be written."),
        text("Let its folder and its files be written by you: chmod -R u+rwX DIR."),
    ),
    (
        "unable to open database file",
        text("the ledger cannot be opened."),
        text("See that its folder may be read and written."),
    ),
    (
        "database is locked",
        text("another program has kept the ledger busy for too long."),
        text("Do it again; if this goes on, see which other program has it open."),
    ),
    (
        "malformed",
        text("the ledger is damaged."),
        text("Keep a copy of its folder, then put the last backup back: cartera restore FILE NEW-DIR."),
    ),
    (
        "not a database",
        text("the ledger is damaged, or it is no ledger."),
        text("Keep a copy of its folder, then put the last backup back: cartera restore FILE NEW-DIR."),
    ),
)
FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


def explained(problem: BaseException) -> CarteraError | None:
    """What to say about a refusal of the database or the disk; None for anything else."""
    if isinstance(problem, OSError) and problem.errno in FULL:
        return _told(SAID[0][0])
    if isinstance(problem, UnicodeEncodeError):
        word = problem.object.encode("utf-8", "replace").decode()
        return InputError(say("{word} holds bytes that are no text.", word=repr(word)), fix=say("Write it in UTF-8."))
    return _told(str(problem)) if isinstance(problem, _errors()) else None


def _errors() -> tuple[type[Exception], ...]:
    """The errors of the databases that this process has opened; SQLite's own come while rows are fetched."""
    found: list[type[Exception]] = []
    if "sqlite3" in sys.modules:
        import sqlite3

        found.append(sqlite3.Error)
    if "django.db" in sys.modules:
        from django.db import Error

        found.append(Error)
    return tuple(found)


def _told(words: str) -> CarteraError | None:
    for sign, what, fix in SAID:
        if sign in words.lower():
            return CarteraError(filled(spoken(what), {"whole": spoken(WHOLE)}), fix=spoken(fix))
    if "connection" in words.lower():
        first = words.strip().splitlines()[0]
        return CarteraError(
            say("the database cannot be reached: {first}", first=first), fix=say("Start it, or correct the address.")
        )
    return None
