"""Whose answers come from an environment of their own? Packages that would move our own versions, each locked apart."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PEERS = {"lifetimes": "lifetimes", "pymc_marketing": "pymc-marketing"}  # contestant: its package, which names the lock


def python_of(contestant: str) -> str:
    """The interpreter that answers for a contestant."""
    return str(_environment(contestant) / "bin" / "python") if contestant in PEERS else sys.executable


def build(contestants: tuple[str, ...]) -> None:
    """The environments of the peers among them, as `make bench` builds them; nothing happens when they are there."""
    for name in (name for name in contestants if name in PEERS):
        subprocess.run(["make", "--silent", f"{_environment(name).name}/.bench"], check=True, cwd=ROOT)


def version_of(contestant: str) -> str:
    """The peer's package with the version that is installed."""
    package = PEERS[contestant]
    asked = f"from importlib.metadata import version; print(version({package!r}))"
    told = subprocess.run([python_of(contestant), "-c", asked], check=True, capture_output=True, text=True)
    return f"{package} {told.stdout.strip()}"


def _environment(contestant: str) -> Path:
    return ROOT / f".venv-bench-{PEERS[contestant]}"
