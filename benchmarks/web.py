"""How fast does the app answer? List and dashboard beside the bare page of the same server, one and many visitors."""

from __future__ import annotations

import asyncio
import json
import os
import platform
import shutil
import subprocess
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from benchmarks.columns import ledger
from benchmarks.measure import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator

NAME = "web"
SMALL, MOST = 20_000, 1_000_000  # invoices
SECONDS = 4.0
CONNECTIONS = (1, 16, 64)
BARE, EMPTY = "/health", "/account"
PAGES = (BARE, EMPTY, "{word}/clients", "{word}/portfolio", "{word}/today")
SHARE_GOAL, TAIL_GOAL, KEPT_GOAL = 0.25, 10, 1.5
OK = b"HTTP/1.1 200"


@dataclass(frozen=True)
class Load:
    """What one page gave to so many visitors. seconds: of every answer. failed: how many were not 200."""

    page: str
    visitors: int
    seconds: tuple[float, ...]
    failed: int
    lasted: float

    @property
    def rate(self) -> float:
        """Answers a second."""
        return len(self.seconds) / self.lasted

    @property
    def tail(self) -> float:
        """The time that 99 of 100 answers keep, in milliseconds."""
        return 1000 * sorted(self.seconds)[int(len(self.seconds) * 0.99)]

    @property
    def middle(self) -> float:
        """Of the median answer, in milliseconds."""
        return 1000 * median(self.seconds)


def run(counts: list[int]) -> str:
    """The tables of all sizes, the small one always."""
    told = (
        f"{datetime.now(UTC).date()}, {platform.system()}, {os.cpu_count()} processors shared by server and visitors, "
    )
    told += f"Python {platform.python_version()}; {SECONDS:g} s for each figure, {{load}}.\n"
    parts = [measured(count) for count in sorted({SMALL, *counts})]
    load = f"programs that wanted a processor at the end: {os.getloadavg()[2]:.1f}"
    return "\n\n".join([told.format(load=load), *parts])


def measured(count: int) -> str:
    """The table of one ledger: each page, asked again and again while the facts stay, and once with no answer kept."""
    with TemporaryDirectory() as place:
        folder = Path(place) / "site"
        shutil.copytree(ledger(count), folder, ignore=shutil.ignore_patterns("*-shm", "*-wal"))
        with served(folder) as at:
            first = {page: asyncio.run(load(at, page, 1, 0)) for page in PAGES}
            for page in PAGES:
                asyncio.run(load(at, page, 1, 0.5))
            found = [asyncio.run(load(at, page, many, SECONDS)) for many in CONNECTIONS for page in PAGES]
    return table(count, first, found)


@contextmanager
def served(folder: Path) -> Iterator[dict[str, Any]]:
    """The server of the folder until the block ends."""
    command = [sys.executable, "-m", "benchmarks.serving", str(folder)]
    server = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    try:
        assert server.stdout is not None
        yield json.loads(server.stdout.readline())
    finally:
        server.terminate()
        server.wait(10)


async def load(at: dict[str, Any], page: str, visitors: int, seconds: float) -> Load:
    """So many visitors, each asking for the page again as soon as it has come; one answer each at least."""
    path = page.format(word=f"/{at['word']}")
    asked = (
        f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: {at['cookie']}\r\nAccept-Encoding: gzip\r\n\r\n".encode()
    )
    started = time.perf_counter()
    each = await asyncio.gather(*(visitor(at["port"], asked, started + seconds) for _ in range(visitors)))
    lasted = time.perf_counter() - started
    times = tuple(one for found, _ in each for one in found)
    return Load(path, visitors, times, sum(failed for _, failed in each), lasted)


async def visitor(port: int, asked: bytes, until: float) -> tuple[list[float], int]:
    """Seconds of every answer over one connection, and how many failed."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=2**22)
    times, failed = [], 0
    while not times or time.perf_counter() < until:
        begun = time.perf_counter()
        writer.write(asked)
        head = await reader.readuntil(b"\r\n\r\n")
        await body(reader, head.lower())
        times.append(time.perf_counter() - begun)
        failed += not head.startswith(OK)
    writer.close()
    return times, failed


async def body(reader: asyncio.StreamReader, head: bytes) -> None:
    """Read the body, in one piece or in chunks as the header says."""
    if b"chunked" not in head:
        await reader.readexactly(int(head.partition(b"content-length:")[2].partition(b"\r\n")[0]))
        return
    while size := int(await reader.readuntil(b"\r\n"), 16):
        await reader.readexactly(size + 2)
    await reader.readexactly(2)


def table(count: int, first: dict[str, Load], found: list[Load]) -> str:
    """The figures in Markdown."""
    heads = (
        "page",
        "visitors",
        "answers/s",
        "p50 ms",
        "p99 ms",
        "of empty's",
        "p99 ÷ empty",
        "p50 ÷ empty",
        "of bare",
        "errors",
    )
    rows = [heads, ("---", *["---:"] * (len(heads) - 1))]
    for one in found:
        bare = next(other for other in found if (other.page, other.visitors) == (BARE, one.visitors))
        empty = next(other for other in found if (other.page, other.visitors) == (EMPTY, one.visitors))
        rows.append(
            (
                f"`{one.page}`", str(one.visitors), f"{one.rate:.0f}", f"{one.middle:.0f}", f"{one.tail:.0f}",
                f"{one.rate / empty.rate:.2f}", f"{one.tail / empty.tail:.1f}", f"{one.middle / empty.middle:.1f}",
                f"{one.rate / bare.rate:.2f}", str(one.failed),
            )
        )  # fmt: skip
    anew = ", ".join(f"`{one.page}` {one.seconds[0] * 1000:.0f} ms" for one in first.values())
    goal = f"To reach, of `{EMPTY}`: {SHARE_GOAL} of answers/s, {TAIL_GOAL} times the p99, {KEPT_GOAL} times the p50."
    text = "\n".join(f"| {' | '.join(cells)} |" for cells in rows)
    return f"### {count:,} invoices\n\nThe first answer of a new process: {anew}. {goal}\n\n{text}"
