"""What is planned, what is late, which promises broke, and which invoices may have kept them?"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import narwhals as nw

from cartera.app.show import Ask, show
from cartera.app.workspace.deciding.answers import listed
from cartera.app.workspace.deciding.matching import to_match
from cartera.errors import suggested, typed
from cartera.portfolio.planned import BROKEN, OVERTAKEN, PLANNED, planned
from cartera.tongue import say, say_many, text
from cartera.views.view import Answer, Column, Query, View

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from cartera.app.opened import Opened
    from cartera.app.scope import Scope
    from cartera.facts.tables import Facts, Frame
    from cartera.ledger.book import Book

STATES = (PLANNED, BROKEN, OVERTAKEN)
LATE, BROKEN_ONLY = (BROKEN, OVERTAKEN), (BROKEN,)
COLUMNS = (
    Column("plan", "Plan"),
    Column("client_id", "Id", link="client_id", minor=True),
    Column("name", "Client", link="client_id"),
    Column("planned_on", "For", "date"),
    Column("state", "State", values=STATES),
    Column("days_late", "Days late", "days"),
    Column("amount", "Amount", "money"),
    Column("currency", "Currency"),
    Column("rep", "Rep", minor=True),
    Column("known_on", "Known since", "date", minor=True),
    Column("source", "Source", minor=True),
)
PAIRS = (
    Column("plan", "Plan"),
    Column("name", "Client"),
    Column("planned_on", "For", "date"),
    Column("amount", "Planned", "money"),
    Column("invoice", "Invoice"),
    Column("issued_on", "Issued on", "date"),
    Column("invoiced", "Invoiced", "money"),
    Column("currency", "Currency"),
    Column("days_apart", "Days apart", "days"),
)


def plans(scope: Scope, source: Opened, ask: Ask, *, states: Sequence[str] = STATES) -> Answer:
    """The plans in these states, the earliest first, also those that came from a source."""

    def answer(facts: Facts, query: Query) -> Frame:
        """The rows of `portfolio.planned` in these states."""
        return planned(facts, day=query.day).filter(nw.col("state").is_in(list(states)))

    view = View(
        "plans",
        "What is planned, and which promises broke?",
        answer,
        lambda _: COLUMNS,
        lambda _: ("planned_on", "plan", "client_id"),
        sentence=_sentence,
    )
    return _numbered(show(scope, source, view, ask))


def _numbered(answer: Answer) -> Answer:
    """The same with plans of one day by their number: plan-9.2 before plan-9.10."""
    keys = answer.rows.select(["planned_on", "plan", "client_id"]).to_pylist()
    order = sorted(range(len(keys)), key=lambda place: (keys[place]["planned_on"], _parts(keys[place]["plan"]), place))
    return replace(answer, rows=answer.rows.take(order) if order else answer.rows)


def _parts(plan: str) -> list[tuple[bool, int, str]]:
    """The digits and the other text of a name, to be compared one by one."""
    return [(not one.isdecimal(), int(one) if one.isdecimal() else 0, one) for one in re.split(r"(\d+)", plan) if one]


def matches(scope: Scope, book: Book, *, day: date) -> Answer:
    """The pairs of a plan and an invoice that may be one, for a person to settle."""
    from cartera.app.workspace.identity.who import names

    known, found = names(scope, book), to_match(scope, book)
    rows = [
        {
            "plan": pair.plan.id, "name": known.get(pair.plan.client_id, pair.plan.client_id),
            "planned_on": pair.plan.on, "amount": pair.plan.amount, "invoice": pair.invoice.id,
            "issued_on": pair.invoice.on, "invoiced": pair.invoice.amount,
            "currency": pair.plan.currency or pair.invoice.currency, "days_apart": abs(pair.days),
        }
        for pair in found
    ]  # fmt: skip
    count = len({pair.plan.id for pair in found})
    told = say("No invoice looks like an open plan.")
    if count:
        told = say_many(
            "{count} plan may have been kept: {command} says so.",
            "{count} plans may have been kept: {command} says so.",
            count=count, command=suggested("plan", "match", "PLAN", "INVOICE"),
        )  # fmt: skip
    return listed("to-match", text("Which invoices may have kept a plan?"), PAIRS, rows, typed(told), day=day)


def _sentence(rows: list[dict[str, Any]], _: Query) -> str:
    """How many there are in each state, and since when the first promise is broken."""
    if not rows:
        return say("No such plan.")
    count = {state: sum(row["state"] == state for row in rows) for state in STATES}
    told = [say("{count} to come", count=count[PLANNED])] if count[PLANNED] else []
    if count[BROKEN]:
        first = min(row["planned_on"] for row in rows if row["state"] == BROKEN)
        told.append(
            say("{count} broken, nothing was invoiced since, the first since {day}", count=count[BROKEN], day=first)
        )
    if count[OVERTAKEN]:
        told.append(say("{count} overtaken by an invoice: match or drop", count=count[OVERTAKEN]))
    return say_many("{count} plan: {states}.", "{count} plans: {states}.", count=len(rows), states="; ".join(told))
