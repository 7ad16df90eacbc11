"""Run a command as a person types it, without a new process, and see what it leaves."""

from __future__ import annotations

import io
import shlex
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass

from cartera.cli.main import main


@dataclass(frozen=True)
class Ended:
    """What a command wrote to standard output and standard error, and its exit status."""

    out: str
    told: str
    status: int


def cartera(line: str) -> Ended:
    """Run `cartera` with the words of the line."""
    written, told = io.BytesIO(), io.StringIO()
    out = io.TextIOWrapper(written, encoding="utf-8", write_through=True)
    with redirect_stdout(out), redirect_stderr(told):
        status = main(shlex.split(line))
        out.flush()
    return Ended(written.getvalue().decode("utf-8"), told.getvalue(), status)
