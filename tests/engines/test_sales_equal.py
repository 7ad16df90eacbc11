"""Do the engines agree on what sales are split by: reps, products, periods, documents?"""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest
from tests.engines.kinds import COMPARED, Kind, relation

from cartera.engine import arrow, open_facts
from cartera.facts.tables import Facts
from cartera.portfolio.policy import Policy
from cartera.sources.demo import company
from cartera.views import bridge, figures, receivables
from cartera.views.view import Query

if TYPE_CHECKING:
    import pyarrow as pa

    from cartera.views.view import View

DAY, SINCE = date(2026, 3, 31), date(2025, 12, 31)
POLICY = Policy.kopilot(fiscal_year_start=4)
ASKED: dict[str, tuple[View, Query]] = {
    "bridge by rep": (bridge.VIEW, Query(DAY, POLICY, since=SINCE, by=("rep",))),
    "bridge by product": (bridge.VIEW, Query(DAY, POLICY, by=("product",))),
    "figures by week": (figures.OVER_TIME, Query(DAY, POLICY, since=SINCE, every="week")),
    "receivables by document": (receivables.VIEW, Query(DAY, POLICY, by=("invoice_id",))),
}


@cache
def opened(kind: Kind) -> Facts:
    return open_facts(Facts(**{name: kind(table) for name, table in company("services", DAY).items()}))


def answered(kind: Kind, asked: str) -> pa.Table:
    view, query = ASKED[asked]
    return arrow(view.answer(opened(kind), query))


def in_order(table: pa.Table) -> list[tuple[Any, ...]]:
    return sorted((tuple(row.values()) for row in table.to_pylist()), key=repr)


@pytest.mark.parametrize("asked", ASKED)
@pytest.mark.parametrize("kind", COMPARED)
def test_rows_and_types_are_equal(kind: Kind, asked: str) -> None:
    ours, reference = answered(kind, asked), answered(relation, asked)
    assert ours.schema.equals(reference.schema), (ours.schema, reference.schema)
    assert in_order(ours) == in_order(reference)
    assert len(reference) > 0
