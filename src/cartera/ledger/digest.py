"""Does a row say the same as another? A digest of its values that is equal on every database and in every run."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from hashlib import blake2b
from typing import Any

SIZE = 16


def digest(values: Iterable[Any]) -> str:
    """32 hexadecimal digits of the values in their order; nothing differs from an empty text."""
    return blake2b("\x1f".join(map(plain, values)).encode("utf-8", "surrogatepass"), digest_size=SIZE).hexdigest()


def plain(value: Any) -> str:
    """A value as text that says the same however it was typed: 5, 5.0 and 5.0000 are one amount."""
    if value is None:
        return "\x00"
    if isinstance(value, Decimal):
        return f"{value.normalize():f}" if value else "0"
    if isinstance(value, datetime):
        return value.isoformat(timespec="microseconds")
    return str(value)
