"""How long does one contestant take, and how much memory, in a process of its own? The first answer and later ones.

Run as `python -m benchmarks.alone CONTESTANT QUESTION ROWS`; prints one JSON object.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

from benchmarks.data import Data
from benchmarks.questions import question

LATER = 3  # answers after the first: the calendar is made and the pages of the file are in memory


def main(contestant: str, name: str, invoice_count: int) -> None:
    asked = question(name)
    ask = import_module(f"benchmarks.contestants.{contestant}").ready(Data(invoice_count, asked.with_decisions), asked)
    before = memory("VmRSS")
    answers = [measured(ask) for _ in range(1 + LATER)]
    print(json.dumps({"before": before, "first": answers[0], "later": answers[1:]}))


def measured(ask: Callable[[], Any]) -> dict[str, float]:
    """Seconds of wall clock and of processor (all threads), and the process's peak memory in MB while it answers."""
    forget_peak()
    wall, processor = time.perf_counter(), time.process_time()
    answer = ask()
    wall, processor = time.perf_counter() - wall, time.process_time() - processor
    peak = memory("VmHWM")
    del answer
    return {"wall": wall, "cpu": processor, "peak": peak}


def forget_peak() -> None:
    try:
        Path("/proc/self/clear_refs").write_text("5")
    except OSError:
        return  # not Linux: the peak is then that of the whole process


def memory(figure: str) -> float:
    """MB that the process holds now (VmRSS) or held at most since the peak was forgotten (VmHWM)."""
    try:
        lines = Path("/proc/self/status").read_text().splitlines()
    except OSError:
        size = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        return size / (1 << 20 if sys.platform == "darwin" else 1 << 10)
    return next(int(line.split()[1]) for line in lines if line.startswith(figure)) / 1024


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
