"""Which ledger is open? One workspace in one database; every reading and writing of facts begins with it."""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cartera.errors import CarteraError, UnknownNameError
from cartera.ledger import database
from cartera.ledger.key import OWN, fingerprint

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime

    from cartera.ledger.models import Workspace

_SEEN: ContextVar[dict[tuple[str, int], Workspace] | None] = ContextVar("seen", default=None)


@dataclass(frozen=True)
class Book:
    """One workspace of one database. alias: the database as Django knows it. key: signs the audit."""

    alias: str
    workspace_id: int
    name: str
    key: bytes = b""

    @property
    def workspace(self) -> Workspace:
        """The workspace as it is now; inside `reading`, as it was when that was first asked."""
        from cartera.ledger.models import Workspace

        rows, own = _SEEN.get(), (self.alias, self.workspace_id)
        if rows is not None and own in rows:
            return rows[own]
        found = Workspace.objects.using(self.alias).get(pk=self.workspace_id)
        seen(self.alias, found)
        return found

    @property
    def facts_version(self) -> int:
        """How often the facts have changed."""
        return self.workspace.facts_version


@contextmanager
def reading() -> Iterator[None]:
    """Inside, a book reads its workspace once, so that all that is told is of one moment. Not around what writes."""
    token = _SEEN.set({})
    try:
        yield
    finally:
        _SEEN.reset(token)


def seen(alias: str, workspace: Workspace) -> None:
    """Inside `reading`, the row was read just now and need not be read again."""
    rows = _SEEN.get()
    if rows is not None:
        rows.setdefault((alias, workspace.pk), workspace)


def open_book(address: str, name: str | None = None, key: bytes = b"") -> Book:
    """The workspace of this name, or the only one there. Tables of an older program are brought up to date first.

    CarteraError: the database is newer than the program or unsafe. UnknownNameError: there is no such workspace.
    """
    alias = database.connect(address)
    ready(alias)
    from cartera.ledger.models import Workspace

    names = sorted(Workspace.objects.using(alias).values_list("name", flat=True))
    if not names:
        raise CarteraError("there is no workspace here yet.", fix="Make one: cartera init DIR.")
    if name is None and len(names) != 1:
        listed = ", ".join(names)
        raise CarteraError(f"there is not one workspace here but {len(names)}: {listed}.", fix="Name the one you mean.")
    found = Workspace.objects.using(alias).filter(name=name or names[0]).first()
    if found is None:
        raise UnknownNameError("workspace", str(name), names)
    return Book(alias, found.pk, found.name, key)


def create_book(
    address: str,
    name: str,
    *,
    at: datetime,
    key: bytes = b"",
    then: Callable[[Book], object] = str,
    **settings: str,
) -> Book:
    """A new, empty workspace; then: what else belongs to its making. CarteraError: the name is taken."""
    alias = database.connect(address)
    ready(alias)
    from django.db import transaction

    from cartera.ledger.models import Workspace

    if Workspace.objects.using(alias).filter(name=name).exists():
        raise CarteraError(f"there is a workspace {name!r} already.", fix="Choose another name, or use that one.")
    with transaction.atomic(using=alias):
        own = {OWN: fingerprint(key)} if key else {}
        made = Workspace.objects.using(alias).create(name=name, created_at=at, settings=own, **settings)
        book = Book(alias, made.pk, made.name, key)
        then(book)
    return book


def ready(alias: str) -> None:
    """The database with today's tables. CarteraError: a newer program has used it, or its settings are unsafe."""
    database.assert_safe(alias)
    missing, unknown = database.unapplied(alias)
    if unknown:
        raise CarteraError(
            f"a newer version of Cartera has used this ledger (its step {unknown[-1]} is unknown here).",
            fix="Update Cartera: pipx upgrade cartera.",
        )
    if missing:
        database.keep_before(alias, missing[0])
        database.migrate(alias)
