"""What does a command print, as a page shows it: the lines worth reading, `...` for the others?"""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

from tests.docs import console

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = ROOT / "docs" / "examples"
RULE = "───"


def printed(kept: str, *commands: str) -> str:
    """A console block: the commands, and of the last one the lines `kept` of its output (see `chosen`).

    `2>` shows what is told on standard error instead, and a trailing `=3` that exit status.
    """
    asked, _, status = kept.partition("=")
    with tempfile.TemporaryDirectory() as name:
        desk = furnished(Path(name))
        ended, out, everything = [console.terminal(command, desk) for command in commands][-1]
    assert ended == int(status or 0), f"{commands[-1]} ends with {ended}:\n{everything}"
    shown = (
        chosen(trimmed(out), asked) if asked != "2>" else trimmed(everything.removesuffix(out)) + ["..."] * bool(out)
    )
    typed = [f"$ {command}" for command in commands]
    said = ["$ echo $?", status] if status else []
    return "\n".join(["```console", *typed, *shown, *said, "```"])


def trimmed(text: str) -> list[str]:
    """The lines of a text, without blanks at their ends."""
    return [line.rstrip() for line in text.strip("\n").split("\n")]


def furnished(desk: Path) -> Path:
    """The folder, with the files of docs/examples and a program in .venv, as the tests furnish theirs."""
    shutil.copytree(EXAMPLES, desk, dirs_exist_ok=True)
    (desk / ".venv").symlink_to(sys.prefix)
    return desk


def chosen(lines: list[str], kept: str) -> list[str]:
    """The lines that are kept; what is left out between them is one `...`.

    kept: `all`; `text`, what stands above a table; `table:4`, that and four rows of it with its total; else line
    numbers from 1, such as `1-3,5`.
    """
    if kept == "all":
        return lines
    numbers = wanted(lines, kept)
    shown: list[str] = []
    left_out: list[str] = []
    for number, line in enumerate([*lines, None], start=1):
        if line is not None and number not in numbers:
            left_out.append(line)
            continue
        if left_out:
            shown.append("..." if any(left_out) else "")
        if line is not None:
            shown.append(line)
        left_out = []
    return shown


def wanted(lines: list[str], kept: str) -> set[int]:
    """The numbers of the lines to keep."""
    rules = [number for number, line in enumerate(lines, start=1) if line.startswith(RULE)]
    if kept == "text":
        return set(range(1, [*lines, ""].index("") + 1))
    if kept.startswith("table:") and not rules:
        return set(range(1, len(lines) + 1))  # one row stands upright, a column to a line
    if kept.startswith("table:"):
        last_row = rules[0] + int(kept.removeprefix("table:"))
        total = {rules[-1], rules[-1] + 1} if len(rules) > 1 else set()
        return set(range(1, last_row + 1)) | total
    return set().union(*(between(part) for part in kept.split(",")))


def between(part: str) -> set[int]:
    """The numbers that `3` or `2-5` names."""
    first, _, last = part.partition("-")
    return set(range(int(first), int(last or first) + 1))
