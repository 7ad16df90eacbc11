"""How do requests reach a system? Only its hosts, at its pace, with a total deadline; answers whole or not at all."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from functools import cache
from ssl import SSLContext
from typing import Any
from urllib.parse import quote, urlsplit

import httpx2
import stamina

from cartera.sources.kit.parsing import parsed
from cartera.sources.kit.refusals import (
    AgainError,
    ForeignHostError,
    PausedError,
    RefusedStreamError,
    UnauthorisedError,
    UnreachableError,
)
from cartera.tongue import say

DEADLINE, TRIES, LARGEST = 60.0, 6, 64 * 2**20  # seconds and bytes of one answer, tries of one request
SOCKET = 15.0  # seconds that one reading from the line may take
LONGEST_WAIT = 120.0  # seconds; whoever must wait longer ends and comes back
MINUTE = 60.0
COMPANY = "{company}"
LOCAL = "127.0.0.1"
LOOPBACK = (LOCAL, "localhost")


@dataclass(frozen=True)
class Budget:
    """How fast a system may be asked. within: seconds in which at most `most` requests are made. reserve: of a day's
    requests, left to the user's other programs. busy: seconds to wait after a refusal that does not say how long.
    """

    most: int
    within: float = MINUTE
    per_second: int = 8
    per_day: int | None = None
    reserve: int = 0
    busy: float | None = None


@dataclass(frozen=True)
class Answer:
    """What came back, whole. at: the source's own clock, None when it does not say."""

    status: int
    text: str
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def at(self) -> datetime | None:
        """When the source says that it answered."""
        try:
            return parsedate_to_datetime(self.headers["date"]).astimezone(UTC)
        except (KeyError, ValueError):
            return None

    def json(self) -> Any:
        """The value that the text is; numbers with a point are decimals. ValueError: it is no JSON."""
        return parsed(self.text)

    def json_or_none(self) -> Any:
        """The same, None when it is no JSON."""
        try:
            return self.json()
        except ValueError:
            return None


class Pace:
    """At most so many requests within so many seconds, whatever came before."""

    def __init__(self, budget: Budget, *, clock: Callable[[], float], sleep: Callable[[float], object]) -> None:
        self._limits = ((budget.most, budget.within), (budget.per_second, 1.0))
        self._clock, self._sleep, self._made = clock, sleep, deque[float](maxlen=max(budget.most, budget.per_second))

    def wait(self) -> None:
        """Until one more request keeps every limit."""
        for most, within in self._limits:
            if len(self._made) >= most and (left := self._made[-most] + within - self._clock()) > 0:
                self._sleep(left)
        self._made.append(self._clock())


