"""What is a pretended system asked, and what does it send back? Values as JSON, or word for word."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from email.utils import format_datetime
from typing import Any


@dataclass(frozen=True)
class Call:
    """A request as it came. words: of the query. parts: what stands for the names in the route's path.

    headers: by names in small letters. at: by the server's clock. base: where the server is.
    """

    method: str
    path: str
    words: Mapping[str, str]
    headers: Mapping[str, str]
    form: Mapping[str, str]
    at: datetime
    base: str
    parts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Reply:
    """What is sent back. drip: seconds before each byte. late: before the first. is_reset: the line is cut instead.

    sent: share of the body that arrives before the line is closed. clock: seconds by which the Date header is off.
    """

    body: str = ""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    drip: float = 0.0
    late: float = 0.0
    sent: float = 1.0
    clock: float = 0.0
    is_reset: bool = False


def busy(at: datetime, seconds: float, *, has_date: bool = False) -> Reply:
    """Asked too fast: how long to wait, or until when."""
    told = format_datetime(at + timedelta(seconds=seconds), usegmt=True) if has_date else f"{seconds:.0f}"
    return Reply('{"message": "too many requests"}', 429, {"Retry-After": told})


def written(value: Any) -> str:
    """The value as JSON; decimals with all the digits that they have."""
    try:
        return json.dumps(value, ensure_ascii=False)
    except TypeError:  # only decimals are none of its types
        return _exact(value)


def _exact(value: Any) -> str:
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{json.dumps(str(name))}: {_exact(one)}" for name, one in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(_exact, value)) + "]"
    return json.dumps(value, ensure_ascii=False)
