"""Put a backup back: into a folder or a database that holds no workspace yet, proved before anything is written."""

from __future__ import annotations

import secrets
import shutil
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from cartera.app.workspace.author import author
from cartera.app.workspace.backup import label
from cartera.app.workspace.backup.bare import backup_of, is_bare
from cartera.app.workspace.backup.make import synced
from cartera.app.workspace.backup.proof import require, unpacked
from cartera.app.workspace.backup.sealed import is_sealed
from cartera.app.workspace.owed import RESTORE, owe, tell
from cartera.app.workspace.place import (
    KEY_BYTES,
    Place,
    is_workspace,
    place,
    private_file,
    private_folder,
    without_password,
)
from cartera.app.workspace.room import room
from cartera.errors import CarteraError
from cartera.ledger.key import fingerprint

if TYPE_CHECKING:
    from cartera.app.scope import Scope


@dataclass(frozen=True)
class Restored:
    """A workspace that was put back. key_missing: where its key must be put before it can be used, if so."""

    label: label.Label
    place: Place
    key_missing: Path | None


def needs_passphrase(file: str) -> bool:
    """Whether the backup is encrypted. CarteraError: there is no such file."""
    if "://" in file:
        return False
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

    file: a backup or, with is_new_key, a ledger of which there is none.

    CarteraError: the place is not empty, the key is another's, or the backup does not prove itself; nothing is written.
    """
    scope.require(RESTORE)
    needs_passphrase(file)
    where = place(into)
    _require_empty(where, into)
    with room(_parent(where), RESTORE) as beside:
        ledger = beside / "ledger"
        told = unpacked(_backup(file, beside, is_new_key=is_new_key), ledger, passphrase)
        given = _key(told, where, key, is_new_key=is_new_key)
        with closing(sqlite3.connect(ledger)) as connection:
            label.remove(connection)
        private_folder(where.folder)
        if given is not None:
            private_file(where.key, given)
        _put(ledger, where)
    _tell(where, told, given, by, is_new_key=is_new_key)
    return Restored(told, where, where.key if given is None else None)


def _backup(file: str, beside: Path, *, is_new_key: bool) -> Path:
    """The file itself, or a backup of the ledger that it is: whoever lost the key may have none."""
    if not is_bare(file):
        return Path(file)
    require(
        is_new_key, f"{without_password(file)} is a ledger, not a backup.",
        "Use it where it lies; if its secret.key is lost for good, add --new-key.",
    )  # fmt: skip
    return backup_of(file, beside / "bare")


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


def _tell(where: Place, told: label.Label, key: bytes | None, by: str | None, *, is_new_key: bool) -> None:
    """A line in the audit of every workspace that was put back: who did it, and which backup it was."""
    from cartera.ledger import database
    from cartera.ledger.book import Book, ready

    alias = database.connect(where.address)
    ready(alias)
    from cartera.ledger.models import Failure, SignIn, Workspace

    for model in (SignIn, Failure):  # who signed out since would be signed in again
        model.objects.using(alias).all().delete()
    for pk, name in Workspace.objects.using(alias).values_list("pk", "name").order_by("pk"):
        book = Book(alias, pk, name, key or b"")
        if key is None:
            owe(book, told.made_at, author(by))
        else:
            tell(book, told.made_at, author(by), is_new_key=is_new_key)
