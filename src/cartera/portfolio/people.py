"""Who is to be asked at one client, and what was said with them? Rows of its profile, where the facts have people."""

from __future__ import annotations

from datetime import date

from cartera.facts.tables import Facts
from cartera.portfolio.profile_lines import Line, joined

CONTACTS, INTERACTIONS = "contacts", "interactions"
WAYS = {"in": "they began", "out": "we began"}


def contacts(facts: Facts) -> list[Line]:
    """Every contact, in the order given: role, how to reach them, what they prefer and agreed to."""
    return [
        Line(
            CONTACTS, row["name"],
            text=joined((
                row["role"], row["email"], row["phone"], "primary" if row["is_primary"] else None,
                row["preferred_channel"] and f"prefers {row['preferred_channel']}",
                row["consent"] and f"consent: {row['consent']}",
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
            text=joined((row["subject"], WAYS.get(row["direction"]), row["by"] and f"by {row['by']}")),
        )
        for row in rows
    ]  # fmt: skip
