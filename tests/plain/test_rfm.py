"""Are scores exact? Every client of random portfolios against fractions over sorted lists."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from random import Random
from typing import Any

import pytest
from tests.plain import rfm
from tests.portfolios import Facts, clients_of, random_facts, some_day, tables

import cartera
from cartera.portfolio.breaks import Breaks

FIXED = {"recency_days": [30, 90, 180, 270], "frequency": [1, 2, 3, 6], "monetary": [0, 100, 1000, 12000]}
BREAKS = Breaks(*(tuple(map(Decimal, FIXED[axis])) for axis in rfm.AXES))
COMPARED = ("recency_days", "frequency", "monetary", "average_amount", "rfm_score", "cell")
WAYS = [
    ("365", "quantile", "invoices"),
    ("all", "quantile", "dates"),
    ("all", "r", "invoices"),
    ("365", "r", "dates"),
    ("all", "breaks", "invoices"),
]


def portfolio(seed: int, clients: int) -> tuple[Facts, date]:
    """Random facts in euro, some dollars without a rate, and a day on which much turns."""
    rng = Random(seed)
    day = some_day(rng)
    facts = random_facts(seed, clients, around=day)
    for row in facts["invoices"]:
        row["currency"] = "USD" if clients > 100 and rng.random() < 0.05 else "EUR"
    return facts, day


@pytest.mark.parametrize(("window", "scores", "frequency"), WAYS)
@pytest.mark.parametrize(("seed", "clients"), [(11, 400), (12, 1), (13, 2), (14, 5), (15, 6), (16, 31)])
def test_every_score_is_the_plain_one(seed: int, clients: int, window: str, scores: str, frequency: str) -> None:
    facts, day = portfolio(seed, clients)
    fixed = scores == "breaks"
    given: Any = BREAKS if fixed else scores
    asked = {"window": window, "frequency": frequency}
    table = cartera.rfm(cartera.Facts(**tables(facts)), day=day, scores=given, **asked)
    told = {row["client_id"]: {name: row[name] for name in COMPARED} for row in table.to_pylist()}
    meant = rfm.rfm(clients_of(facts), day, scores=FIXED if fixed else scores, **asked)
    assert len(told) == table.num_rows
    assert told.keys() == meant.keys()
    assert {c: (told[c], row) for c, row in meant.items() if told[c] != {name: row[name] for name in COMPARED}} == {}


def test_the_three_digits_are_the_three_scores() -> None:
    facts, day = portfolio(17, 200)
    rows = cartera.rfm(cartera.Facts(**tables(facts)), day=day, window="all").to_pylist()
    digits = {row["client_id"]: (row["r_score"], row["f_score"], row["m_score"]) for row in rows if row["rfm_score"]}
    assert digits
    for row in rows:
        if row["rfm_score"]:
            assert "".join(map(str, digits[row["client_id"]])) == str(row["rfm_score"])
        else:
            assert row["frequency"] == 0 and row["r_score"] is row["f_score"] is row["m_score"] is None
