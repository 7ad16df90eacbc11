"""Runs `$ command` blocks as a reader's terminal would, and compares what is printed with what the page shows."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from dataclasses import dataclass, field
from doctest import ELLIPSIS, OutputChecker
from pathlib import Path
from threading import Timer

SETUP = {
    "apt-get",
    "cd",
    "docker",
    "git",
    "make",
    "pip",
    "pipx",
    "pre-commit",
    "sudo",
    "uv",
}  # run by .ci/run, not here
MEASURES = " -m benchmarks "  # takes minutes, and its figures are a machine's own
STATUS = "echo $?"
SERVES, WAITS = {"serve", "--serve"}, 60


@dataclass
class Step:
    """One command of a block and the output the page shows below it; an empty one is not compared."""

    command: str
    shown: list[str] = field(default_factory=list)

    @property
    def is_setup(self) -> bool:
        """Whether the command prepares a machine (`make`, `pipx install` and the like) or measures it."""
        return self.command.split()[0] in SETUP or MEASURES in self.command


def steps(block: str) -> list[Step]:
    """The commands of a block: lines that begin with `$ `, continued while they end in a backslash."""
    found: list[Step] = []
    for line in block.rstrip("\n").split("\n"):
        if line.startswith("$ "):
            found.append(Step(line[2:]))
        elif found and not found[-1].shown and found[-1].command.endswith("\\"):
            found[-1].command += "\n" + line.removeprefix("> ")
        elif found:
            found[-1].shown.append(line)
        else:
            raise AssertionError(f"a console block begins with '$ ' and a command, not with {line!r}")
    return found


def run(block: str, desk: Path) -> None:
    """Run a block in a folder; AssertionError when a command fails or prints something else than shown.

    `$ echo $?` shows the exit status of the command before it, which may then be another one than 0.
    """
    plan = steps(block)
    status = 0
    for step, after in zip(plan, [*plan[1:], None], strict=True):
        if step.is_setup:
            continue
        if step.command == STATUS:
            assert step.shown == [str(status)], f"exit status {status}, shown: {step.shown}"
            continue
        status, out, everything = terminal(step.command, desk)
        assert status == 0 or (after and after.command == STATUS), (
            f"$ {step.command}\nexit status {status}\n{everything}"
        )
        assert not step.shown or any(agrees(step.shown, printed) for printed in (everything, out)), (
            f"$ {step.command}\n--- the page shows\n{chr(10).join(step.shown)}\n--- it prints\n{everything}"
        )


def terminal(command: str, desk: Path) -> tuple[int, str, str]:
    """Exit status, standard output, and both outputs one after the other (standard error first) of a command."""
    if SERVES & set(command.split()):
        return served(command, desk)
    told = subprocess.run(
        ["bash", "-c", command],
        cwd=desk,
        env=_environment(desk),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    return told.returncode, told.stdout, told.stderr + told.stdout


def served(command: str, desk: Path) -> tuple[int, str, str]:
    """The same of a command that would stay: it is stopped as soon as it says where it is open."""
    running = subprocess.Popen(
        ["bash", "-c", f"exec {command}"], cwd=desk, env=_environment(desk), text=True,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip
    late = Timer(WAITS, running.kill)
    late.start()
    first = running.stdout.readline()
    late.cancel()
    running.send_signal(signal.SIGINT)
    rest = running.communicate(timeout=WAITS)[0]
    is_open = first.startswith("Cartera is open at http://127.0.0.1:")
    return int(not is_open), first + rest, first + rest


def _environment(desk: Path) -> dict[str, str]:
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}"
    return {"PATH": path, "HOME": str(desk), "COLUMNS": "120", "NO_COLOR": "1", "LC_ALL": "C.UTF-8", "TERM": "dumb"}


def agrees(shown: list[str], printed: str) -> bool:
    """Whether the output is the one shown; `...` on the page stands for anything."""
    return OutputChecker().check_output(_tidy("\n".join(shown)), _tidy(printed), ELLIPSIS)


def _tidy(text: str) -> str:
    # <BLANKLINE> has a meaning to doctest alone; the ends of lines and of the text are not seen by a reader
    return re.sub(r"[ \t]+$", "", text, flags=re.MULTILINE).strip("\n") + "\n"
