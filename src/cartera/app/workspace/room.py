"""Where is something made before it gets its name? In a hidden folder beside it, which nobody finds later."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory


@contextmanager
def room(folder: Path, purpose: str) -> Iterator[Path]:
    """A new folder on the same disk, its owner's alone, gone when the block ends.

    One whose process was killed holds people's names: the next one of the same purpose removes it.
    """
    for left in folder.glob(f".{purpose}-*-*"):
        if _is_left(left.name.split("-")[1]):
            shutil.rmtree(left, ignore_errors=True)
    with TemporaryDirectory(dir=folder, prefix=f".{purpose}-{os.getpid()}-") as name:
        yield Path(name)


def _is_left(process: str) -> bool:
    """Whether the process with this number has ended."""
    if not process.isdigit() or int(process) == os.getpid():
        return False
    try:
        os.kill(int(process), 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        return False
    return False
