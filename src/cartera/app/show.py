"""Ask one view about one source: the verb behind `cartera show` and every page and export."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from cartera.app.day import default_day
from cartera.app.policies import STANDARD, policy
from cartera.app.restrict import among_all, foreign, gathered_if_few, restricted
from cartera.errors import CarteraError, UnknownNameError
from cartera.money import NO_CURRENCY
from cartera.tongue import counting_in, say
from cartera.views.view import Answer, Column, Query, View

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from decimal import Decimal

    from cartera.app.opened import Opened
    from cartera.app.scope import Scope
    from cartera.facts.tables import Facts


CURRENCY = "currency"  # the column of an answer whose rows are in several


@dataclass(frozen=True)
class Ask:
    """A question as a person asks it. policy, against: as `policies.policy` gives them; no policy: the source's own.

    day: None for the usual day.
    """

    policy: Any = None
    against: Any = None
    day: date | None = None
    since: date | None = None
    by: tuple[str, ...] = ()
    where: tuple[tuple[str, str], ...] = ()
    every: str | None = None
    options: Mapping[str, Any] = field(default_factory=dict)


def show(scope: Scope, source: Opened, view: View, ask: Ask, *, told: bool = True) -> Answer:
    """The view's rows in their order, with notices. told: also totals and the sentence, for answers that people read.

    Unknown names are refused with the nearest.
    """
    from cartera.engine.results import computed

    scope.require("show")
    return computed(lambda: answered(source, view, ask, told=told))


def answered(source: Opened, view: View, ask: Ask, *, told: bool) -> Answer:
    """The same without asking whether it is allowed."""
    query, notice = asked_of(source, ask)
    if query.every and view.over_time:
        view = view.over_time
    notes = foreign(source.facts, query)
    facts, query = among_all(source.whole, restricted(source.facts, query, view, source.whole), query, view)
    facts = gathered_if_few(facts, query, view)
    if view.is_of_one and source.people:
        facts = source.people(facts)
    columns = view.columns(query)
    with counting_in(lambda: named_currency(facts)):
        rows = sorted_rows(facts, view, query)
        notes += view.notes(facts, query) if view.notes else []
        sentence = view.sentence(rows.to_pylist(), query) if told and view.sentence else ""
    return Answer(
        view,
        query,
        columns,
        rows.select([column.name for column in columns]),
        totals=totals(rows, columns) if told else {},
        notices=(*source.notices, *([notice] if notice and view.is_dated else []), *nobody_names(rows, query), *notes),
        sentence=sentence,
        currency=currency(facts, columns) if told else None,
    )


def view_called(name: str) -> View:
    """The shipped view with this name; the nearest name is offered for an unknown one."""
    from cartera.views.registry import VIEWS

    known = {view.name: view for view in VIEWS}
    if name not in known:
        raise UnknownNameError("view", name, tuple(known))
    return known[name]


def asked_of(source: Opened, ask: Ask) -> tuple[Query, str | None]:
    """The query with its day filled in, and what must be said about the day."""
    given = ask.day or source.ends_on
    day, notice = (given, None) if given else default_day(source.whole, source.today, source.decided_on)
    check_order(ask.since, day)
    rules = ask.policy or source.policy or policy(STANDARD)
    where = tuple((name, source.id_now(value) if name == "client_id" else value) for name, value in ask.where)
    is_scoped = source.everybody is not None
    return Query(day, rules, ask.since, ask.by, where, ask.every, ask.against, ask.options, is_scoped=is_scoped), notice


def check_order(since: date | None, day: date) -> None:
    """Refuse a period that begins after it ends."""
    if since is not None and since > day:
        raise CarteraError(
            say("since {since} lies after the day {day}.", since=since, day=day),
            fix=say("Give a --since on or before --day."),
        )


def sorted_rows(facts: Facts, view: View, query: Query) -> Any:
    """The answer as an Arrow table in the view's order; unknown values come last."""
    from cartera.engine import arrow

    rows, keys = view.answer(facts, query), view.order(query)
    if keys:
        down = [key.startswith("-") for key in keys]
        rows = rows.sort([key.removeprefix("-") for key in keys], descending=down, nulls_last=True)
    return arrow(rows)


def nobody_names(rows: Any, query: Query) -> list[str]:
    """A sentence per dimension that nobody states: one row "unknown" alone looks like a fault."""
    cuts = [name for name in query.by if name in rows.column_names and rows.num_rows]
    empty = [name for name in cuts if rows.column(name).null_count == rows.num_rows]
    return [_nobody_names(name, some=bool(query.where)) for name in empty]


def _nobody_names(name: str, *, some: bool) -> str:
    a_name = say("an {name}", name=name) if name[0] in "aeiou" else say("a {name}", name=name)
    if some:
        return say("Among those asked for, no client and no invoice names {a_name}.", a_name=a_name)
    return say("No client and no invoice names {a_name}.", a_name=a_name)


def currency(facts: Facts, columns: tuple[Column, ...]) -> str | None:
    """The currency of the money columns; None where there are none, where rows name their own or nobody names one."""
    if not any(column.unit == "money" for column in columns) or any(column.name == CURRENCY for column in columns):
        return None
    return named_currency(facts)


def named_currency(facts: Facts) -> str | None:
    """The currency that sums are counted in, None where nobody names one."""
    from cartera.portfolio.amounts import reporting_currency

    found = reporting_currency(facts)
    return None if found == NO_CURRENCY else found


def totals(rows: Any, columns: tuple[Column, ...]) -> dict[str, int | Decimal]:
    """The exact sum of every column that may be summed."""
    import pyarrow.compute as pc

    return {one.name: pc.sum(rows.column(one.name), min_count=0).as_py() for one in columns if one.total}
