"""How fast does the app answer? Its pages beside the bare page of the same server, and each budget, met or not."""

from __future__ import annotations

import json
import os
import platform
import shutil
import subprocess
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from benchmarks import answering, importing
from benchmarks.budgets import budgets
from benchmarks.columns import ledger
from benchmarks.measure import ROOT, environment
from benchmarks.visiting import Load, visited
from benchmarks.whole import CARTERA

if TYPE_CHECKING:
    from collections.abc import Iterator

NAME = "web"
SMALL, MOST = 20_000, 1_000_000  # invoices
SECONDS = 4.0
SOAK = 60.0
CONNECTIONS = (1, 16, 64)
BARE, EMPTY = "/health", "/account"
LIST, DASHBOARD, TODAY = "{word}/clients", "{word}/portfolio", "{word}/today"
ANEW = "?policy=kopilot"  # a page by other rules than those in force is made anew each time, its answer is not
PAGES = (BARE, EMPTY, LIST, DASHBOARD, TODAY, LIST + ANEW, DASHBOARD + ANEW, TODAY + ANEW)
IMPORTING = (EMPTY, LIST, DASHBOARD)
MEGABYTE = 1024


@dataclass(frozen=True)
class Memory:
    """Megabytes of a process: all, and without what it shares with others that run the same programs."""

    whole: int
    own: int


@dataclass(frozen=True)
class Found:
    """What one ledger gave. first: page -> its first answer. busy: while an import ran. inside: see `answering`."""

    invoices: int
    first: dict[str, Load]
    loads: list[Load]
    busy: list[Load]
    begun: Memory
    soaked: Memory
    inside: dict[str, list[float]]


def run(counts: list[int], soak: float = SOAK) -> str:
    """The tables of all sizes, the small one always. soak: seconds of visits between two looks at the memory."""
    told = (
        f"{datetime.now(UTC).date()}, {platform.system()}, {os.cpu_count()} processors for server and visitors, "
        f"Python {platform.python_version()}; {SECONDS:g} s for each figure, "
    )
    parts = [text(measured(count, soak), soak) for count in sorted({SMALL, *counts})]
    load = f"programs that wanted a processor at the end: {os.getloadavg()[2]:.1f}.\n"
    return "\n\n".join([told + load, *parts])


def measured(count: int, soak: float) -> Found:
    """The figures of one ledger: each page, asked again and again while the facts stay, and while others come."""
    with TemporaryDirectory() as place:
        folder, untouched = Path(place) / "site", Path(place) / "untouched"
        for one in (folder, untouched):
            shutil.copytree(ledger(count), one, ignore=shutil.ignore_patterns("*-shm", "*-wal"))
        with served(folder) as (at, process):
            first = {page: visited(at, page, 1, 0) for page in PAGES}
            for page in PAGES:
                visited(at, page, 1, 0.5)
            loads = [visited(at, page, many, SECONDS) for many in CONNECTIONS for page in PAGES]
            begun = memory(process)
            for page in PAGES[2:]:
                visited(at, page, 4, soak / len(PAGES[2:]))
            soaked = memory(process)
            busy = while_importing(at, folder)
        return Found(count, first, loads, busy, begun, soaked, inside(untouched))


@contextmanager
def served(folder: Path) -> Iterator[tuple[dict[str, Any], int]]:
    """The server of the folder until the block ends, and its process."""
    command = [sys.executable, "-m", "benchmarks.serving", str(folder)]
    server = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    try:
        assert server.stdout is not None
        yield json.loads(server.stdout.readline()), server.pid
    finally:
        server.terminate()
        server.wait(10)


def while_importing(at: dict[str, Any], folder: Path) -> list[Load]:
    """The pages while 541,909 rows are imported into the workspace, by 16 and 64; nothing without the shared file."""
    if not importing.FILE.exists():
        return []
    command = [CARTERA, "import", str(importing.FILE), "--yes", "--workspace", str(folder)]
    work = subprocess.Popen(command, env=environment(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    found = [visited(at, page, many, SECONDS / 2) for many in CONNECTIONS[1:] for page in IMPORTING]
    is_running = work.poll() is None
    work.terminate()
    work.wait(60)
    return found if is_running else []


def memory(process: int) -> Memory:
    """What a process holds now."""
    told = Path(f"/proc/{process}/status").read_text()
    whole, own = (int(told.partition(f"{name}:")[2].split()[0]) // MEGABYTE for name in ("VmRSS", "RssAnon"))
    return Memory(whole, own)


def inside(folder: Path) -> dict[str, list[float]]:
    """Milliseconds of wall clock and processor inside the server, see `answering`."""
    command = [sys.executable, "-m", "benchmarks.answering", str(folder)]
    told = subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    found: dict[str, list[float]] = json.loads(told.stdout.splitlines()[-1])
    return found


def text(found: Found, soak: float) -> str:
    """The figures in Markdown."""
    anew = ", ".join(f"`{one.page}` {one.seconds[0] * 1000:.0f} ms" for one in found.first.values())
    grown = found.soaked.own / found.begun.own - 1
    held = (
        f"The server's process holds {found.begun.whole} MB after all these visits, {found.begun.own} MB its own, "
        f"the rest programs read from files; after {soak:g} s more, {found.soaked.own} MB ({grown:+.1%})."
    )
    parts = [f"### {found.invoices:,} invoices", f"The first answer of a new process: {anew}.", table(found.loads)]
    if found.busy:
        parts += ["While 541,909 rows are imported into the same workspace:", table(found.busy)]
    return "\n\n".join([*parts, held, within(found.inside), budgets(found)])


def table(loads: list[Load]) -> str:
    """A row for each page and number of visitors, beside the empty and the bare page."""
    heads = (
        "page", "visitors", "answers/s", "p50 ms", "p99 ms", "of empty's", "p99 ÷ empty", "p50 ÷ empty", "errors",
    )  # fmt: skip
    rows = [heads, ("---", *["---:"] * (len(heads) - 1))]
    for one in loads:
        empty = beside(loads, one)
        rows.append(
            (
                f"`{one.page}`", str(one.visitors), f"{one.rate:.0f}", f"{one.middle:.0f}", f"{one.tail:.0f}",
                f"{one.rate / empty.rate:.2f}", f"{one.tail / empty.tail:.1f}", f"{one.middle / empty.middle:.1f}",
                str(one.failed),
            )
        )  # fmt: skip
    return "\n".join(f"| {' | '.join(cells)} |" for cells in rows)


def beside(loads: list[Load], one: Load) -> Load:
    """The empty page for as many visitors."""
    return next(other for other in loads if (other.page, other.visitors) == (EMPTY, one.visitors))


SAID = {
    answering.EMPTY: "`/account`", answering.LIST: "the list on a day that nobody asked for before",
    answering.QUERIES: "its answer alone, on other such days", answering.FILTER: "a word typed to filter",
    answering.DECISION: "a note on a row: written, the row and the toast", answering.WHAT_IF: "other windows tried",
    answering.SNAPSHOT: "the segments of one day alone",
}  # fmt: skip


def within(found: dict[str, list[float]]) -> str:
    """A row for each answer inside the server."""
    rows = ["| inside the server, without the network | wall ms | cpu ms |", "| --- | ---: | ---: |"]
    return "\n".join([*rows, *(f"| {SAID[name]} | {wall:.0f} | {cpu:.0f} |" for name, (wall, cpu) in found.items())])
