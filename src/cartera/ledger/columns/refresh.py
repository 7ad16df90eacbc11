"""Which columns answer for a version of the facts? Those that are there, with the few changes since, or new ones."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from cartera.errors import CarteraError
from cartera.ledger.book import Book
from cartera.ledger.columns import store
from cartera.ledger.columns.alone import built
from cartera.ledger.columns.changed import is_small, write_changes
from cartera.ledger.columns.stamp import stamp
from cartera.ledger.columns.store import Kept

FEW, SHARE = (
    2_000,
    20,
)  # so many changed rows, or a twentieth of all, are read again and again; more are worth new columns
NAME = re.compile(r"(?:base-(\d+)|delta-(\d+)-(\d+))-([0-9a-f]+)")
TRIES = 5
DAMAGED = "The columns in {} were damaged; they are made anew from the ledger, which is whole."


@dataclass(frozen=True)
class Columns:
    """The columns of one version of the facts. base: as of some version. delta: what changed since, if anything."""

    version: int
    base: Kept
    delta: Kept | None = None

    @property
    def rows(self) -> int:
        """About how many rows the questions read."""
        kept = [one for one in (self.base, self.delta) if one is not None]
        return sum(one.rows(name) for one in kept for name in ("invoices", "lines", "clients", "marks"))


def refreshed(book: Book, folder: Path, version: int, told: Callable[[str], None], few: int = FEW) -> Columns:
    """The columns of a version, made or completed where they are not there yet.

    told: is called about damage. few: changed rows, up to which columns that are there are completed, at least.
    """
    for _ in range(TRIES):
        mark = stamp(book, version)
        try:
            found = _made(book, folder, version, told, few)
        except (CarteraError, OSError):
            if stamp(book, version) == mark:
                raise
            continue  # the folder was emptied because somebody was erased
        if stamp(book, version) != mark:
            _forget(found)
        elif found is not None:
            wanted = {one.path.name for one in (found.base, found.delta) if one is not None}
            store.tidy(folder, wanted)
            return found
    raise CarteraError(
        "the columns vanish while they are made.", where=str(folder), fix="See that nothing else empties this folder."
    )


def _forget(found: Columns | None) -> None:
    """Columns that were read before somebody was erased, and published after."""
    for one in (found.base, found.delta) if found is not None else ():
        if one is not None:
            one.close()
            store.discard(one.path)


def _made(book: Book, folder: Path, version: int, told: Callable[[str], None], few: int) -> Columns | None:
    """None when another process removed what was just made."""
    mark = stamp(book, version)
    for base in _bases(book, folder, version):
        held = _whole(folder / f"base-{base}-{stamp(book, base)}", told)
        if held is None:
            continue
        if base == version:
            return Columns(version, held)
        name = f"delta-{base}-{version}-{mark}"
        delta = _whole(folder / name, told)
        if delta is None and is_small(book, base, version, max(few, held.rows("invoices") // SHARE)):
            with store.making(folder, name) as into:
                write_changes(book, base, version, into)
            delta = _whole(folder / name, told)
        if delta is not None:
            return Columns(version, held, delta)
    return _rebuilt(book, folder, version, mark, told)


def _rebuilt(book: Book, folder: Path, version: int, mark: str, told: Callable[[str], None]) -> Columns | None:
    """Columns of every row that holds at the version."""
    name = f"base-{version}-{mark}"
    with store.making(folder, name) as into:
        built(book.alias, book.workspace_id, version, into)
    held = _whole(folder / name, told)
    return Columns(version, held) if held else None


def _bases(book: Book, folder: Path, version: int) -> Iterator[int]:
    """The versions up to this one of which there are columns of this very ledger, newest first."""
    names = [NAME.fullmatch(one.name) for one in folder.iterdir()] if folder.is_dir() else []
    found = {int(one[1]): one[4] for one in names if one and one[1] is not None}
    for base in sorted(found, reverse=True):
        # A ledger that was restored from a backup counts its versions a second time.
        if base <= version and (folder / f"base-{base}-{stamp(book, base)}").is_dir():
            yield base


def _whole(path: Path, told: Callable[[str], None]) -> Kept | None:
    """The folder if it is there and whole; a damaged one is removed, and that is told."""
    try:
        return store.kept(path)
    except store.DamagedError:
        told(DAMAGED.format(path))
        store.discard(path)
        return None
