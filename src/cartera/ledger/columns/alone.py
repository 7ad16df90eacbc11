"""Who reads a whole SQLite ledger? A process of its own: a second SQLite library beside ours would undo our locks.

Two copies of SQLite in one process do not see each other's locks, and closing a file in one drops those of the other.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from cartera.errors import CarteraError
from cartera.ledger.columns.building import build

TOLD = 2  # the status of an expected error
PACKAGES = str(Path(__file__).resolve().parents[3])
# PyArrow takes numpy and pandas as soon as they are installed, half a second for conversions that nobody asks for.
LIGHT = "sys.modules['numpy'] = sys.modules['pandas'] = None"
ROAD = f"sys.path.insert(0, {PACKAGES!r})"
PROGRAM = f"import sys; {LIGHT}; {ROAD}; from cartera.ledger.columns.alone import main; main()"


def built(address: str, workspace: int, version: int, into: Path) -> None:
    """Fill a folder with the columns of a version. CarteraError: the ledger could not be read."""
    if "://" in address:
        build(address, workspace, version, into)
        return
    told = json.dumps([address, workspace, version, str(into)])
    run = subprocess.run([sys.executable, "-c", PROGRAM], input=told, capture_output=True, text=True, check=False)  # noqa: S603 - our own program
    if run.returncode == TOLD:
        raise CarteraError(run.stderr.strip(), where=address)
    if run.returncode:
        said = run.stderr.strip().splitlines() or [f"it ended with {run.returncode}"]
        raise CarteraError(f"the ledger's rows could not be read: {said[-1]}", where=address)


def main() -> None:
    """Build what standard input says."""
    address, workspace, version, into = json.loads(sys.stdin.read())
    try:
        build(address, workspace, version, Path(into))
    except CarteraError as error:
        sys.stderr.write(error.sentence)
        sys.exit(TOLD)
