"""Where is the data that several projects share? Beside the checkout, or where CARTERA_SHARED says."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


def shared(*parts: str) -> Path:
    """The path of a shared file or folder; skips the test, saying why, where there is none."""
    folder = Path(os.environ.get("CARTERA_SHARED") or ROOT.parent / "shared")
    path = folder.joinpath(*parts)
    if not path.exists():
        pytest.skip(f"no shared data: {'/'.join(parts)} is not in ../shared (or the folder that CARTERA_SHARED names)")
    return path
