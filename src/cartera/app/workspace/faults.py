"""What did the database refuse? Its words, and those of the disk under it, as sentences that say what to do."""

from __future__ import annotations

import errno
import sys

from cartera.errors import CarteraError, InputError

WHOLE = "Nothing of this was kept, and all that was there before is whole."
SAID = (
    ("database or disk is full", f"the disk is full. {WHOLE}", "Make room, then do it again."),
    (
        "disk i/o error",
        f"the disk refused to write. {WHOLE}",
        "Make room or have the disk looked at, then do it again.",
    ),
    (
        "readonly database",
        "the ledger may not be written.",
        "Let its folder and its files be written by you: chmod -R u+rwX DIR.",
    ),
    ("unable to open database file", "the ledger cannot be opened.", "See that its folder may be read and written."),
    (
        "database is locked",
        "another program has kept the ledger busy for too long.",
        "Do it again; if this goes on, see which other program has it open.",
    ),
    (
        "malformed",
        "the ledger is damaged.",
        "Keep a copy of its folder, then put the last backup back: cartera restore FILE NEW-DIR.",
    ),
    (
        "not a database",
        "the ledger is damaged, or it is no ledger.",
        "Keep a copy of its folder, then put the last backup back: cartera restore FILE NEW-DIR.",
    ),
)
FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


def explained(problem: BaseException) -> CarteraError | None:
    """What to say about a refusal of the database or the disk; None for anything else."""
    if isinstance(problem, OSError) and problem.errno in FULL:
        return _told(SAID[0][0])
    if isinstance(problem, UnicodeEncodeError):
        word = problem.object.encode("utf-8", "replace").decode()
        return InputError(f"{word!r} holds bytes that are no text.", fix="Write it in UTF-8.")
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


def _told(text: str) -> CarteraError | None:
    for words, what, fix in SAID:
        if words in text.lower():
            return CarteraError(what, fix=fix)
    if "connection" in text.lower():
        first = text.strip().splitlines()[0]
        return CarteraError(f"the database cannot be reached: {first}", fix="Start it, or correct the address.")
    return None
