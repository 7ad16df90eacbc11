"""How do a user's tables become facts, and an answer the user's kind of table? What all questions in Python share."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from cartera.facts.tables import Facts, Frame
from cartera.portfolio.dimensions import filtered
from cartera.portfolio.kopilot import Kopilot
from cartera.portfolio.subject import by_subject

KOPILOT = Kopilot()
Where = Mapping[str, str | Sequence[str]]


def opened(facts: Facts, where: Where | None, day: date | None, subject: str = "client") -> Facts:
    """The facts in their engine, of the clients that the filter leaves on `day`, or of another subject."""
    from cartera.engine import open_facts

    found = by_subject(open_facts(facts), subject)
    if not where:
        return found
    assert day is not None, "a filter needs the day on which it holds"
    return filtered(found, pairs(where), day=day)


def given(facts: Facts, rows: Frame) -> Any:
    """The rows as the kind of table that the invoices of these opened facts came in."""
    from cartera.engine import give_back

    return give_back(rows, facts)


def pairs(where: Where | None) -> list[tuple[str, str]]:
    """The filter as column and value, one pair per value."""
    found: list[tuple[str, str]] = []
    for name, values in (where or {}).items():
        found += [(name, value) for value in ([values] if isinstance(values, str) else values)]
    return found
