"""Who is to be asked at one client, and what was said with them? Rows of its profile, where the facts have people."""

from __future__ import annotations

from datetime import date

from cartera.facts.tables import Facts
from cartera.portfolio.profile_lines import Line, joined
from cartera.tongue import say

CONTACTS, INTERACTIONS = "contacts", "interactions"


def _way(direction: str | None) -> str | None:
    """Who began."""
    if direction == "in":
        return say("they began")
    return say("we began") if direction == "out" else None


def contacts(facts: Facts) -> list[Line]:
    """Every contact, in the order given: role, how to reach them, what they prefer and agreed to."""
    return [
        Line(
            CONTACTS, row["name"],
            text=joined((
                row["role"], row["email"], row["phone"], say("primary") if row["is_primary"] else None,
                row["preferred_channel"] and say("prefers {channel}", channel=row["preferred_channel"]),
                row["consent"] and say("consent: {consent}", consent=row["consent"]),
            )),
        )
        for row in facts.contacts
    ]  # fmt: skip


def interactions(facts: Facts, day: date) -> list[Line]:
    """Every interaction up to `day`, the newest first: what it was about, who began and who of us it was."""
    rows = sorted((row for row in facts.interactions if row["on"] <= day), key=lambda row: row["at"], reverse=True)
    return [
        Line(
            INTERACTIONS, row["channel"], row["on"],
            text=joined((row["subject"], _way(row["direction"]), row["by"] and say("by {name}", name=row["by"]))),
        )
        for row in rows
    ]  # fmt: skip
