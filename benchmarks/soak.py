"""Does the app grow while it is used for hours? python -m benchmarks.soak --seconds 7200 ends with 1 when it does.

Visitors go through the pages, on ever other days, while notes are written that make every answer new.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from benchmarks.budgets import GROWN
from benchmarks.columns import ledger
from benchmarks.measure import environment
from benchmarks.visiting import visited
from benchmarks.web import DASHBOARD, LIST, SMALL, TODAY, memory, served
from benchmarks.whole import CARTERA

if TYPE_CHECKING:
    from collections.abc import Iterator

WARM = 0.2  # of the time: caches fill first
VISITORS, EACH = 4, 3.0  # seconds for a page
FIRST = date(2024, 1, 1)
DAYS = 700


@dataclass(frozen=True)
class Seen:
    """A look at the server: megabytes of its own, open descriptors, answers until then and how many of them failed."""

    own: int
    descriptors: int
    answers: int
    failed: int


def main() -> int:
    """A line for every look; 1 when memory or descriptors grew, or an answer failed."""
    words = argparse.ArgumentParser(prog="python -m benchmarks.soak", description=__doc__)
    words.add_argument("--seconds", type=float, default=7200)
    seconds = words.parse_args().seconds
    with TemporaryDirectory() as place:
        folder = Path(place) / "site"
        shutil.copytree(ledger(SMALL), folder, ignore=shutil.ignore_patterns("*-shm", "*-wal"))
        with served(folder) as (at, process):
            looks = list(looked_at(at, process, folder, seconds))
    begun, ended = looks[int(len(looks) * WARM)], looks[-1]
    grown = ended.own / begun.own - 1
    print(
        f"{seconds:g} s, {ended.answers:,} answers, {ended.failed} failed; its own memory {begun.own} MB -> "
        f"{ended.own} MB ({grown:+.1%}, to reach < {GROWN:.0%}), descriptors {begun.descriptors} -> {ended.descriptors}"
    )
    return 1 if grown >= GROWN or ended.descriptors > begun.descriptors + 2 or ended.failed else 0


def looked_at(at: dict[str, Any], process: int, folder: Path, seconds: float) -> Iterator[Seen]:
    """Rounds through the pages until the time is over, and a note after each."""
    until, answers, failed = time.monotonic() + seconds, 0, 0
    for number in count():
        day = FIRST + timedelta(days=number % DAYS)
        for page in (LIST, DASHBOARD, TODAY, f"{LIST}?day={day}", f"{DASHBOARD}?day={day}", "{word}/rules"):
            load = visited(at, page, VISITORS, EACH)
            answers, failed = answers + len(load.seconds), failed + load.failed
        words = ["note", "c0000001", f"Seen on round {number}", "--workspace", str(folder)]
        subprocess.run([CARTERA, *words], env=environment(), check=True, stdout=subprocess.DEVNULL)
        seen = Seen(memory(process).own, len(list(Path(f"/proc/{process}/fd").iterdir())), answers, failed)
        print(number, seen, flush=True)
        yield seen
        if time.monotonic() > until:
            return


if __name__ == "__main__":
    sys.exit(main())
