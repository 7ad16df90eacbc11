"""Which clients does the list show for an address? Those of its filter that hold the words, in its order."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cartera.web.asking import ask, day
from cartera.web.rows import in_order
from cartera.web.searching import found

if TYPE_CHECKING:
    from datetime import datetime

    from cartera.views.view import Answer
    from cartera.web.door import Visit

USUAL = "-at_stake"


def listed(visit: Visit, known: datetime | None = None) -> tuple[Answer, Any]:
    """The view and, of its rows, those of the list. known: with the facts as of this moment; else of the address."""
    answer = ask(visit, "clients") if known is None else as_of(visit, known)
    rows, sort = found(visit, answer), visit.asked.sort or USUAL
    is_in_order = answer.view.order(answer.query) == (sort, "client_id")
    return answer, rows if is_in_order else in_order(rows, sort, answer.columns)


def as_of(visit: Visit, known: datetime) -> Answer:
    """The view as the facts were at a moment, on the day of the page."""
    from dataclasses import replace

    return ask(replace(visit, asked=visit.asked.but(known=known, day=day(visit))), "clients")
