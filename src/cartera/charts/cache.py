"""Was this picture drawn before? SVG kept gzipped up to a number of bytes, the longest unused leaving first."""

from __future__ import annotations

import gzip
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable

MOST_BYTES = 64 * 1024 * 1024
OVERHEAD = 200  # bytes that an entry takes beside its picture
LEVEL = 6


class Cache:
    """Pictures by key, for any number of threads.

    The key says everything that makes the picture: facts version, day, policy, view, scope, language, width, mode.
    """

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        self._most = most_bytes
        self._kept: OrderedDict[Hashable, bytes] = OrderedDict()
        self._bytes = 0
        self._lock = threading.Lock()
        self._at_work: dict[Hashable, threading.Event] = {}

    def get(self, key: Hashable) -> bytes | None:
        """The picture as gzipped SVG, as a browser takes it; None when it is not here."""
        with self._lock:
            found = self._kept.get(key)
            if found is not None:
                self._kept.move_to_end(key)
            return found

    def put(self, key: Hashable, svg: str) -> bytes:
        """Keep the picture, and give it back gzipped. One that is larger than all room is not kept."""
        packed = gzip.compress(svg.encode(), LEVEL, mtime=0)
        with self._lock:
            self._drop(key)
            if len(packed) + OVERHEAD <= self._most:
                self._kept[key] = packed
                self._bytes += len(packed) + OVERHEAD
            while self._bytes > self._most:
                self._drop(next(iter(self._kept)))
        return packed

    def held(self, key: Hashable, draw: Callable[[], str | None]) -> bytes | None:
        """The picture as gzipped SVG, drawn when it is not here; one thread draws, others with that key wait for it.

        None, and nothing is kept, when `draw` gives None.
        """
        if (found := self.get(key)) is not None:
            return found
        with self._lock:
            other = self._at_work.get(key)
            if other is None:
                self._at_work[key] = threading.Event()
        if other is not None:
            other.wait()
            return self.get(key)  # None when that thread had no luck: who asks next tries anew
        try:
            svg = draw()
            return None if svg is None else self.put(key, svg)
        finally:
            with self._lock:
                self._at_work.pop(key).set()

    def size(self) -> tuple[int, int]:
        """How many pictures are kept, and how many bytes they take."""
        with self._lock:
            return len(self._kept), self._bytes

    def _drop(self, key: Hashable) -> None:
        packed = self._kept.pop(key, None)
        if packed is not None:
            self._bytes -= len(packed) + OVERHEAD
