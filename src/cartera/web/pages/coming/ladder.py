"""How does a time of the ladder come on the page? Its clients by date, with what they were worth together."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from cartera.calendar import LAST_DAY
from cartera.tongue import say, say_many, spoken
from cartera.views.horizons import SAID, Horizon, clients
from cartera.web.doorways import behind, doors
from cartera.web.shown import Cell, cell

if TYPE_CHECKING:
    from cartera.views.view import Answer
    from cartera.web.door import Visit

MOST = 25  # rows of one time; the list has them all
SHOWN = ("segment", "next_segment", "next_on", "at_stake", "planned_amount")


@dataclass(frozen=True)
class Rung:
    """One client. in_days: how soon, in words."""

    key: str
    name: Cell
    now: Cell
    next: Cell
    on: Cell
    in_days: str
    at_stake: Cell
    planned: Cell
    planned_on: date | None
    is_ticked: bool


@dataclass(frozen=True)
class Step:
    """One time of the ladder."""

    name: str
    until: date | None
    count: int
    href: str
    at_stake: Decimal
    planned: Decimal
    supposed_count: int
    supposed_stake: Decimal
    currency: str | None
    rungs: tuple[Rung, ...]
    more: int


def rungs(visit: Visit, answer: Answer, found: list[Horizon], ticked: Collection[str]) -> list[Step]:
    """The times with their clients; the address behind each count holds as long as plans count."""
    counts_plans = "planned" not in answer.query.options
    return [
        Step(
            spoken(SAID[one.name]), None if one.until_on == LAST_DAY else one.until_on, len(one.rows),
            behind(visit, answer, clients(one)) if counts_plans else "", one.at_stake, one.planned_amount,
            one.supposed_count, one.supposed_stake, answer.currency,
            tuple(rung(visit, answer, row, ticked) for row in one.rows[:MOST]), max(0, len(one.rows) - MOST),
        )
        for one in found
    ]  # fmt: skip


def rung(visit: Visit, answer: Answer, row: dict[str, Any], ticked: Collection[str]) -> Rung:
    """One client's cells."""
    named, door = {one.name: one for one in answer.columns}, doors(visit, answer)
    now, then, on, stake, planned = (cell(named[one], row) for one in SHOWN)
    return Rung(
        row["client_id"], cell(named["name"], row, door(named["name"], row)), now, then, on, soon(row["days_until"]),
        stake, planned, row["next_planned_on"], row["client_id"] in ticked,
    )  # fmt: skip


def soon(days: int) -> str:
    """In how many days."""
    return say("tomorrow") if days == 1 else say_many("in {count} day", "in {count} days", count=days)
