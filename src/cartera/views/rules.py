"""View `rules`: what makes each segment, in words with the numbers in force, what would change it, and what to do."""

from __future__ import annotations

from typing import Any

from cartera.facts.tables import Facts, Frame
from cartera.portfolio.definitions import definitions
from cartera.tongue import say
from cartera.views.view import Column, Query, View


def answer(facts: Facts, query: Query) -> Frame:
    """The rows of `portfolio.definitions`."""
    return definitions(facts, policy=query.policy)


def columns(_: Query) -> tuple[Column, ...]:
    """The segment and its rule."""
    return (
        Column("segment", "Segment", "segment"),
        Column("reason", "Reason", minor=True),
        Column("definition", "Because"),
        Column("change", "What would change it"),
        Column("todo", "What to do"),
    )


def sentence(rows: list[dict[str, Any]], _: Query) -> str:
    """How the rules are read."""
    return say("{count} rules; the first that holds decides.", count=len(rows))


VIEW = View(
    "rules",
    "What makes a client active, sleeping or lost, with the numbers in force?",
    answer,
    columns,
    lambda _: ("rank",),
    sentence=sentence,
    example="cartera show rules demo --policy salescope",
)
