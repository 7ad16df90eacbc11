"""What is asked, on which facts, and who answers? One line per measured question."""

from __future__ import annotations

from dataclasses import dataclass

SQL, PRODUCT, POLARS, PANDAS = "sql", "cartera", "polars", "pandas"


@dataclass(frozen=True)
class Question:
    """function: its name at every contestant. query: the check query in sql/. goals: ratios by number of invoices."""

    name: str
    title: str
    function: str
    query: str
    with_decisions: bool
    contestants: tuple[str, ...]
    goals: dict[int, float]


QUESTIONS = (
    Question("snapshot", "snapshot", "snapshot", "snapshot", False, (PRODUCT, SQL, POLARS, PANDAS),
             {1_000_000: 1.4, 10_000_000: 1.1}),
    Question("snapshot-plain", "snapshot, SQL that knows there are only plain invoices", "snapshot", "snapshot_plain",
             False, (PRODUCT, SQL), {}),
    Question("timeline", "timeline, plain clients", "timeline", "timeline_plain", False, (PRODUCT, SQL, POLARS, PANDAS),
             {1_000_000: 1.4, 10_000_000: 1.15}),
    Question("snapshot-decisions", "snapshot, 10 % of clients with plans, marks, credits", "snapshot", "snapshot", True,
             (PRODUCT, SQL, POLARS, PANDAS), {}),
    Question("timeline-decisions", "timeline, 10 % of clients with plans, marks, credits", "timeline", "timeline", True,
             (PRODUCT, SQL), {1_000_000: 1.4, 10_000_000: 1.3}),
)  # fmt: skip


def question(name: str) -> Question:
    """The question of that name."""
    return next(q for q in QUESTIONS if q.name == name)
