"""What did people say about the clients: lost, cancelled, reactivated, by whom and why?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cartera.sources.demo.clients import Client
    from cartera.sources.demo.stories import Statement

NOTES = {
    "competitor": "Buys elsewhere now; asked to be called when their contract ends.",
    "price": "Found us too expensive after the last rise.",
    "closed_business": "Closed the business.",
    "in_house": "Hired somebody and does it in-house.",
    "no_budget": "No budget this year.",
    "service": "Was unhappy with the last delivery.",
    "no_interest": "Asked for a quote, never answered since.",
    "duplicate": "Entered twice; the other entry is the one in use.",
    "asked_again": "Called back and asked for an offer.",
}
REVIEW_AFTER = 180
FINAL = {"closed_business", "duplicate"}


@dataclass(frozen=True)
class Mark:
    """One row of marks."""

    client_id: str
    mark: str
    marked_on: date
    recorded_at: datetime
    by: str
    reason: str
    note: str
    review_on: date | None


def marks(client: Client, day: date) -> Iterator[Mark]:
    """The client's marks, oldest first, all dated before `day`."""
    return (_mark(client, day, statement) for statement in client.story.marks)


def _mark(client: Client, day: date, statement: Statement) -> Mark:
    rng = client.rng
    on = day - timedelta(days=rng.randint(*statement.ago))
    reason = rng.choice(statement.reasons)
    is_to_review = statement.mark == "lost" and reason not in FINAL
    return Mark(
        client_id=client.client_id,
        mark=statement.mark,
        marked_on=on,
        recorded_at=datetime.combine(on, time(9 + rng.randrange(8), rng.randrange(60))),
        by=client.rep or "Office",
        reason=reason,
        note=NOTES[reason],
        review_on=on + timedelta(days=REVIEW_AFTER) if is_to_review else None,
    )
