"""Of which types are the ledger's columns? Exact money, and text that says whether it is about a person."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import models

from cartera.money import SCALE, rounded

UNITS = 10**SCALE


@dataclass(frozen=True)
class Personal:
    """What a text about a person is for. kept_days: how long after its last use, None for as long as the client."""

    kind: str
    purpose: str
    kept_days: int | None = None


NAME = Personal("name", "to say which client or person is meant")
REACH = Personal("contact", "to reach the client")
ADDRESS = Personal("address", "to reach the client and to group clients by place")
WORDS = Personal("free text", "what people wrote about the client")
AUTHOR = Personal("author", "who decided, for the audit")
RAW = Personal("raw data", "the source's own rows, to read them again", kept_days=3650)


class Text(models.TextField):
    """Text of any length. personal: what it tells about a person, None for nothing; every text column must say so."""

    def __init__(self, *args: Any, personal: Personal | None = None, **kwargs: Any) -> None:
        self.personal = personal
        super().__init__(*args, **kwargs)


class Money(models.BigIntegerField):
    """A decimal of four places, kept as the whole number of its ten-thousandths: SQLite would make a float of it."""

    def from_db_value(self, value: int | None, *_: Any) -> Decimal | None:
        """The decimal of a stored number."""
        return None if value is None else Decimal(value).scaleb(-SCALE)

    def get_prep_value(self, value: Any) -> int | None:
        """The number to store for a decimal."""
        return scaled(value)

    def to_python(self, value: Any) -> Any:
        """The decimal that is meant."""
        return value if value is None or isinstance(value, Decimal) else Decimal(str(value))


def scaled(value: Any) -> int | None:
    """Ten-thousandths of a decimal, half to even; None stays None. TypeError: for a float, which is never money."""
    if value is None:
        return None
    if isinstance(value, float):
        raise TypeError(f"money is a decimal, not the float {value!r}")
    return int(rounded(Decimal(value)) * UNITS)
