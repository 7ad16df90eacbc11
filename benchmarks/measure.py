"""Who is how fast? Every contestant in fresh processes, in turns, round by round; medians over the rounds."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING

from benchmarks.peers import ROOT, python_of

if TYPE_CHECKING:
    from benchmarks.questions import Question


@dataclass(frozen=True)
class Figures:
    """Medians of one contestant. wall, cpu: seconds of an answer; first: wall seconds of the first in a process.

    peak: MB of the whole process while it answers; added: how much of it came with the answer.
    """

    wall: float
    cpu: float
    first: float
    peak: float
    added: float


def measured(asked: Question, invoice_count: int, contestants: tuple[str, ...], rounds: int) -> dict[str, Figures]:
    """The figures of each contestant, whose turns alternate so that a busy machine is busy for all of them."""
    seen: dict[str, list[dict]] = {name: [] for name in contestants}
    for number in range(rounds):
        for name in turns(contestants, number):
            seen[name].append(json.loads(run("benchmarks.alone", name, asked.name, str(invoice_count))))
    return {name: figures(processes) for name, processes in seen.items()}


def turns(names: tuple[str, ...], number: int) -> tuple[str, ...]:
    """The order of a round; it turns around every other round, so that nobody always comes after the same one."""
    return names if number % 2 == 0 else names[::-1]


def figures(processes: list[dict]) -> Figures:
    later = [answer for process in processes for answer in process["later"]]
    peaks = [max(answer["peak"] for answer in (process["first"], *process["later"])) for process in processes]
    return Figures(
        wall=median(answer["wall"] for answer in later),
        cpu=median(answer["cpu"] for answer in later),
        first=median(process["first"]["wall"] for process in processes),
        peak=median(peaks),
        added=median(peak - process["before"] for peak, process in zip(peaks, processes, strict=True)),
    )


def check(asked: Question, invoice_count: int, contestant: str) -> int:
    """The number of rows of the answer, equal to the check query's. Ends the run when they are not."""
    return int(run("benchmarks.equal", contestant, asked.name, str(invoice_count)))


def run(module: str, *words: str) -> str:
    done = subprocess.run(
        [python_of(words[0]), "-m", module, *words],
        check=False,
        capture_output=True,
        text=True,
        cwd=ROOT,
        env=environment(),
    )
    if done.returncode:
        sys.exit(f"{module} {' '.join(words)}:\n{done.stderr}")
    return done.stdout


def environment() -> dict[str, str]:
    return os.environ | {"PYTHONPATH": str(ROOT / "src")}
