"""Why is this one client where it is? Its state, the rule in words, what to do, and the rows on which that rests."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import narwhals as nw

from cartera.app.show import Ask, show
from cartera.money import NO_CURRENCY
from cartera.tongue import day_text, money, text
from cartera.views import activity, phrasing
from cartera.views.view import Column, Query, View

if TYPE_CHECKING:
    from cartera.app.opened import Opened
    from cartera.app.scope import Scope
    from cartera.facts.tables import Facts, Frame
    from cartera.views.view import Answer

MORE = Column("todo", "What to do"), Column("evidence", "It rests on")
QUESTION = text("Why is this client where it is, and what comes next?")
APART = "; "


def explain(scope: Scope, source: Opened, client: str, ask: Ask) -> Answer:
    """One row: the client's activity, what to do, and the evidence as one text; the explanation is the sentence."""
    return show(scope, source, explanation_of(client), ask)


def explanation_of(client: str) -> View:
    """The question about this client: a view, so that every renderer prints it."""

    def answer(facts: Facts, query: Query) -> Frame:
        """The client's row of `activity` with what to do and the evidence."""
        from cartera.portfolio.explain import explain as explained

        found = explained(facts, client, day=query.day, policy=query.policy)
        rows = activity.VIEW.answer(facts, query).filter(nw.col("client_id") == found.state["client_id"])
        evidence = APART.join(told(row) for row in found.evidence)
        return rows.with_columns(todo=nw.lit(found.todo), evidence=nw.lit(evidence))

    def columns(query: Query) -> tuple[Column, ...]:
        """Those of `activity`, then what to do and the evidence."""
        return (*activity.VIEW.columns(query), *MORE)

    def sentence(rows: list[dict[str, Any]], _: Query) -> str:
        """The client's name and the explanation."""
        return phrasing.named(rows[0]["name"], rows[0]["explanation"])

    return View("explain", QUESTION, answer, columns, lambda _: (), sentence=sentence)


def told(row: dict[str, Any]) -> str:
    """One row of evidence: what it is, its date, its amount and its id, or the mark itself."""
    currency = row["currency"] if row["currency"] != NO_CURRENCY else ""
    amount = "" if row["amount"] is None else money(row["amount"], currency, places=2)
    note = row["note"] and phrasing.word(row["note"])
    words = (phrasing.word(row["what"]), day_text(row["on"]), amount, row["id"], note)
    return " ".join(word for word in words if word)
