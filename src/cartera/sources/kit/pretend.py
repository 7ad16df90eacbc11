"""What answers when no vendor is at hand? A server on this machine that behaves like one, and misbehaves on demand.

A system's pretend.py gives the routes, over books of its own; `with Pretend(...) as server` serves them at server.base.
"""

from __future__ import annotations

import re
import time
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from http.server import ThreadingHTTPServer
from threading import Lock, Thread
from types import TracebackType
from typing import Any, Self

from cartera.sources.kit.faults import Fault, changed
from cartera.sources.kit.replies import Call, Reply, busy, written
from cartera.sources.kit.serving import Handler

__all__ = ["Answer", "Call", "Limit", "Pretend"]
POLL = 0.01  # seconds between two looks whether the server is to stop


Answer = Callable[[Call], Any]  # a Reply, or the value that is sent as JSON


@dataclass(frozen=True)
class Limit:
    """So many requests within so many seconds; what is above gets 429. has_date: it says until when, not how long."""

    most: int
    within: float
    has_date: bool = False


class Pretend:
    """One system. routes: "GET /invoices/{id}" -> what answers. door: what refuses before that, None lets pass.

    now: its clock, also in the Date header. times: the members that tell when a record changed. faults: may be set at
    any time. asked: every request that came. told: the status of every answer.
    """

    def __init__(
        self,
        routes: Mapping[str, Answer],
        now: Callable[[], datetime],
        *,
        door: Callable[[Call], Reply | None] = lambda _: None,
        limit: Limit | None = None,
        times: Sequence[str] = (),
        faults: Sequence[Fault] = (),
        port: int = 0,
    ) -> None:
        self.now, self.times, self.faults = now, tuple(times), tuple(faults)
        self.asked: list[Call] = []
        self.told: list[int] = []
        self._routes = [(_pattern(name), answer) for name, answer in routes.items()]
        self._door, self._limit, self._port, self._lock = door, limit, port, Lock()
        self._made = deque[float](maxlen=limit.most if limit else 1)
        self.is_ending = False

    def __enter__(self) -> Self:
        self._server = _Server(("127.0.0.1", self._port), Handler)
        self._server.pretend = self
        self.base = f"http://127.0.0.1:{self._server.server_port}"
        self._thread = Thread(target=self._server.serve_forever, args=(POLL,), daemon=True)
        self._thread.start()
        return self

    def __exit__(self, _kind: type[BaseException] | None, _it: BaseException | None, _at: TracebackType | None) -> None:
        self.is_ending = True
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    base: str

    def answer(self, call: Call) -> Reply:
        """What is sent back: one request after the other, so that books need no locks."""
        with self._lock:
            self.asked.append(call)
            at_hand = [one for one in self.faults if one.strikes(self.asked)]
            for one in at_hand:
                one.before()
            reply = self._too_fast(call) or self._answered(call)
            for one in at_hand:
                reply = changed(reply, one, call, self.times)
            self.told.append(reply.status)
            return reply

    def _answered(self, call: Call) -> Reply:
        if (refused := self._door(call)) is not None:
            return refused
        for pattern, answer in self._routes:
            if match := pattern.fullmatch(f"{call.method} {call.path}"):
                made = answer(Call(**{**vars(call), "parts": match.groupdict()}))
                return made if isinstance(made, Reply) else Reply(written(made))
        return Reply('{"message": "there is no such address"}', 404)

    def _too_fast(self, call: Call) -> Reply | None:
        limit, moment = self._limit, time.monotonic()
        if limit is None:
            return None
        if len(self._made) == limit.most and (left := self._made[0] + limit.within - moment) > 0:
            return busy(call.at, left, has_date=limit.has_date)
        self._made.append(moment)
        return None


class _Server(ThreadingHTTPServer):
    pretend: Pretend
    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A caller that went away is none of ours."""


def _pattern(route: str) -> re.Pattern[str]:
    """Of a route: {id} is one part of the path, {rest+} any number of parts."""
    text = re.escape(route).replace(r"\{", "{").replace(r"\}", "}").replace(r"\+", "+").replace(r"\ ", " ")
    text = re.sub(r"\{(\w+)\+\}", r"(?P<\1>.+)", text)
    return re.compile(re.sub(r"\{(\w+)\}", r"(?P<\1>[^/]+)", text))
