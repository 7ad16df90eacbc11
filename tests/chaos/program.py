"""How does a test run the program, or a part of the harness, in a process of its own?"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from tests.shape.source import ROOT


def environment() -> dict[str, str]:
    """That of the test, so that a process finds what the test's fixtures have set."""
    return os.environ | {"PYTHONPATH": f"{ROOT / 'src'}:{ROOT}", "COLUMNS": "200"}


def cartera(*words: str, limits: Callable[[], None] | None = None) -> subprocess.CompletedProcess[str]:
    """The program with these words. limits: set in the process before it begins."""
    return ran("cartera.cli.main", *words, limits=limits)


def ran(module: str, *words: str, limits: Callable[[], None] | None = None) -> subprocess.CompletedProcess[str]:
    """A module run to its end."""
    return subprocess.run(
        [sys.executable, "-m", module, *words],
        capture_output=True, text=True, env=environment(), cwd=ROOT, check=False, timeout=300, preexec_fn=limits,
    )  # fmt: skip


def started(module: str, *words: str) -> subprocess.Popen[str]:
    """A module that goes on running; what it says is in its `stdout`."""
    command = [sys.executable, "-m", module, *words]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment(), cwd=ROOT)


def sales(path: Path, documents: int, *, first: int = 1) -> Path:
    """A file of invoices that is read without a question."""
    rows = [
        f"Client {one % 40},{first + one},2026-{1 + one % 9:02}-{10 + one % 19},{one % 900}.{one % 90 + 10}"
        for one in range(documents)
    ]
    path.write_text("\n".join(["Client,Invoice number,Invoice date,Net amount", *rows]) + "\n")
    return path
