"""Do the engines rank alike by every measure, over every window, and where a cost to serve decides?"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest
from tests.engines.kinds import Kind, every_other, relation
from tests.plain.ranking import ranked_facts, with_lines

from cartera.engine import arrow, open_facts
from cartera.facts.tables import Facts, Frame
from cartera.portfolio.abc import abc
from cartera.portfolio.concentration import concentration
from cartera.portfolio.policy import Policy
from cartera.portfolio.volume import volume
from cartera.portfolio.worth import WorthLimits, worth

if TYPE_CHECKING:
    import pyarrow as pa

DAY, COST = date(2024, 2, 29), WorthLimits(cost_to_serve=Decimal(100))
ASK: dict[str, Any] = {"day": DAY, "policy": Policy.kopilot()}
QUESTIONS: dict[str, Callable[[Facts], Frame]] = {
    "profit": lambda facts: abc(facts, measure="profit", **ASK),
    "quantity so far": lambda facts: abc(facts, measure="quantity", window="all", **ASK),
    "invoices": lambda facts: abc(facts, measure="invoices", **ASK),
    "volume so far": lambda facts: volume(facts, window="all", **ASK),
    "concentration so far": lambda facts: concentration(facts, window="all", **ASK),
    "worth with costs": lambda facts: worth(facts, limits=COST, **ASK),
}


@cache
def answered(kind: Kind, question: str) -> pa.Table:
    facts = {name: kind(table) for name, table in with_lines(ranked_facts(11, 120, DAY)).items()}
    return arrow(QUESTIONS[question](open_facts(Facts(**facts))))


def in_order(table: pa.Table) -> list[str]:
    """Rows in an order of their own; shares without the last bits, where engines differ."""
    rows = (tuple(round(v, 12) if isinstance(v, float) else v for v in row.values()) for row in table.to_pylist())
    return sorted(map(repr, rows))


@every_other
@pytest.mark.parametrize("question", QUESTIONS)
def test_rows_and_types_are_equal(kind: Kind, question: str) -> None:
    ours, reference = answered(kind, question), answered(relation, question)
    assert ours.schema.equals(reference.schema), (ours.schema, reference.schema)
    assert in_order(ours) == in_order(reference)
