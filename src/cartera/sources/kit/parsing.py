"""How is an answer read? Amounts as exact decimals, days without time zones, each record with its own text."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

DECODER = json.JSONDecoder(parse_float=Decimal, parse_int=int)
SPACE = re.compile(r"[ \t\r\n]*")
NET = re.compile(r"/Date\((-?\d+)([+-]\d{4})?\)/")


def parsed(text: str) -> Any:
    """The JSON value; numbers with a point are decimals. ValueError: it is no JSON, or was cut off."""
    return json.loads(text, parse_float=Decimal, parse_int=int)


def elements(text: str, path: Sequence[str]) -> Iterator[tuple[str, Any]]:
    """Text and value of each record in the list at `path`, in order; none when there is no such list.

    ValueError: the text is no JSON or was cut off.
    """
    place = _skip(text, 0)
    for name in path:
        found = _member(text, place, name)
        if found is None:
            return
        place = found
    if text[place : place + 1] != "[":
        return
    place = _skip(text, place + 1)
    while text[place : place + 1] != "]":
        value, end = DECODER.raw_decode(text, place)
        yield text[place:end], value
        place = _skip(text, end)
        if text[place : place + 1] == ",":
            place = _skip(text, place + 1)
        elif text[place : place + 1] != "]":
            raise ValueError(f"no end of a list at {place}")


def _member(text: str, place: int, name: str) -> int | None:
    """Where the value of a member of the object at `place` begins."""
    if text[place : place + 1] != "{":
        return None
    place = _skip(text, place + 1)
    while text[place : place + 1] != "}":
        found, place = DECODER.raw_decode(text, place)
        place = _skip(text, place)
        if text[place : place + 1] != ":":
            raise ValueError(f"no value at {place}")
        place = _skip(text, place + 1)
        if found == name:
            return place
        _, place = DECODER.raw_decode(text, place)
        place = _skip(text, place)
        if text[place : place + 1] == ",":
            place = _skip(text, place + 1)
        elif text[place : place + 1] != "}":
            raise ValueError(f"no end of an object at {place}")
    return None


def _skip(text: str, place: int) -> int:
    match = SPACE.match(text, place)
    return match.end() if match else place


def amount(value: Any) -> Decimal | None:
    """An amount as it was written: a number of JSON, or its text; None for nothing. ValueError: it is none."""
    if value is None or value == "":
        return None
    if isinstance(value, bool | float):  # a ValueError, so that whoever maps a record meets one kind of error
        raise ValueError(f"{value!r} is no exact amount")  # noqa: TRY004
    try:
        found = Decimal(value)
    except (InvalidOperation, TypeError):
        raise ValueError(f"{value!r} is no amount") from None
    if not found.is_finite():
        raise ValueError(f"{value!r} is no amount")
    return found


def day(value: Any) -> date | None:
    """A calendar date as the source wrote it, never moved between time zones: 2018-10-20, with a time or without."""
    if not value:
        return None
    text = str(value)
    if match := NET.fullmatch(text):
        return datetime.fromtimestamp(int(match[1]) / 1000, UTC).date()
    return date.fromisoformat(text[:10])


def moment(value: Any) -> datetime | None:
    """An instant in UTC. One without an offset is taken for UTC."""
    if not value:
        return None
    text = str(value)
    if match := NET.fullmatch(text):
        return datetime.fromtimestamp(int(match[1]) / 1000, UTC)
    found = datetime.fromisoformat(text)
    return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
