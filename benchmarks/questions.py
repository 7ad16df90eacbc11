"""What is asked, on which facts, and who answers? One line per measured question."""

from __future__ import annotations

from dataclasses import dataclass

SQL, PRODUCT, POLARS, PANDAS = "sql", "cartera", "polars", "pandas"
LIFETIMES, PYMC = "lifetimes", "pymc_marketing"
EVERYBODY = (PRODUCT, SQL, POLARS, PANDAS, LIFETIMES, PYMC)
RULES, RFM = "rules", "rfm"


@dataclass(frozen=True)
class Question:
    """function: its name at every contestant. query: the check query in sql/. goals: ratios by number of invoices.

    group: the tables that it comes to stand in. pandas_limit: beyond, pandas does not answer.
    """

    name: str
    title: str
    function: str
    query: str
    with_decisions: bool
    contestants: tuple[str, ...]
    goals: dict[int, float]
    group: str = RULES
    pandas_limit: int = 1_000_000  # beyond, its copies of whole invoices crowd out everybody else's memory


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
    Question("rfm-summary", "recency, purchase dates, money", "rfm-summary", "rfm_summary", False, EVERYBODY, {}, RFM,
             10_000_000),
    Question("rfm-invoices", "recency, invoices, money", "rfm-invoices", "rfm_invoices", False,
             (PRODUCT, SQL, POLARS, PANDAS), {}, RFM, 10_000_000),
    Question("rfm-scores", "the view rfm: by purchase dates, scored and named", "rfm-scores", "rfm_scores", False,
             (PRODUCT, SQL), {}, RFM),
)  # fmt: skip


def question(name: str) -> Question:
    """The question of that name."""
    return next(q for q in QUESTIONS if q.name == name)
