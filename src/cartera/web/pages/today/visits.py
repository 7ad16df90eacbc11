"""When did this person look last? The day before this one on which this browser showed the page."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from cartera.web.door import Visit

LOOKED = "looked"


def last_visit(visit: Visit) -> date | None:
    """The last day before today on which the page was shown; None the first time. Keeps that it is shown today."""
    session: Any = visit.request.session
    held: dict[str, list[str]] = session.get(LOOKED, {})
    today, days = visit.today.isoformat(), held.get(visit.word, [])
    if not days or days[-1] != today:
        days = [*days[-1:], today]
        session[LOOKED] = held | {visit.word: days}
    return date.fromisoformat(days[0]) if len(days) > 1 else None
