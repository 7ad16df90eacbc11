"""Does the gate notice tests that silently did not run? A report without a file that nobody left out is refused."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
THIS = Path(__file__).relative_to(ROOT).as_posix()
PASSED = '<testcase classname="{}" name="test_one"/>'


@pytest.mark.parametrize(("seen", "status"), [(True, 0), (False, 1)])
def test_a_file_that_ran_nothing_is_named(tmp_path: Path, seen: bool, status: int) -> None:
    files = [path.relative_to(ROOT).as_posix() for path in sorted((ROOT / "tests").rglob("test_*.py"))]
    names = ["tests.elsewhere", *(["tests.shape.test_counted"] if seen else [])]
    report = tmp_path / "report.xml"
    report.write_text(f"<testsuite>{''.join(PASSED.format(name) for name in names)}</testsuite>")
    report.with_suffix(".left").write_text("\n".join(one for one in files if one != THIS))
    command = [sys.executable, str(ROOT / ".ci" / "counted.py"), str(report)]
    ended = subprocess.run(command, capture_output=True, text=True, check=False)
    assert ended.returncode == status, ended.stderr
    assert (f"{THIS}: no test of it was run" in ended.stderr) is not seen