class Http:
    """The way to one system. token: gives what authorises, and is told when it was refused (`is_stale`).

    hosts: the only ones that may be reached; plain http only to this machine, and only where `is_local` says so.
    left: requests that may still be made today, None for any number. requests: how many were made. before: is called
    before each.
    """

    def __init__(
        self,
        base: str,
        hosts: frozenset[str],
        *,
        budget: Budget,
        headers: Mapping[str, str] | None = None,
        token: Callable[[bool], str] | None = None,
        left: int | None = None,
        is_local: bool = False,
        deadline: float = DEADLINE,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], object] = time.sleep,
        before: Callable[[], None] = lambda: None,
    ) -> None:
        self._before = before
        self.base, self.hosts, self.left, self.requests, self.at = base, hosts, left, 0, None
        self._headers, self._token, self._budget, self._is_local = dict(headers or {}), token, budget, is_local
        self._pace, self._clock, self._deadline = Pace(budget, clock=clock, sleep=sleep), clock, deadline
        limit = httpx2.Timeout(min(SOCKET, deadline))
        self._client = httpx2.Client(timeout=limit, follow_redirects=False, verify=_authorities())

    at: datetime | None  # what the source's clock said in the last answer
    left: int | None

    def carries(self, name: str) -> bool:
        """Whether every request carries this header."""
        return bool(self._headers.get(name))

    def close(self) -> None:
        """Give the connections back."""
        self._client.close()

    def get(
        self, path: str, params: Mapping[str, str] | None = None, headers: Mapping[str, str] | None = None
    ) -> Answer:
        """The whole answer, status 200 or 304. path: below the base, or a whole address on one of the hosts.

        RefusedStreamError: 400, 403, 404 and the like. UnauthorisedError: also with a fresh token. PausedError: it must
        wait longer than a sync does. UnreachableError: no whole answer after six tries.
        """
        url = path if "://" in path else f"{self.base}{path}"
        self.check(url)
        return self._tried(lambda: self._answered("GET", url, params=params, headers=headers))

    def post_form(self, url: str, form: Mapping[str, str], headers: Mapping[str, str]) -> Answer:
        """The answer of a token address, whatever its status below 500; it is not tried twice and carries no token."""
        self.check(url)
        try:
            return self._sent("POST", url, data=dict(form), headers=dict(headers))
        except AgainError as problem:
            raise UnreachableError(problem.what, where=_shown(url)) from None

    def redirected(self, url: str) -> str:
        """Where an address sends on to, which is not followed. Empty: nowhere."""
        self.check(url)
        return self._sent("GET", url).headers.get("location", "")

    def check(self, url: str) -> None:
        """ForeignHostError unless the address is one of the hosts' own, over https."""
        parts = urlsplit(url)
        host = parts.hostname or ""
        is_own = host in self.hosts and (parts.scheme == "https" or (self._is_local and host in LOOPBACK))
        if not is_own or parts.username or parts.password:
            raise ForeignHostError(say("the address {address} is none of this source's.", address=_shown(url)))

    def _tried(self, step: Callable[[], Answer]) -> Answer:
        try:
            for attempt in stamina.retry_context(
                on=_again, attempts=TRIES, timeout=None, wait_initial=1.0, wait_max=60.0, wait_jitter=1.0
            ):
                with attempt:
                    return step()
        except AgainError as problem:
            raise UnreachableError(problem.what, where=problem.where) from None
        raise AssertionError("stamina gives at least one attempt")

    def _answered(self, method: str, url: str, **words: Any) -> Answer:
        answer = self._authorised(method, url, is_stale=False, **words)
        if answer.status == 401 and self._token is not None:
            answer = self._authorised(method, url, is_stale=True, **words)
        if answer.status in (200, 304):
            return answer
        if answer.status == 401:
            raise UnauthorisedError(_told(answer), where=_shown(url))
        if answer.status == 429:
            raise self._slower(answer, url)
        raise RefusedStreamError(answer.status, _told(answer), where=_shown(url))

    def _authorised(self, method: str, url: str, *, is_stale: bool, **words: Any) -> Answer:
        headers = {"Accept": "application/json", **self._headers, **(words.pop("headers", None) or {})}
        if self._token is not None:
            headers["Authorization"] = f"Bearer {self._token(is_stale)}"
        answer = self._sent(method, url, headers=headers, **words)
        if answer.status == 200 and answer.json_or_none() is None:
            raise AgainError(say("the answer is no JSON, or was cut off."), where=_shown(url))
        return answer

    def _sent(self, method: str, url: str, **words: Any) -> Answer:
        if self.left is not None and self.requests >= self.left:
            raise PausedError(say("today's requests to this source are used up."), seconds=None)
        self._pace.wait()
        self._before()
        self.requests += 1
        ends = self._clock() + self._deadline
        try:
            with self._client.stream(method, url, **words) as response:
                body = self._body(response, ends)
        except httpx2.HTTPError as problem:
            raise AgainError(say("no answer: {reason}.", reason=type(problem).__name__), where=_shown(url)) from None
        answer = Answer(response.status_code, body, {name.lower(): value for name, value in response.headers.items()})
        self.at = answer.at or self.at
        if answer.status >= 500:
            raise AgainError(
                say("the source answered with status {status}.", status=str(answer.status)), where=_shown(url)
            )
        return answer

    def _body(self, response: httpx2.Response, ends: float) -> str:
        """The text. A client's own timeout is per reading: one byte a second would never end."""
        parts, size = [], 0
        for part in response.iter_bytes():
            size += len(part)
            if self._clock() > ends:
                raise AgainError(say("the answer took too long."), where=_shown(str(response.url)))
            if size > LARGEST:
                raise RefusedStreamError(
                    response.status_code, say("the answer is too large."), where=_shown(str(response.url))
                )
            parts.append(part)
        return b"".join(parts).decode("utf-8", "replace")

    def _slower(self, answer: Answer, url: str) -> Exception:
        """A refusal for asking too fast: again after the time it says, or not in this run."""
        wait = _seconds(answer) if "retry-after" in answer.headers else self._budget.busy
        told = say("the source asks to wait.")
        if wait is not None and wait > LONGEST_WAIT:
            return PausedError(told, seconds=wait)
        return AgainError(told, where=_shown(url), seconds=wait)


@cache
def _authorities() -> SSLContext:
    """Who vouches for hosts; read once, as reading takes longer than a request."""
    found: SSLContext = httpx2.create_ssl_context()
    return found


def at_company(base: str, company: str) -> str:
    """Where requests about a company begin: {company} in the base stands for its key."""
    return base.replace(COMPANY, quote(company, safe=""))


def _again(problem: Exception) -> bool | float:
    """Whether to try again, and after how many seconds when that is known."""
    if not isinstance(problem, AgainError):
        return False
    return True if problem.seconds is None else problem.seconds


def _seconds(answer: Answer) -> float:
    """What Retry-After says: seconds, or a moment by the source's own clock."""
    text = answer.headers["retry-after"].strip()
    try:
        return max(float(text), 0.0)
    except ValueError:
        pass
    try:
        until = parsedate_to_datetime(text)
    except ValueError:
        return 1.0
    return max((until - (answer.at or until - timedelta(minutes=1))).total_seconds(), 0.0)


def _shown(url: str) -> str:
    """An address as it may be told: without what follows the question mark."""
    parts = urlsplit(url)
    return f"{parts.hostname or ''}{parts.path}"


def _told(answer: Answer) -> str:
    """What a refusal says about itself, short."""
    found = answer.json_or_none()
    text = answer.text if found is None else str(_first_text(found) or "")
    return " ".join(text.split())[:300] or say("the source answered with status {status}.", status=str(answer.status))


def _first_text(value: Any) -> str | None:
    """The text that explains: a member named detail, message, error_description or the like, at any depth."""
    if isinstance(value, dict):
        named = {name.lower(): one for name, one in value.items()}
        for name in ("detail", "message", "error_description", "$message", "title", "error"):
            if isinstance(named.get(name), str) and named[name]:
                return str(named[name])
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return next((found for one in inner if (found := _first_text(one))), None)
