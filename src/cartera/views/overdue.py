"""Which promises broke? Planned invoices whose date has passed, told beside every list of clients."""

from __future__ import annotations

from datetime import date

import narwhals as nw

from cartera.facts.checks import overdue
from cartera.facts.tables import Facts
from cartera.tongue import say_many


def notes(facts: Facts, *, day: date) -> list[str]:
    """One sentence, none when no plan is late."""
    if not facts.gives("invoices.state"):
        return []
    found = facts.room.rows(overdue(facts, day).select(count=nw.len(), first=nw.col("issued_on").min()))[0]
    if not found["count"]:
        return []
    return [
        say_many(
            "{count} planned invoice is late, the first since {day}: issue, move or drop; cartera check lists them.",
            "{count} planned invoices are late, the first since {day}: issue, move or drop; cartera check lists them.",
            count=found["count"], day=found["first"],
        )
    ]  # fmt: skip
