"""What do the rules say, with the numbers in force? One row per rule, in words, whatever a client's own dates are."""

from __future__ import annotations

from typing import Any

import narwhals as nw

from cartera.facts.tables import Facts, Frame
from cartera.portfolio.policy import AnyPolicy, rules
from cartera.portfolio.rules import Rule
from cartera.tongue import spoken

OF_A_CLIENT = "…"  # stands for a client's own date
TEXTS = ("segment", "reason", "definition", "change", "todo")


def definitions(facts: Facts, *, policy: AnyPolicy) -> Frame:
    """One row per rule of the policy, in the order in which they are tried; the first that holds decides.

    Columns: rank, segment, reason, definition (why a client stands there), change (what would change it), todo.
    """
    told = [_told(rule, policy) for rule in rules(policy)]
    columns: dict[str, list[Any]] = {"rank": list(range(len(told)))}
    columns |= {name: [row[place] for row in told] for place, name in enumerate(TEXTS)}
    return facts.room.table(columns, {"rank": nw.Int64} | dict.fromkeys(TEXTS, nw.String))


def _told(rule: Rule, policy: AnyPolicy) -> tuple[str, ...]:
    words = _Words(policy.words)
    why, change = spoken(rule.why).format_map(words), spoken(rule.change).format_map(words)
    return rule.segment, rule.reason, why, change, spoken(rule.todo)


class _Words(dict[str, Any]):
    """The policy's numbers; whatever is a client's own is left open."""

    def __missing__(self, _: str) -> str:
        return OF_A_CLIENT
