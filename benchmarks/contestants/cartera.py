"""The product, on the relations of a DuckDB connection. Its answer is computed into the engine, as the SQL's is."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import duckdb
from benchmarks.contestants.engine import connected
from benchmarks.data import DAY, PURCHASES, TABLES, Data

from cartera.engine import open_facts
from cartera.facts.tables import Facts
from cartera.portfolio.activity import standing
from cartera.portfolio.policy import Policy
from cartera.portfolio.purchases import DATES, INVOICES, purchases
from cartera.portfolio.rfm import Scoring, rfm
from cartera.portfolio.sales_window import ALL
from cartera.portfolio.timeline import timeline

if TYPE_CHECKING:
    from benchmarks.questions import Question

SUMMARY = ("client_id", "last_issued_on", "frequency", "monetary")
Ask = Callable[[], duckdb.DuckDBPyRelation]


def ready(data: Data, question: Question) -> Ask:
    connection = connected(data)
    bought = open_facts(Facts(invoices=connection.table(PURCHASES)))
    facts = open_facts(Facts(**{name: connection.table(name) for name in TABLES}))
    policy = Policy.kopilot()
    frames = {
        "snapshot": lambda: standing(facts, day=DAY, policy=policy),
        "timeline": lambda: timeline(facts, policy=policy),
        "rfm-summary": lambda: purchases(bought, day=DAY, window=ALL, frequency=DATES).select(*SUMMARY),
        "rfm-invoices": lambda: purchases(bought, day=DAY, window=ALL, frequency=INVOICES).select(*SUMMARY),
        "rfm-scores": lambda: rfm(bought, day=DAY, scoring=Scoring(window=ALL, frequency=DATES)),
    }
    frame = frames[question.function]
    return lambda: frame().to_native().materialize()
