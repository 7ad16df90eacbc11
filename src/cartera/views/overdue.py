"""Which promises broke? Planned invoices whose date has passed, told beside every list of clients."""

from __future__ import annotations

from datetime import date

import narwhals as nw

from cartera.facts.checks import overdue
from cartera.facts.tables import Facts
from cartera.views import phrasing


def notes(facts: Facts, *, day: date) -> list[str]:
    """One sentence, none when no plan is late."""
    if not facts.gives("invoices.state"):
        return []
    found = facts.room.rows(overdue(facts, day).select(count=nw.len(), first=nw.col("issued_on").min()))[0]
    if not found["count"]:
        return []
    plans = phrasing.counted(found["count"], "planned invoice")
    are = "is" if found["count"] == 1 else "are"
    return [f"{plans} {are} late, the first since {found['first']}: issue, move or drop; cartera check lists them."]
