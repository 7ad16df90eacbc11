"""How does a system misbehave? One Fault says at which requests and in which way; several may strike together."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Protocol

from cartera.sources.kit.parsing import parsed
from cartera.sources.kit.replies import Reply, busy, written

ELSEWHERE = "https://elsewhere.example"
LOGIN = "<!doctype html><title>Sign in</title><p>Your session has ended."
WAYS = (
    "busy", "busy_until", "busy_silent",  # 429, saying for how long, until when, or nothing
    "broken", "down", "expired", "refused", "gone",  # 500, 503, 401, 403, 404
    "cut", "half", "login", "drip", "late", "reset",  # what arrives is no JSON, not whole, late, or nothing
    "clock", "foreign", "twice", "gap", "timeless",  # what arrives is wrong
    "nothing",  # only what happens in the books before
)  # fmt: skip
STATUS = {"broken": 500, "down": 503, "expired": 401, "refused": 403, "gone": 404}


class Called(Protocol):
    """What of a request decides whether a fault strikes."""

    @property
    def path(self) -> str:
        """Without the query."""

    @property
    def at(self) -> datetime:
        """By the server's clock."""

    @property
    def base(self) -> str:
        """Where the server is."""


@dataclass(frozen=True)
class Fault:
    """One misbehaviour. way: of WAYS. path: only at requests whose path contains it. on: at which of those, from 1.

    every: at every so many of them. seconds: of waiting, dripping or being off. before: what happens in the books
    before the answer is made: a record is edited between two pages.
    """

    way: str = "nothing"
    on: tuple[int, ...] = ()
    every: int = 0
    path: str = ""
    seconds: float = 1.0
    before: Callable[[], object] = lambda: None

    def __post_init__(self) -> None:
        if self.way not in WAYS:
            raise ValueError(f"{self.way!r} is none of {', '.join(WAYS)}")

    def strikes(self, asked: Sequence[Called]) -> bool:
        """Whether it does at the newest of these requests."""
        if self.path not in asked[-1].path:
            return False
        count = sum(self.path in one.path for one in asked)
        return count in self.on or (self.every > 0 and count % self.every == 0)


def changed(reply: Reply, fault: Fault, call: Called, times: Sequence[str]) -> Reply:
    """The answer with this fault in it."""
    way, seconds = fault.way, fault.seconds
    if way in STATUS:
        return Reply(json.dumps({"message": f"a fault: {way}"}), STATUS[way])
    if way.startswith("busy"):
        made = busy(call.at, seconds, has_date=way == "busy_until")
        return replace(made, headers={}) if way == "busy_silent" else made
    return replace(reply, **_transport(way, reply, seconds)) if way in TRANSPORT else _content(reply, way, call, times)


TRANSPORT = ("cut", "half", "login", "drip", "late", "reset", "clock")


def _transport(way: str, reply: Reply, seconds: float) -> dict[str, Any]:
    found: dict[str, dict[str, Any]] = {
        "cut": {"body": reply.body[: len(reply.body) // 2]},
        "half": {"sent": 0.5},
        "login": {"body": LOGIN, "headers": {"Content-Type": "text/html"}},
        "drip": {"drip": seconds},
        "late": {"late": seconds},
        "reset": {"is_reset": True},
        "clock": {"clock": seconds},
    }
    return found[way]


def _content(reply: Reply, way: str, call: Called, times: Sequence[str]) -> Reply:
    if way == "foreign":
        return replace(reply, body=reply.body.replace(call.base, ELSEWHERE))
    if way not in ("twice", "gap", "timeless") or reply.status != 200:
        return reply
    value = parsed(reply.body)
    rows = _rows(value)
    if way == "timeless":
        for row in rows[::2]:
            row.update(dict.fromkeys(set(times) & set(row)))
    elif rows:
        rows[:] = [*rows, rows[0]] if way == "twice" else rows[1:]
    return replace(reply, body=written(value))


def _rows(value: Any) -> list[dict[str, Any]]:
    """The first list of records in an answer, at any depth; empty when there is none."""
    if isinstance(value, list):
        return value if value and all(isinstance(one, dict) for one in value) else []
    found = (_rows(one) for one in value.values()) if isinstance(value, dict) else iter(())
    return next((one for one in found if one), [])
