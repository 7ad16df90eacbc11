"""How does a page fare while people ask for it again and again? Visitors over connections of their own."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass
from statistics import median
from typing import Any

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


def visited(at: dict[str, Any], page: str, visitors: int, seconds: float) -> Load:
    """So many visitors, each asking for the page again as soon as it has come; one answer each at least."""
    return asyncio.run(load(at, page, visitors, seconds))


async def load(at: dict[str, Any], page: str, visitors: int, seconds: float) -> Load:
    """The same, inside a loop."""
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
