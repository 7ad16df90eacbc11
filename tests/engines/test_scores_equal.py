"""Do the engines cut and score alike in every way of asking, where money has four decimals and many are equal?"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from itertools import product

import pytest
from tests.engines.kinds import Kind, every_other, relation
from tests.portfolios import random_facts, tables

from cartera.engine import arrow, open_facts
from cartera.facts.tables import Facts
from cartera.portfolio.breaks import Breaks
from cartera.portfolio.rfm import Scoring, rfm

DAY = date(2024, 2, 29)
FIXED = Breaks(*(tuple(map(Decimal, text.split())) for text in ("30 90 180 270", "1 2 3 6", "0 99.9999 1000 12000")))
WAYS = [Scoring(*way) for way in product(("365", "all"), ("quantile", "r", FIXED), ("invoices", "dates"))]


@every_other
@pytest.mark.parametrize("scoring", WAYS[::5], ids=lambda way: f"{way.window} {way.scores} {way.frequency}")
def test_every_way_of_scoring_gives_equal_rows(kind: Kind, scoring: Scoring) -> None:
    given = tables(random_facts(5, 150, around=DAY))
    ours, reference = (
        arrow(
            rfm(open_facts(Facts(**{name: as_kind(table) for name, table in given.items()})), day=DAY, scoring=scoring)
        )
        for as_kind in (kind, relation)
    )
    assert ours.schema.equals(reference.schema)
    assert ours.sort_by("client_id").equals(reference.sort_by("client_id"))
    assert reference.num_rows > 100
