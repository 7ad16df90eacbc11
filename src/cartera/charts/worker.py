"""The child process that draws: a job a line comes in, an answer a line goes out, until nothing comes any more.

Started by `pool.py` as `python -m cartera.charts.worker`; it ends with its parent, however that ends.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Mapping
from contextlib import suppress
from typing import TextIO

from cartera.charts.job import Job, drawn, heard
from cartera.charts.specification import fetched

READY = "ready"
FIRST = Job("ranked_bars", "page", 360, READY, [], READY)


def serve(jobs: Iterable[str], answers: TextIO) -> None:
    """One answer per job, in order: {"svg": text}, or {"failed": why}. The first answer says that it can draw."""
    drawn(FIRST, fetched)  # the first picture of a process takes half a second: nobody shall wait for it
    _tell(answers, {"ready": os.getpid()})
    for line in jobs:
        try:
            answer = {"svg": drawn(heard(line), fetched)}
        except Exception as problem:  # noqa: BLE001 - whatever goes wrong costs this picture alone
            answer = {"failed": f"{type(problem).__name__}: {problem}"}
            with suppress(Exception):  # one that Vega broke down over may break the next one too: let it be this one
                drawn(FIRST, fetched)
        _tell(answers, answer)


def _tell(answers: TextIO, answer: Mapping[str, object]) -> None:
    answers.write(json.dumps(answer) + "\n")
    answers.flush()


def main() -> None:
    """Serve on standard input and output; whatever a library prints goes to standard error."""
    answers = os.fdopen(os.dup(1), "w", encoding="ascii")
    os.dup2(2, 1)
    serve(sys.stdin, answers)


if __name__ == "__main__":
    main()
