"""How does a command start and end in a blink? Without what Python and PyArrow would do for a longer life."""

from __future__ import annotations

import gc
import os
import sys
from contextlib import suppress
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    from collections.abc import Sequence
    from importlib.machinery import ModuleSpec
    from types import ModuleType

FORGONE = ("numpy", "pandas")
OBJECTS = 200_000  # a file of 20,000 rows makes a million objects, none of them garbage in a circle


class Forgo:
    """Says of some packages that they are not installed."""

    def find_spec(self, name: str, path: Sequence[str] | None, target: ModuleType | None = None) -> ModuleSpec | None:
        """Nothing for any other module."""
        del path, target
        if name in FORGONE:
            raise ModuleNotFoundError(f"the command line works without {name}", name=name)
        return None


def start_light() -> None:
    """Keep this process free of numpy and pandas, and its memory free of frequent inspection.

    PyArrow takes the two as soon as they are installed, 0.1 s and 0.15 s, to offer conversions that no command uses.
    """
    sys.meta_path.insert(0, Forgo())
    gc.set_threshold(OBJECTS)


def end(status: int) -> NoReturn:
    """Leave with the status at once: taking modules apart takes 0.05 s, and the system frees them anyway."""
    with suppress(BrokenPipeError):
        sys.stdout.flush()
        sys.stderr.flush()
    if "django.db" in sys.modules:
        from django.db import connections

        connections.close_all()  # a ledger that nobody has open is one file again
    os._exit(status)
