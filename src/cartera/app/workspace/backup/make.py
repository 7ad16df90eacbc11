"""Back a workspace up: one new file, proved by restoring it before it gets its name."""

from __future__ import annotations

import os
import re
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from cartera.app.clock import now
from cartera.app.workspace.author import author
from cartera.app.workspace.backup.copied import copied
from cartera.app.workspace.backup.proof import require, unpacked
from cartera.app.workspace.backup.sealed import seal
from cartera.app.workspace.room import room
from cartera.errors import CarteraError
from cartera.tongue import say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cartera.app.scope import Scope
    from cartera.app.workspace.backup.label import Label
    from cartera.ledger.book import Book

BACKUP = "backup"
ENDING = ".cartera"


@dataclass(frozen=True)
class Made:
    """A backup that was made and proved. rows: of all tables together."""

    file: Path
    label: Label
    is_sealed: bool

    @property
    def rows(self) -> int:
        """How many rows the backup holds."""
        return sum(self.label.figures["rows"].values())


def backup(scope: Scope, book: Book, file: str | None = None, *, by: str | None = None, passphrase: str = "") -> Made:
    """The workspace in a new file, by default named after it and the minute. passphrase: encrypts it.

    CarteraError: the file is there already or cannot be written, or the copy did not prove itself; then there is none.
    """
    scope.require(BACKUP)
    path = _named(book, file)
    require(
        not path.exists(), say("there is a file {path} already.", path=repr(str(path))),
        say("Name another; a backup replaces nothing."),
    )  # fmt: skip
    with _told_plainly(path), room(path.parent, BACKUP) as beside:
        part = beside / "part"
        copied(book, part)
        finished = _sealed(part, passphrase) if passphrase else part
        told = unpacked(finished, beside / "proof", passphrase)
        _placed(finished, path)
    _remember(book, by)
    return Made(path, told, bool(passphrase))


def _named(book: Book, file: str | None) -> Path:
    """The file that is meant; in a folder, or without any word, one named after the workspace and the minute."""
    path = Path(file or ".")
    if not path.is_dir():
        return path
    plain = re.sub(r"[^a-z0-9]+", "-", book.name.lower()).strip("-") or "workspace"
    return path / f"{plain}-{now():%Y-%m-%d-%H%M%S}{ENDING}"


def _sealed(part: Path, passphrase: str) -> Path:
    sealed = part.with_suffix(".sealed")
    with part.open("rb") as source, sealed.open("wb") as target:
        seal(source, target, passphrase)
    return sealed


def _placed(part: Path, path: Path) -> None:
    """The finished file under its name, readable by its owner alone, on the disk for good."""
    part.chmod(0o600)
    synced(part)
    part.rename(path)
    synced(path.parent)


def synced(path: Path) -> None:
    """What was written to a file, or into a folder, survives a power cut from now on."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _remember(book: Book, by: str | None) -> None:
    """A line in the audit: who took a copy of everything, and when the last good backup was made."""
    from django.db import transaction

    from cartera.ledger import audit

    with transaction.atomic(using=book.alias):
        audit.write(book, BACKUP, at=now(), by=author(by), value="{}")


@contextmanager
def _told_plainly(path: Path) -> Iterator[None]:
    """The disk's refusals as sentences."""
    try:
        yield
    except OSError as problem:
        raise CarteraError(
            say("cannot write the backup {path}: {problem}.", path=repr(str(path)), problem=str(problem.strerror)),
            fix=say("Name a file on a disk with room for it, in a folder that you may write to."),
        ) from None
