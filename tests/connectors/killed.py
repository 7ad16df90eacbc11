"""How is a sync killed? In a process forked from one that has never opened a ledger, at a page or at a statement.

Told on its input, a run per line; on its output, how each ended: the number of the signal, or 0.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from typing import Any, Self

from tests.chaos.program import environment
from tests.shape.source import ROOT


class Killer:
    """The process that forks. Each run: at which page, or before which statement, it is killed; neither: it ends."""

    def __enter__(self) -> Self:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.connectors.killed"], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            text=True, cwd=ROOT, env=environment(),
        )  # fmt: skip
        return self

    def __exit__(self, *_: object) -> None:
        self._process.stdin.close()
        self._process.wait(10)

    def run(self, address: str, source: str, **words: Any) -> int:
        """The signal that ended the run, 0 when it ended by itself."""
        print(json.dumps({"address": address, "source": source, **words}), file=self._process.stdin, flush=True)
        return int(self._process.stdout.readline())


def main() -> None:
    """Fork for every line."""
    from tests.connectors.running import ran

    from cartera.sources.kit.http import _authorities

    assert ran
    _authorities()
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            _run(**json.loads(line))
        _, status = os.waitpid(child, 0)
        print(os.WTERMSIG(status) if os.WIFSIGNALED(status) else os.waitstatus_to_exitcode(status), flush=True)


def _run(
    address: str, source: str, *, workspace: str, size: int, is_signed: bool, page: int = 0, statement: int = 0
) -> None:
    import stamina
    from django.db import connections
    from tests.connectors.running import run_of
    from tests.connectors.toy import Toy
    from tests.ledgers import KEY

    from cartera.app.workspace.connecting.connecting import found
    from cartera.ledger.book import open_book

    stamina.set_testing(True, attempts=6)
    book = open_book(address, workspace, key=KEY)
    count = {"page": 0, "statement": 0}

    def told(*_: object) -> None:
        count["page"] += 1
        if count["page"] == page:
            os.kill(os.getpid(), signal.SIGKILL)

    def counted(execute: Any, *words: Any) -> Any:
        count["statement"] += 1
        if count["statement"] == statement:
            os.kill(os.getpid(), signal.SIGKILL)
        return execute(*words)

    with connections[book.alias].execute_wrapper(counted):
        outcome = run_of(book, found(book, source), Toy(size=size, is_signed=is_signed), told=told)
    os._exit(0 if outcome.outcome == "done" else 1)


if __name__ == "__main__":
    main()
