"""What happens when the disk is full? A sentence, the state of before or after, and all goes on once there is room."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest

from cartera.app.workspace.place import LEDGER, open_workspace
from cartera.ledger import database
from tests.chaos.program import cartera, sales

pytestmark = [pytest.mark.thorough, pytest.mark.parametrize("ledger_address", ["sqlite"], indirect=True)]
STEP = 48 << 10


def at_most(size: int) -> None:
    """No file of the process may become larger, as if the disk were full then."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))


def state(workspace: str) -> tuple[int, int, list[str]]:
    """Facts version, invoices and damages."""
    from cartera.app.workspace.backup.proof import damages
    from cartera.ledger.models import Invoice

    book = open_workspace(workspace)
    with database.connection(book.alias).cursor() as cursor:
        wrong = damages(cursor)
    found = book.facts_version, Invoice.objects.using(book.alias).count(), wrong
    database.disconnect(book.alias)
    return found


def test_an_import_passes_or_never_was(workspace, tmp_path):
    file = sales(tmp_path / "sales.csv", 400)
    size, passed = 0, False
    while not passed:
        ended = cartera("import", str(file), "-w", workspace, "--yes", limits=partial(at_most, size))
        passed = ended.returncode == 0
        told = ended.stdout + ended.stderr
        assert "Traceback" not in told, told
        if passed:
            assert state(workspace) == (1, 400, [])
        else:
            assert ended.returncode == 2, told
            assert "disk" in told or "cannot be opened" in told or "written" in told, told
            assert state(workspace) in [(0, 0, []), (1, 400, [])]
        size += STEP
    assert size > 2 * STEP, "the limit never hurt: this proves nothing"


def test_a_backup_is_made_or_is_not_there(workspace, tmp_path):
    assert cartera("import", str(sales(tmp_path / "sales.csv", 400)), "-w", workspace, "--yes").returncode == 0
    size = Path(workspace, LEDGER).stat().st_size
    for limit in (0, 64 << 10, size // 2, size - 4096):
        target = tmp_path / f"{limit}.cartera"
        ended = cartera("backup", str(target), "-w", workspace, limits=partial(at_most, limit))
        assert (ended.returncode, target.exists(), "Traceback" in ended.stderr) == (2, False, False), ended.stderr
        assert not list(tmp_path.glob(".backup-*"))
    assert cartera("backup", str(tmp_path / "whole.cartera"), "-w", workspace).returncode == 0


def test_careless_writing_would_be_noticed(ledger_address, tmp_path):
    """The twin: a file that is written anew in its place is half there afterwards."""
    path = tmp_path / "rows.json"
    path.write_text(json.dumps(["before"]))
    program = f"import json, pathlib; pathlib.Path({str(path)!r}).write_text(json.dumps(['after'] * 50_000))"
    ended = subprocess.run(
        [sys.executable, "-c", program], check=False, capture_output=True, preexec_fn=partial(at_most, 4096)
    )
    assert ended.returncode
    with pytest.raises(json.JSONDecodeError):
        json.loads(path.read_text())
    assert ledger_address
