"""The examples that users read, run: `$` a command, then what it prints, `2>` what it tells, `=>` its status.

After a change that is meant, write them anew with `CARTERA_WRITE_EXAMPLES=1` and read the difference.
"""

from __future__ import annotations

import os
import shlex
from datetime import date
from pathlib import Path

import pytest
from tests.shells.shell import cartera

TODAY = date(2026, 3, 31)
HERE = Path(__file__).parent
EXAMPLES = sorted((HERE / "examples").glob("*.txt"))


@pytest.mark.parametrize("example", EXAMPLES, ids=[path.stem for path in EXAMPLES])
def test_an_example_prints_what_it_says(example: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(HERE)
    monkeypatch.setattr("cartera.app.day.today", lambda: TODAY)
    monkeypatch.setenv("COLUMNS", "80")
    for name in ("FORCE_COLOR", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)
    written = example.read_text("utf-8")
    found = "\n".join(transcript(line) for line in written.splitlines() if line.startswith(("$ ", "# ")))
    if os.environ.get("CARTERA_WRITE_EXAMPLES"):
        example.write_text(found, "utf-8")
    assert found == written


def transcript(line: str) -> str:
    """The line with what its command leaves; a remark as it is."""
    if line.startswith("# "):
        return f"{line}\n"
    program, *words = shlex.split(line.removeprefix("$ "))
    assert program == "cartera"
    ended = cartera(shlex.join(words))
    out = "\n".join(text.rstrip() for text in ended.out.splitlines())
    told = "".join(f"2> {text}\n" for text in ended.told.splitlines())
    status = f"=> {ended.status}\n" if ended.status else ""
    return f"{line}\n{out}\n{told}{status}".replace("\n\n2>", "\n2>")
