"""The product, on the relations of a DuckDB connection. Its answer is computed into the engine, as the SQL's is."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import duckdb
from benchmarks.contestants.engine import connected
from benchmarks.data import DAY, TABLES, Data

from cartera.engine import open_facts
from cartera.facts.tables import Facts
from cartera.portfolio.activity import standing
from cartera.portfolio.policy import Policy
from cartera.portfolio.timeline import timeline

if TYPE_CHECKING:
    from benchmarks.questions import Question

Ask = Callable[[], duckdb.DuckDBPyRelation]


def ready(data: Data, question: Question) -> Ask:
    connection = connected(data)
    facts = open_facts(Facts(**{name: connection.table(name) for name in TABLES}))
    policy = Policy.kopilot()
    frames = {
        "snapshot": lambda: standing(facts, day=DAY, policy=policy),
        "timeline": lambda: timeline(facts, policy=policy),
    }
    frame = frames[question.function]
    return lambda: frame().to_native().materialize()
