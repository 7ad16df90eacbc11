"""How does a page ask a question? In the words of its address, in the scope of whoever looks."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from cartera.app.show import Ask, view_called
from cartera.web.policies import policy_of

if TYPE_CHECKING:
    from cartera.views.view import Answer
    from cartera.web.door import Visit


def ask(visit: Visit, view: str, **changes: Any) -> Answer:
    """The view answered for this address. changes: fields of `Ask` that the page sets itself."""
    asked = view_called(view)
    return visit.desk.ask(visit.scope, asked, ask_of(visit, asked.takes, **changes), known=visit.asked.known)


def ask_of(visit: Visit, takes: frozenset[str], **changes: Any) -> Ask:
    """The address as a question; `since`, `by` and `every` only for views that heed them."""
    asked = visit.asked
    heeded = {
        name: value
        for name, value in (("since", asked.since), ("by", asked.by), ("every", asked.every or None))
        if name in takes and value
    }
    given = {"day": day(visit), "where": asked.where, "policy": policy_of(visit)} | heeded | changes
    return Ask(**given)


def day(visit: Visit) -> date:
    """The day that the page is about: the address's, else the usual one."""
    return visit.asked.day or visit.desk.usual_day(visit.asked.known)[0]
