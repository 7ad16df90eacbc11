"""View `shape`: one word for the whole portfolio, and the sentence that says why."""

from __future__ import annotations

from typing import Any

from cartera.facts.tables import Facts, Frame
from cartera.portfolio.shape import shape
from cartera.views.view import Column, Query, View

COLUMNS = (
    Column("shape", "Shape", is_worded=True),
    Column("client_count", "Clients", "count"),
    Column("no_activity_share", "No activity", "share"),
    Column("new_share", "New", "share"),
    Column("active_share", "Active", "share"),
    Column("at_risk_share", "Cooling", "share"),
    Column("sentence", "Why"),
)


def answer(facts: Facts, query: Query) -> Frame:
    """The row of `portfolio.shape`."""
    return shape(facts, day=query.day, policy=query.policy)


def sentence(rows: list[dict[str, Any]], _: Query) -> str:
    """The shape's own sentence."""
    return str(rows[0]["sentence"])


VIEW = View(
    "shape",
    "Is the portfolio mature, growing or declining?",
    answer,
    lambda _: COLUMNS,
    lambda _: (),
    sentence=sentence,
    example="cartera show shape demo",
)
