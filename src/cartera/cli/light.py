"""How does a command start in a blink? Without pandas, which PyArrow would load for its own sake."""

from __future__ import annotations

import sys
from importlib.abc import MetaPathFinder
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from importlib.machinery import ModuleSpec
    from types import ModuleType


class NoPandas(MetaPathFinder):
    """Says that pandas is not installed."""

    def find_spec(self, name: str, path: Sequence[str] | None, target: ModuleType | None = None) -> ModuleSpec | None:
        """Nothing for any other module."""
        del path, target
        if name == "pandas":
            raise ModuleNotFoundError("the command line works without pandas", name=name)
        return None


def forgo_pandas() -> None:
    """Keep this process free of pandas: PyArrow spends 0.15 s on it at the first Python list, for nothing."""
    sys.meta_path.insert(0, NoPandas())
