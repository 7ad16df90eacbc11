"""Put a backup back: into a folder or a database that holds no workspace yet, proved before anything is written."""

from __future__ import annotations

import json
import secrets
import shutil
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from cartera.app.clock import now
from cartera.app.workspace.author import author
from cartera.app.workspace.backup import label
from cartera.app.workspace.backup.make import synced
from cartera.app.workspace.backup.proof import require, unpacked
from cartera.app.workspace.backup.sealed import is_sealed
from cartera.app.workspace.place import (
    KEY_BYTES,
    Place,
    is_workspace,
    open_unsure,
    place,
    private_file,
    private_folder,
)
from cartera.app.workspace.room import room
from cartera.errors import CarteraError
from cartera.ledger.key import OWN, fingerprint

if TYPE_CHECKING:
    from cartera.app.scope import Scope
    from cartera.ledger.book import Book

RESTORE = "restore"


@dataclass(frozen=True)
class Restored:
    """A workspace that was put back. key_missing: where its key must be put before it can be used, if so."""

    label: label.Label
    place: Place
    key_missing: Path | None


def needs_passphrase(file: str) -> bool:
    """Whether the backup is encrypted. CarteraError: there is no such file."""
    require(Path(file).is_file(), f"there is no file {file!r}.", "Name a file that cartera backup has written.")
    return is_sealed(Path(file))


def restore(
    scope: Scope,
    file: str,
    into: str,
    *,
    passphrase: str | None = None,
    key: str | None = None,
    is_new_key: bool = False,
    by: str | None = None,
) -> Restored:
    """The workspace as it was when the backup was made. key: the file with its key; is_new_key: the old one is lost.

    CarteraError: the place is not empty, the key is another's, or the backup does not prove itself; nothing is written.
    """
    scope.require(RESTORE)
    needs_passphrase(file)
    where = place(into)
    _require_empty(where, into)
    with room(_parent(where), RESTORE) as beside:
        ledger = beside / "ledger"
        told = unpacked(Path(file), ledger, passphrase)
        given = _key(told, where, key, is_new_key=is_new_key)
        with closing(sqlite3.connect(ledger)) as connection:
            label.remove(connection)
        private_folder(where.folder)
        if given is not None:
            private_file(where.key, given)
        _put(ledger, where)
    missing = where.key if given is None else None
    if missing is None:
        _tell(into, told, by, is_new_key=is_new_key)
    return Restored(told, where, missing)


def _require_empty(where: Place, into: str) -> None:
    if where.is_file:
        taken = where.folder.exists() and any(where.folder.iterdir())
        require(not taken, f"{into} is not empty.", "Name a new folder; a backup replaces nothing.")
    else:
        require(is_workspace(into), "", "")
        _require_no_workspace(where)


def _require_no_workspace(where: Place) -> None:
    from cartera.ledger import database
    from cartera.ledger.book import ready
    from cartera.ledger.models import Workspace

    alias = database.connect(where.address)
    ready(alias)
    require(
        not Workspace.objects.using(alias).exists(),
        "this database holds a workspace.",
        "Make a new one: createdb NAME.",
    )


def _parent(where: Place) -> Path:
    """A folder on the same disk as the new ledger, so that it can be moved there in one step."""
    found = where.folder.parent
    while not found.exists():
        found = found.parent
    return found


def _key(told: label.Label, where: Place, file: str | None, *, is_new_key: bool) -> bytes | None:
    """The key that belongs to the backup, a new one when asked, None when it has to be put there later."""
    if is_new_key:
        return secrets.token_hex(KEY_BYTES).encode()
    given = Path(file) if file else where.key
    if not given.exists():
        require(file is None, f"there is no file {file!r}.", "Name the secret.key of the workspace that was backed up.")
        return None
    found = given.read_bytes()
    require(
        fingerprint(found) == told.key,
        f"{given} is the key of another workspace ({fingerprint(found)}, not {told.key}).",
        "Name the secret.key of the workspace that was backed up; --new-key if it is lost for good.",
    )
    return found


def _put(ledger: Path, where: Place) -> None:
    if not where.is_file:
        _copied_into(ledger, where)
        return
    target = where.folder / Path(where.address).name
    try:
        shutil.move(ledger, target)
    except OSError as problem:
        raise CarteraError(f"cannot write {target}: {problem.strerror}.", fix="Name another folder.") from None
    target.chmod(0o600)
    synced(target)
    synced(target.parent)


def _copied_into(ledger: Path, where: Place) -> None:
    """The rows of the backup, brought up to date, in PostgreSQL."""
    from cartera.ledger import database
    from cartera.ledger.book import ready
    from cartera.ledger.copying import copy
    from cartera.ledger.models import Workspace

    source, target = database.connect(str(ledger)), database.connect(where.address)
    try:
        ready(source)
        copy(source, Workspace.objects.using(source).get().pk, target)
    finally:
        database.disconnect(source)


def _tell(into: str, told: label.Label, by: str | None, *, is_new_key: bool) -> None:
    """A line in the audit: who put which backup back; a new key signs from this line on.

    The lines before that can no longer be checked against names.
    """
    book: Book = open_unsure(into)
    from django.db import transaction

    from cartera.ledger import audit

    with transaction.atomic(using=book.alias):
        workspace = book.workspace
        if is_new_key:
            workspace.settings["key_since"] = workspace.audit_number + 1
        workspace.settings[OWN] = fingerprint(book.key)
        workspace.save(using=book.alias, update_fields=["settings"])
        said = {"made_at": told.made_at, "key": "new" if is_new_key else "same"}
        audit.write(book, RESTORE, at=now(), by=author(by), value=json.dumps(said, sort_keys=True))
