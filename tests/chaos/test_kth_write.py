"""What if one single write fails, whichever it is? Each write and each flush of an import in turn, as strace lets it.

The state is that of before or of after, a sentence is said, and the same import passes afterwards.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from itertools import count
from pathlib import Path

import pytest

from cartera.app.workspace.place import LEDGER
from tests.chaos.program import environment, sales
from tests.chaos.test_disk import state
from tests.shape.source import ROOT

pytestmark = [
    pytest.mark.parametrize("ledger_address", ["sqlite"], indirect=True),
    pytest.mark.skipif(shutil.which("strace") is None, reason="strace is missing: apt-get install strace"),
]
FAULTS = ["pwrite64:error=EIO", "pwrite64:error=ENOSPC", "fdatasync:error=EIO"]
NEVER = 60_000  # strace counts no further than 65,535
BEFORE, AFTER = (0, 0, []), (1, 3, [])


def failing(fault: str, which: int, paths: list[Path], words: list[str]) -> tuple[int, str, bool]:
    """Status and words of a program of which one call on these files fails, and whether it came to that call."""
    log = paths[0].with_name("strace.txt")
    call = fault.partition(":")[0]
    watched = [word for path in paths for word in ("-P", str(path))]
    tracing = ["strace", "-f", "--seccomp-bpf", "-qq", "-o", str(log), "-e", f"trace={call}", *watched]
    ended = subprocess.run(
        [*tracing, "-e", f"inject={fault}:when={which}", sys.executable, *words],
        check=False, capture_output=True, text=True, cwd=ROOT, env=environment(), timeout=120,
    )  # fmt: skip
    assert log.exists(), ended.stderr
    is_hurt = "INJECTED" in log.read_text()
    log.unlink()
    return ended.returncode, ended.stdout + ended.stderr, is_hurt


def imported(workspace: str, file: Path, fault: str, which: int) -> tuple[int, str, bool]:
    ledger = Path(workspace, LEDGER)
    words = ["-m", "cartera.cli.main", "import", str(file), "-w", workspace, "--yes"]
    return failing(fault, which, [ledger, ledger.with_name(f"{LEDGER}-wal")], words)


def tried(workspace: str, folder: Path, fault: str, every: int) -> int:
    """How many imports were hurt: the first call fails, then the one `every` calls later, and so on to the last."""
    file, hurt = sales(folder / "sales.csv", 3), 0
    for which in count(1, every):
        copy = str(folder / f"{which}")
        shutil.copytree(workspace, copy)
        status, told, is_hurt = imported(copy, file, fault, which)
        assert "Traceback" not in told, (which, told)
        assert state(copy) == AFTER if status == 0 else state(copy) in (BEFORE, AFTER), (which, told)
        if not is_hurt:
            assert status == 0, told
            return hurt
        assert status in (0, 2), (which, told)
        assert imported(copy, file, fault, NEVER)[0] == 0
        assert state(copy) == AFTER
        shutil.rmtree(copy)
        hurt += 1
    return hurt


@pytest.mark.thorough
@pytest.mark.parametrize(("fault", "every"), [("pwrite64:error=EIO", 37), ("fdatasync:error=EIO", 4)])
def test_some_writes_fail(workspace: str, tmp_path: Path, fault: str, every: int) -> None:
    assert tried(workspace, tmp_path, fault, every) > 1


@pytest.mark.slow
@pytest.mark.parametrize("fault", FAULTS)
def test_each_write_fails(workspace: str, tmp_path: Path, fault: str) -> None:
    hurt = tried(workspace, tmp_path, fault, 1)
    print(f"{fault}: {hurt} imports, each with another call that failed")
    assert hurt > 3


@pytest.mark.thorough
def test_careless_writing_would_be_noticed(workspace: str, tmp_path: Path) -> None:
    """The twin: a file that is written anew in its place is half there afterwards."""
    path = tmp_path / "rows.json"
    path.write_text(json.dumps(["before"]))
    program = (
        f"import os; file = os.open({str(path)!r}, os.O_WRONLY | os.O_TRUNC)\n"
        "for part in (b'[1, ', b'2]'): os.write(file, part)"
    )
    assert failing("write:error=ENOSPC", 2, [path], ["-c", program])[2]
    with pytest.raises(json.JSONDecodeError):
        json.loads(path.read_text())
    assert workspace
