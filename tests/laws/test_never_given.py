"""Is a column that was never given the same as a column of blanks, and a table never given as an empty one?"""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.laws.asked import CLIENTS, in_order, law, opened, per_client, policies, rows
from tests.laws.every_question import DAY, QUESTIONS
from tests.portfolios import Facts as Portfolio
from tests.portfolios import portfolios, tables

from cartera.engine import open_facts
from cartera.facts.tables import Facts
from cartera.portfolio.activity import activity
from cartera.portfolio.explain import explain
from cartera.portfolio.policy import AnyPolicy

pytestmark = pytest.mark.thorough

ROOM_FOR_LESS = {
    "invoices": ("kind", "state", "known_on", "void_on", "credits", "currency"),
    "clients": ("created_on",),
    "marks": ("recorded_at",),
}
EVERYTHING_OPTIONAL = [(table, column) for table, columns in ROOM_FOR_LESS.items() for column in columns]
blanks = st.sets(st.sampled_from(EVERYTHING_OPTIONAL), min_size=1)
asked = portfolios(CLIENTS, around=DAY)


def blanked(portfolio: Portfolio, blank: set[tuple[str, str]]) -> Portfolio:
    """The portfolio with nothing in those columns."""
    return {
        name: [row | {column: None for table, column in blank if table == name} for row in found]
        for name, found in portfolio.items()
    }


def as_far_as_given(portfolio: Portfolio) -> Facts:
    """Its tables without the columns that say nothing, and without the tables that have no row."""
    given_: dict[str, Any] = {}
    for name, table in tables(portfolio).items():
        required = ("client_id", "issued_on", "amount", "mark", "marked_on", "invoice_id")
        kept = [c for c in table.column_names if c in required or table[c].null_count < len(table)]
        if len(table) or name == "invoices":
            given_[name] = table.select(kept)
    return open_facts(Facts(**given_))


@pytest.mark.parametrize("question", QUESTIONS)
@settings(max_examples=3)
@given(portfolio=asked, policy=policies, blank=blanks)
def test_what_was_never_given_is_blank(
    question: str, portfolio: Portfolio, policy: AnyPolicy, blank: set[tuple[str, str]]
) -> None:
    less = blanked(portfolio, blank)
    ask = QUESTIONS[question]
    assert in_order(rows(ask(as_far_as_given(less), policy))) == in_order(rows(ask(opened(less), policy)))


@law
@given(asked, policies)
def test_a_portfolio_of_plain_invoices_needs_three_columns(portfolio: Portfolio, policy: AnyPolicy) -> None:
    less = blanked(portfolio, set(EVERYTHING_OPTIONAL)) | {"marks": []}
    for question in ("activity", "timeline"):
        ask = QUESTIONS[question]
        assert in_order(rows(ask(as_far_as_given(less), policy))) == in_order(rows(ask(opened(less), policy)))


@law
@given(asked, policies, blanks)
def test_an_explanation_needs_no_more_than_was_given(
    portfolio: Portfolio, policy: AnyPolicy, blank: set[tuple[str, str]]
) -> None:
    less = blanked(portfolio, blank)
    bare, full = as_far_as_given(less), opened(less)
    for client in sorted(per_client(activity(full, day=DAY, policy=policy)))[:1]:
        told, meant = (explain(facts, client, day=DAY, policy=policy) for facts in (bare, full))
        assert told == meant
