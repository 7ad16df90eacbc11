"""Which day is meant when nobody says? Today, unless the facts ended long ago."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import narwhals as nw

from cartera.app.clock import today
from cartera.calendar import add_days
from cartera.errors import CarteraError
from cartera.tongue import say

if TYPE_CHECKING:
    from cartera.facts.tables import Facts

STALE_DAYS = 45  # an export whose newest invoice is older is read as of that invoice


def parse_day(text: str, option: str = "--day") -> date:
    """The date written as 2026-03-31; refused with an example otherwise."""
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise CarteraError(
            say("{text} is not a day.", text=repr(text)), where=option, fix=say("Write year-month-day: 2026-03-31.")
        ) from None


def default_day(
    facts: Facts, now: date | None = None, decided_on: date | None = None, option: str = ""
) -> tuple[date, str | None]:
    """The day to answer for and, when it is not today, the sentence that says so.

    decided_on: the day of the newest decision; one made lately must be seen in the answer, however old the invoices.
    option: what leads to today, by default that of the command line.
    """
    now = now or today()
    newest = newest_invoice(facts, now)
    if newest is None or now <= add_days(newest, STALE_DAYS):
        return now, None
    if decided_on is not None and newest < decided_on and now <= add_days(decided_on, STALE_DAYS):
        return now, None
    told = say(
        "Answered for {day}, the day of the newest invoice; {option} answers for today.",
        day=newest, option=option or f"--day {now}",
    )  # fmt: skip
    return newest, told


def newest_invoice(facts: Facts, now: date) -> date | None:
    """The issue date of the newest issued invoice dated up to `now`, or None."""
    issued = facts.invoices.filter(nw.col("state") == "issued", nw.col("kind") == "invoice", nw.col("issued_on") <= now)
    found = facts.room.rows(issued.select(newest=nw.col("issued_on").max()))
    return found[0]["newest"] if found else None
