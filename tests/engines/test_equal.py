"""Do DuckDB, Polars and Spark give the same rows and column types for every question we ship, where rules break?"""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest
from tests.engines.kinds import COMPARED, Kind, polars_lazy, relation
from tests.portfolios import random_facts, tables

from cartera.engine import arrow, open_facts
from cartera.facts.tables import Facts
from cartera.portfolio.dimensions import filtered
from cartera.portfolio.policy import Policy
from cartera.views.registry import VIEWS
from cartera.views.view import Query

if TYPE_CHECKING:
    import pyarrow as pa

    from cartera.views.view import View

pytestmark = pytest.mark.thorough

DAY, SINCE, CLIENTS = date(2024, 2, 29), date(2023, 10, 31), 300
KOPILOT, SALESCOPE = Policy.kopilot(), Policy.salescope()
QUERIES = {
    "kopilot": Query(DAY, KOPILOT, since=SINCE, against=SALESCOPE),
    "salescope": Query(DAY, SALESCOPE, since=SINCE, against=KOPILOT),
}
BY_MONTH = Query(DAY, KOPILOT, since=SINCE, every="month")
BY_REP = Query(DAY, KOPILOT, since=SINCE, by=("rep",))
ONE = [("client_id", "c00000")]
SPLIT = ("balance", "composition", "retention")
ASKED: dict[str, tuple[View, Query]] = {
    **{f"{view.name}, {policy}": (view, query) for view in VIEWS for policy, query in QUERIES.items()},
    **{f"{view.name} by month": (view.over_time, BY_MONTH) for view in VIEWS if view.over_time},
    **{f"{view.name} by month": (view, BY_MONTH) for view in VIEWS if view.name in ("balance", "retention")},
    **{f"{view.name} by rep": (view, BY_REP) for view in VIEWS if view.name in SPLIT},
}


@cache
def given(seed: int) -> dict[str, pa.Table]:
    """Clients whose dates sit at month ends and on the days around DAY on which a rule turns."""
    return tables(random_facts(seed, CLIENTS, around=DAY))


@cache
def opened(kind: Kind, seed: int) -> Facts:
    return open_facts(Facts(**{name: kind(table) for name, table in given(seed).items()}))


@cache
def answered(kind: Kind, seed: int, asked: str) -> pa.Table:
    view, query = ASKED[asked]
    facts = opened(kind, seed)
    return arrow(view.answer(filtered(facts, ONE, day=query.day) if view.is_of_one else facts, query))


def in_order(table: pa.Table) -> list[tuple[Any, ...]]:
    """Rows in an order of their own, as an answer promises none; shares without the last bits, where engines differ."""
    return sorted((tuple(map(_settled, row.values())) for row in table.to_pylist()), key=repr)


def _settled(value: Any) -> Any:
    return round(value, 12) if isinstance(value, float) else value


# Each question takes Spark seconds: the second policy is asked there only where its rules differ most, and what is made
# of the rows of another view, or split as that one is, waits for `make spark FAST=`.
ON_SPARK = [a for a in ASKED if not a.endswith("salescope") or a.startswith(("activity", "timeline"))]
LONG = (
    "client, kopilot", "segments, kopilot", "signals, kopilot", "calls, kopilot", "activity, salescope",
    "backtest, kopilot", "ahead, kopilot", "movers, kopilot", "shape, kopilot",
    "whatif_segments, kopilot", "retention by rep", "retention by month", "balance by rep", "balance by month",
)  # fmt: skip
assert set(LONG) <= set(ON_SPARK)


def marks(engine: Any, asked: str) -> list[Any]:
    """Those of the engine, and slow where another question on it says nearly as much."""
    is_second = not engine.marks and asked.endswith("salescope") and asked not in ON_SPARK
    return [*engine.marks, *([pytest.mark.slow] if is_second or (engine.marks and asked in LONG) else [])]


CASES = [
    pytest.param(*engine.values, asked, id=f"{asked}-{engine.id}", marks=marks(engine, asked))
    for engine in COMPARED
    for asked in (ON_SPARK if engine.marks else ASKED)
]


@pytest.mark.parametrize(("kind", "asked"), CASES)
def test_rows_and_types_are_equal(kind: Kind, asked: str) -> None:
    ours, reference = answered(kind, 1, asked), answered(relation, 1, asked)
    assert ours.schema.equals(reference.schema), (ours.schema, reference.schema)
    assert in_order(ours) == in_order(reference)
    assert len(reference) > 0, "the portfolio says something"


@pytest.mark.slow
@pytest.mark.parametrize("seed", [2, 3])
@pytest.mark.parametrize("asked", [name for name in ASKED if name.startswith(("activity", "timeline", "clients"))])
def test_polars_agrees_on_other_portfolios(seed: int, asked: str) -> None:
    assert in_order(answered(polars_lazy, seed, asked)) == in_order(answered(relation, seed, asked))
