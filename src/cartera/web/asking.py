"""How does a page ask a question? In the words of its address, in the scope of whoever looks."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from cartera import tongue
from cartera.app.show import Ask, view_called
from cartera.calendar import PERIODS, period_ends
from cartera.errors import CarteraError
from cartera.portfolio.measures import PROFIT
from cartera.portfolio.picks import PICKS
from cartera.tongue import say
from cartera.web.policies import policy_of

if TYPE_CHECKING:
    from cartera.views.view import Answer, View
    from cartera.web.door import Visit

MOST_PERIODS = 150
CLIENT = "client_id"
OPTIONS = frozenset(("window", "measure", "frequency", "suppose", "planned"))  # words of an address


def ask(visit: Visit, view: str, **changes: Any) -> Answer:
    """The view answered for this address. changes: fields of `Ask` that the page sets itself."""
    asked = view_called(view)
    given = ask_of(visit, takes(asked, changes.get("every", visit.asked.every)), **changes)
    if asked.filters_itself or (given.every and asked.over_time and asked.over_time.filters_itself):
        given = replace(given, where=by_columns(visit, given.where))
    return visit.desk.ask(visit.scope, asked, given, known=visit.asked.known)


def ask_of_one(visit: Visit, view: str, client_id: str) -> Answer:
    """`ask` with this client in the answer: it alone where that says the same, unless all are at hand."""
    if not is_same_alone(visit) or is_known(visit, view):
        return ask(visit, view)
    return ask(visit, view, where=(*visit.asked.where, (CLIENT, client_id)))


def is_same_alone(visit: Visit) -> bool:
    """Whether a client that the address's filter leaves has the same row when it is asked about alone.

    Not where the workspace names no currency, as amounts are in the commonest of the answer's rows; not about facts as
    known earlier, when it may have had another currency or the client another id; not behind a filter that picks some
    of those who are left, or that names clients itself.
    """
    picked = {CLIENT, *(name for name, pick in PICKS.items() if pick.is_last)}
    is_plain = not any(name in picked for name, _ in visit.asked.where)
    return is_plain and not visit.asked.known and bool(visit.desk.book.workspace.currency)


def is_known(visit: Visit, *views: str) -> bool:
    """Whether these are answered for this address without any work."""
    asked = [(view, ask_of(visit, takes(view, visit.asked.every))) for view in map(view_called, views)]
    return all(visit.desk.has(visit.scope, view, given, known=visit.asked.known) for view, given in asked)


def takes(view: View, every: str | None) -> frozenset[str]:
    """The words of an address that the view heeds; over time those of its other half."""
    is_over_time = every and view.over_time and "every" in view.takes
    return view.over_time.takes if is_over_time and view.over_time else view.takes


def by_columns(visit: Visit, where: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
    """The filter without what holds on one day alone, such as a segment: a question about a time cannot take it."""
    kept = tuple(pair for pair in where if pair[0] in columns(visit))
    left = tongue.joined(list(dict.fromkeys(name for name, value in where if (name, value) not in kept)))
    said = say("What changes over time is shown without the filter by {names}, which holds on one day.", names=left)
    if left and said not in visit.notices:
        visit.notices.append(said)
    return kept


def columns(visit: Visit) -> list[str]:
    """The columns that clients can be kept by or split by."""
    from cartera.app.restrict import columns_of

    found: list[str] = visit.desk.remembered(
        ("columns",), lambda: columns_of(visit.desk.source(visit.scope, visit.asked.known).facts)
    )
    return found


def ask_of(visit: Visit, takes: frozenset[str], **changes: Any) -> Ask:
    """The address as a question; `since`, `by` and `every` only for views that heed them.

    NotAllowedError: profits are asked for by who may not see margins.
    """
    asked = visit.asked
    heeded = {
        name: value
        for name, value in (("since", asked.since), ("by", asked.by), ("every", asked.every or None))
        if name in takes and value
    }
    options = {name: value for name, value in asked.more.items() if name in takes & OPTIONS}
    given = {"options": options, "day": day(visit), "where": asked.where, "policy": policy_of(visit)} | heeded | changes
    if given["options"].get("measure") == PROFIT:
        visit.scope.require("margin")
    check_periods(ask := Ask(**given))
    return ask


def check_periods(ask: Ask) -> None:
    """Nothing when the question is about a number of periods that a page can show; else an error that names coarser
    ones: each period costs work in which others wait.
    """
    if not ask.every or ask.since is None or ask.day is None or ask.since > ask.day or ask.every not in PERIODS:
        return
    count = len(period_ends(ask.since, ask.day, ask.every))
    if count > MOST_PERIODS:
        coarser = next((one for one in PERIODS if len(period_ends(ask.since, ask.day, one)) <= MOST_PERIODS), "year")
        raise CarteraError(
            say("{count} periods are too many for one page.", count=count), where="every",
            fix=say("Ask for every={every}, or begin later.", every=coarser),
        )  # fmt: skip


def fitting(since: date, until: date, most: int) -> str:
    """The finest of month, quarter and year of which at most so many, where that can be, lie in a time."""
    return next((one for one in ("month", "quarter") if len(period_ends(since, until, one)) <= most), "year")


def day(visit: Visit) -> date:
    """The day that the page is about: the address's, else the usual one."""
    return visit.asked.day or visit.desk.usual_day(visit.asked.known)[0]
