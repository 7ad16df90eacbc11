"""Is the ledger whole? Its pages, its settings, its tables, its audit, and the columns that can be made from it."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from cartera.app.workspace.backup.proof import damages
from cartera.app.workspace.doctor.finding import Finding, Patient, ok, red, warn
from cartera.app.workspace.doctor.surroundings import is_another
from cartera.errors import CarteraError

if TYPE_CHECKING:
    from cartera.ledger.book import Book

PUT_BACK = "Keep a copy of the folder, then put the last backup back: cartera restore FILE NEW-DIR."


def integrity(_: Patient, book: Book) -> Finding:
    """Every page and every reference is as it should be."""
    from cartera.ledger.database import connection, is_sqlite

    if not is_sqlite(book.alias):
        return ok("integrity", "PostgreSQL checks its own pages")
    with connection(book.alias).cursor() as cursor:
        found = damages(cursor)
    return red("integrity", f"{len(found)} damages or more", PUT_BACK) if found else ok("integrity", "whole")


def safety(_: Patient, book: Book) -> Finding:
    """What the ledger acknowledges survives a power cut."""
    from cartera.ledger.database import assert_safe

    try:
        assert_safe(book.alias)
    except CarteraError as problem:
        return red("settings", problem.what, problem.fix)
    return ok("settings", "what is acknowledged is kept")


def schema(_: Patient, book: Book) -> Finding:
    """The tables are those of this program."""
    from cartera.ledger.database import unapplied

    missing, unknown = unapplied(book.alias)
    if unknown:
        return red("tables", "a newer Cartera has changed them", "Update: pipx upgrade cartera.")
    if missing:
        return warn(
            "tables", f"{len(missing)} steps behind this program", "Back up; the next command brings them up to date."
        )
    return ok("tables", "this program's")


def audit(patient: Patient, book: Book) -> Finding:
    """Nobody has changed the audit."""
    from cartera.ledger.audit import verify

    if not patient.place.key.exists():
        return warn("audit", "not looked at: the key is missing", "Put the key back and ask again.")
    if is_another(patient):
        return warn("audit", "not looked at: the key is another's", "Put the right key there and ask again.")
    count, breaks = verify(book)
    if breaks:
        return red(
            "audit", f"broken in {len(breaks)} places of {count} lines", f"See where: {patient.command('audit verify')}"
        )
    return ok("audit", f"unbroken, {count:,} {'line' if count == 1 else 'lines'}")


def columns(_: Patient, book: Book) -> Finding:
    """What the questions read can be made anew from the ledger."""
    from cartera.ledger.columns.refresh import refreshed

    with TemporaryDirectory(prefix="cartera-doctor-") as room:
        refreshed(book, Path(room), book.facts_version, lambda _: None)
    return ok("columns", "can be made anew")
