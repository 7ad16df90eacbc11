"""Of which rows is the profile of a client made? One kind for all sections, and how they become a table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal

import narwhals as nw

from cartera.facts.tables import Facts, Frame
from cartera.portfolio.amounts import TOTAL


@dataclass(frozen=True)
class Line:
    """One row. section: what it belongs to. what: its name or class. on, until_on: when; until_on is not included.

    amount is in `currency`, None where the facts name none. text: what else is to be said.
    """

    section: str
    what: str
    on: date | None = None
    until_on: date | None = None
    amount: Decimal | None = None
    currency: str | None = None
    text: str | None = None


TYPES = {
    "section": nw.String, "what": nw.String, "on": nw.Date, "until_on": nw.Date, "amount": TOTAL,
    "currency": nw.String, "text": nw.String,
}  # fmt: skip


def as_table(facts: Facts, lines: Sequence[Line]) -> Frame:
    """The lines in the engine, with their place from 0 on."""
    columns = {one.name: [getattr(line, one.name) for line in lines] for one in fields(Line)}
    return facts.room.table({"place": list(range(len(lines)))} | columns, {"place": nw.Int64} | TYPES)


def joined(parts: Sequence[str | None]) -> str | None:
    """What is there, with commas; None where there is nothing."""
    return ", ".join(part for part in parts if part) or None
