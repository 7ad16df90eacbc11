"""How do columns lie on the disk? One folder per state, never changed, with sums over every byte."""

from __future__ import annotations

import json
import os
import shutil
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

MAKING, MANIFEST, IN_USE = ".making-", "manifest.json", "in-use"
STATES = ("base-", "delta-")
BLOCK = 1 << 20
FORGOTTEN = 3_600  # seconds after which a folder that nobody finished is taken for abandoned


@dataclass
class Kept:
    """A folder of columns that is whole. told: its manifest. held: keeps others from removing it, while it is open."""

    path: Path
    told: dict[str, Any]
    held: int

    def files(self, sheet: str) -> list[str]:
        """The files that hold a sheet."""
        return [str(self.path / name) for name in self.told["sheets"].get(sheet, {}).get("files", [])]

    def columns(self, sheet: str) -> dict[str, int]:
        """The columns of a sheet: name -> how many rows say something there."""
        found: dict[str, int] = self.told["sheets"].get(sheet, {}).get("columns", {})
        return found

    def ended(self, sheet: str) -> dict[str, int]:
        """The same of the rows that no longer hold."""
        found: dict[str, int] = self.told.get("ended", {}).get(sheet, {})
        return found

    def rows(self, sheet: str) -> int:
        """How many rows a sheet has."""
        return int(self.told["sheets"].get(sheet, {}).get("rows", 0))

    def close(self) -> None:
        """Let it be removed when something newer is there."""
        if self.held >= 0 and os is not None:  # the program is ending
            os.close(self.held)
            self.held = -1

    def __del__(self) -> None:
        self.close()


class DamagedError(Exception):
    """A folder of columns in which a byte is not what was written."""


def kept(path: Path) -> Kept | None:
    """The folder, held; None when it is not there or is being removed. DamagedError: it is not whole."""
    held = _held(path)
    if held is None:
        if path.is_dir() and not (path / IN_USE).exists() and path.is_dir():
            raise DamagedError
        return None
    found = Kept(path, _manifest(path) or {}, held)
    if not found.told or not all(_is_whole(path / name, *size) for name, size in found.told["sums"].items()):
        found.close()
        raise DamagedError
    return found


@contextmanager
def making(folder: Path, name: str) -> Iterator[Path]:
    """A folder to fill, which has its name when the block ends; if another process was first, theirs stays."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    path = folder / f"{MAKING}{uuid4().hex[:12]}"
    path.mkdir(mode=0o700)
    try:
        yield path
        with suppress(OSError):  # another process made the same: a folder with files in it is not replaced
            path.rename(folder / name)
        _synced(folder)
    finally:
        shutil.rmtree(path, ignore_errors=True)


def finish(path: Path, told: dict[str, Any]) -> None:
    """Write the manifest over the files that are there, and let the disk have all of it."""
    files = sorted(one for one in path.iterdir() if one.is_file())
    sums = {one.name: [one.stat().st_size, summed(one)] for one in files}
    text = json.dumps(told | {"sums": sums}, sort_keys=True, separators=(",", ":"))
    with create(path / MANIFEST) as file:
        file.write(f"{zlib.crc32(text.encode()):08x}\n{text}".encode())
    with create(path / IN_USE):
        pass
    _synced(path)


@contextmanager
def create(path: Path) -> Iterator[Any]:
    """A new file that only its owner reads, on the disk when the block ends."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        yield file
        file.flush()
        os.fsync(file.fileno())


def summed(path: Path) -> int:
    """A sum of every byte of a file."""
    total = 0
    with path.open("rb") as file:
        while block := file.read(BLOCK):
            total = zlib.crc32(block, total)
    return total


def clear(folder: Path) -> None:
    """Remove all columns, as when a person is erased; they are made anew when somebody asks."""
    shutil.rmtree(folder, ignore_errors=True)


def discard(path: Path) -> None:
    """Remove a folder of columns at once."""
    aside = path.with_name(f"{MAKING}{uuid4().hex[:12]}")
    with suppress(OSError):
        path.rename(aside)
    shutil.rmtree(aside, ignore_errors=True)


def tidy(folder: Path, wanted: set[str]) -> None:
    """Remove what is neither wanted nor in use, and what was begun long ago and never finished."""
    now = folder.stat().st_mtime
    for path in [one for one in folder.iterdir() if one.name not in wanted]:
        if path.name.startswith(STATES):
            _discard_free(path)
        elif path.name.startswith(MAKING):
            with suppress(OSError):
                if now - path.stat().st_mtime > FORGOTTEN:
                    shutil.rmtree(path, ignore_errors=True)


def _manifest(path: Path) -> dict[str, Any] | None:
    try:
        head, text = (path / MANIFEST).read_bytes().split(b"\n", 1)
        found: dict[str, Any] = json.loads(text)
    except (OSError, ValueError):
        return None
    return found if head == f"{zlib.crc32(text):08x}".encode() else None


def _is_whole(path: Path, size: int, total: int) -> bool:
    try:
        return path.stat().st_size == size and summed(path) == total
    except OSError:
        return False


def _held(path: Path) -> int | None:
    """A shared lock that ends with the process; the folder may be gone a moment later, then there is none."""
    try:
        descriptor = os.open(path / IN_USE, os.O_RDONLY)
    except OSError:
        return None
    if _locked(descriptor, is_alone=False) and (path / IN_USE).exists():
        return descriptor
    os.close(descriptor)
    return None


def _discard_free(path: Path) -> None:
    """Remove the folder unless somebody reads it; whoever comes meanwhile finds it locked and looks for another."""
    try:
        descriptor = os.open(path / IN_USE, os.O_RDONLY)
    except OSError:
        return
    try:
        if _locked(descriptor, is_alone=True):
            discard(path)
    finally:
        os.close(descriptor)


def _locked(descriptor: int, *, is_alone: bool) -> bool:
    try:
        import fcntl
    except ImportError:  # Windows removes no file that is open
        return True
    try:
        fcntl.flock(descriptor, (fcntl.LOCK_EX if is_alone else fcntl.LOCK_SH) | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _synced(folder: Path) -> None:
    """A name is on the disk once its folder is."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
