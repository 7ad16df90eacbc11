"""How does a command start in a blink? Without the packages that PyArrow loads for its own sake."""

from __future__ import annotations

import sys
from importlib.abc import MetaPathFinder
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from importlib.machinery import ModuleSpec
    from types import ModuleType

FORGONE = ("numpy", "pandas")


class Forgo(MetaPathFinder):
    """Says of some packages that they are not installed."""

    def find_spec(self, name: str, path: Sequence[str] | None, target: ModuleType | None = None) -> ModuleSpec | None:
        """Nothing for any other module."""
        del path, target
        if name in FORGONE:
            raise ModuleNotFoundError(f"the command line works without {name}", name=name)
        return None


def start_light() -> None:
    """Keep this process free of numpy and pandas.

    PyArrow takes them as soon as they are installed, 0.1 s and 0.15 s, to offer conversions that no command uses.
    """
    sys.meta_path.insert(0, Forgo())
