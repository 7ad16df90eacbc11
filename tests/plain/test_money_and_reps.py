"""Are amounts exact and reps right? Every client of random portfolios against plain sums, to the last decimal."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import Any

import pytest
from tests.plain import money
from tests.plain.oracle import add_months
from tests.portfolios import Facts, clients_of, random_facts, some_day, tables

import cartera
from cartera.engine import open_facts
from cartera.portfolio.dimensions import dimension_spans, dimensions

REPS = ("Ana", "Bo", "Cy", None)


def portfolio(seed: int, clients: int = 400) -> tuple[Facts, date]:
    """Random facts in euro and dollars whose invoices name reps, and a day on which much turns."""
    rng = Random(seed)
    day = some_day(rng)
    facts = random_facts(seed, clients, around=day)
    for row in facts["invoices"]:
        row["rep"] = rng.choice(REPS)
    return money.with_currencies(facts), day


def opened(facts: Facts) -> Any:
    return open_facts(cartera.Facts(**tables(facts)))


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_amounts_of_the_client_list_are_plain_sums(seed: int) -> None:
    facts, day = portfolio(seed)
    table = cartera.clients(cartera.Facts(**tables(facts)), day=day)
    told = {row["client_id"]: row for row in table.to_pylist()}
    known = clients_of(facts)
    horizon = add_months(day, 12)
    for name, meant in {
        "amount": lambda c: money.net_sales(c, day - timedelta(365), day),
        "total_amount": lambda c: money.net_sales(c, date.min, day),
        "at_stake": lambda c: money.at_stake(c, day),
        "planned_amount": lambda c: money.planned(c, day, horizon),
    }.items():
        wrong = {c: (row[name], meant(known[c])) for c, row in told.items() if row[name] != meant(known[c])}
        assert wrong == {}, name


@pytest.mark.parametrize("seed", [4, 5])
def test_a_client_has_the_rep_of_its_latest_counted_invoice(seed: int) -> None:
    facts, day = portfolio(seed)
    held = opened(facts)
    told = {row["client_id"]: row["rep"] for row in held.room.rows(dimensions(held, ["rep"], day=day))}
    meant = {client_id: money.rep_on(client, day) for client_id, client in clients_of(facts).items()}
    assert {c: (told.get(c), rep) for c, rep in meant.items() if told.get(c) != rep} == {}


@pytest.mark.parametrize("seed", [6, 7])
def test_the_spans_of_a_rep_say_the_same_on_every_day(seed: int) -> None:
    facts, _ = portfolio(seed, 150)
    held = opened(facts)
    spans: dict[str, list[dict[str, Any]]] = {}
    for span in held.room.rows(dimension_spans(held, "rep")):
        spans.setdefault(span["client_id"], []).append(span)
    rng = Random(seed)
    for client_id, client in clients_of(facts).items():
        days = [row["issued_on"] + timedelta(rng.choice((-1, 0, 1, 40))) for row in client["invoices"]]
        for day in days:
            holding = [s["value"] for s in spans.get(client_id, []) if s["from_on"] <= day < s["until_on"]]
            assert (holding or [None]) == [money.rep_on(client, day)], (client_id, day)
