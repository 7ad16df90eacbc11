"""Examine a workspace: every finding there is, even when the ledger cannot be opened."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cartera.app.clock import now
from cartera.app.workspace.doctor import inside, surroundings, systems, work
from cartera.app.workspace.doctor.finding import Finding, Patient, ok, red
from cartera.app.workspace.faults import explained
from cartera.app.workspace.place import place
from cartera.errors import CarteraError

if TYPE_CHECKING:
    from collections.abc import Callable

    from cartera.app.scope import Scope
    from cartera.app.workspace.place import Place
    from cartera.ledger.book import Book

DOCTOR = "doctor"
AROUND: tuple[Callable[[Patient], Finding], ...] = (
    surroundings.key,
    surroundings.permissions,
    surroundings.disk,
    surroundings.file_system,
)
WITHIN: tuple[Callable[[Patient, Book], Finding], ...] = (
    inside.safety,
    inside.schema,
    inside.integrity,
    inside.audit,
    inside.columns,
    work.clock,
    work.imports,
    work.sources,
    systems.systems,
    work.backup,
)


def examine(scope: Scope, text: str) -> list[Finding]:
    """What was found in the workspace, in a fixed order. Nothing is changed: tables are not brought up to date."""
    scope.require(DOCTOR)
    where = place(text)
    book, ledger = _opened(where)
    patient = Patient(where, book, now())
    found = [_looked(check.__name__, check, patient) for check in AROUND]
    found.append(ledger)
    if book is not None:
        found += [_looked(check.__name__, check, patient, book) for check in WITHIN]
    return found


def _opened(where: Place) -> tuple[Book | None, Finding]:
    """The ledger as it is, and whether it could be opened."""
    from cartera.ledger import database
    from cartera.ledger.book import Book

    key = where.key.read_bytes() if where.key.exists() else b""
    alias = database.connect(where.address)
    try:
        from cartera.ledger.models import Workspace

        workspaces = Workspace.objects.using(alias).values_list("pk", "name")
        pk, name = workspaces.get(name=where.name) if where.name else workspaces.get()
    except Exception as problem:  # noqa: BLE001 - whatever keeps it shut is what the doctor has to tell
        return None, _complaint("ledger", problem)
    return Book(alias, pk, name, key), ok("ledger", f"opens; {database.connection(alias).display_name}")


def _looked(name: str, check: Callable[..., Finding], *of: Patient | Book) -> Finding:
    try:
        return check(*of)
    except Exception as problem:  # noqa: BLE001 - one thing that cannot be looked at must not hide the others
        return _complaint(name.replace("_", " "), problem)


def _complaint(name: str, problem: Exception) -> Finding:
    """What went wrong, without the words of the error: they may hold somebody's data."""
    said = explained(problem) or (problem if isinstance(problem, CarteraError) else None)
    if said is not None:
        return red(name, said.what.rstrip("."), said.fix)
    return red(name, f"could not be looked at ({type(problem).__name__})", inside.PUT_BACK)
