"""Does the core come alone? A fresh interpreter imports it, and no engine, framework or renderer came along."""

from __future__ import annotations

import subprocess
import sys
from functools import cache

import pytest

from tests.shape.source import PACKAGE, ROOT

ROOMS = ("errors", "money", "words", "calendar", "facts", "portfolio", "views")
HEAVY = {
    *("duckdb", "polars", "pandas", "pyarrow", "pyspark", "ibis", "numpy", "sqlalchemy", "sqlite3"),
    *("altair", "django", "jinja2", "jsonschema", "python_calamine", "rich", "typer", "vl_convert", "xlsxwriter"),
    *("asyncio", "http", "httpx", "requests", "socket", "ssl"),
}


def modules_of(room: str) -> list[str]:
    """The dotted names of a room's modules: of a folder, or of a single file."""
    files = sorted((PACKAGE / room).rglob("*.py")) or [PACKAGE / f"{room}.py"]
    names = (".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts) for path in files)
    return [name.removesuffix(".__init__") for name in names]


@cache
def brought_along(*modules: str) -> frozenset[str]:
    """The top-level packages in a fresh interpreter after these imports."""
    program = f"import sys, {', '.join(modules)}; print(*{{name.split('.')[0] for name in sys.modules}})"
    run = [sys.executable, "-c", program]
    told = subprocess.run(run, capture_output=True, text=True, check=True, cwd=ROOT, env={"PYTHONPATH": "src"})
    return frozenset(told.stdout.split())


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_of_the_core_brings_nothing_heavy(room: str) -> None:
    assert not HEAVY & brought_along(*modules_of(room))


def test_the_test_can_fail() -> None:
    assert HEAVY & brought_along("sqlite3")


def test_importing_cartera_is_light() -> None:
    assert not HEAVY & brought_along("cartera")
