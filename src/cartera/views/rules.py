"""View `rules`: what makes each segment, in words with the numbers in force, what would change it, and what to do."""

from __future__ import annotations

from typing import Any

import narwhals as nw

from cartera.facts.tables import Facts, Frame
from cartera.portfolio.policy import rules
from cartera.tongue import say, spoken
from cartera.views.view import Column, Query, View

OF_A_CLIENT = "…"  # stands for a client's own date
NAMES = ("rank", "segment", "reason", "definition", "change", "todo")


def answer(facts: Facts, query: Query) -> Frame:
    """One row per rule of the policy, in the order in which they are tried; the first that holds decides."""
    told = [_told(rank, rule, query.policy) for rank, rule in enumerate(rules(query.policy))]
    columns = {name: [row[name] for row in told] for name in NAMES}
    return facts.room.table(columns, {name: nw.Int64 if name == "rank" else nw.String for name in NAMES})


def _told(rank: int, rule: Any, policy: Any) -> dict[str, Any]:
    words = _Words(policy.words)
    return {
        "rank": rank,
        "segment": rule.segment,
        "reason": rule.reason,
        "definition": spoken(rule.why).format_map(words),
        "change": spoken(rule.change).format_map(words),
        "todo": spoken(rule.todo),
    }


class _Words(dict[str, Any]):
    """The policy's numbers; whatever is a client's own is left open."""

    def __missing__(self, _: str) -> str:
        return OF_A_CLIENT


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
