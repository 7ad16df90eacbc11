"""Who is to be called, and how urgently? Read client by client from the plain rules, beside the engine."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from random import Random
from typing import Any

import pytest
from tests.plain.oracle import Kopilot, Policy, Salescope, whole_timeline
from tests.plain.readings import plain, public
from tests.portfolios import clients_of, random_facts, tables

import cartera

DAY = date(2025, 8, 15)
OUTSIDE = {"lost", "cancelled", "prospect", "inactive"}
AT_RISK = {"sleeping_away", "hibernating", "leaving", "almost_inactive"}
POLICIES: tuple[Policy, ...] = (Kopilot(), Salescope(inactive_months=12, alert_months=5))


@pytest.mark.parametrize("policy", POLICIES, ids=["published", "two periods"])
def test_who_cools_with_nothing_planned_is_called(policy: Policy) -> None:
    portfolio = random_facts(11, 150, around=DAY - timedelta(100))
    rng = Random(4)
    ids = sorted(clients_of(portfolio))
    steps = {one: DAY + timedelta(rng.choice((-9, 0, 30))) for one in rng.sample(ids, 40)}
    facts = replace(
        cartera.Facts(**tables(portfolio)),
        steps=tuple({"client_id": one, "due_on": on, "text": "ask"} for one, on in steps.items()),
    )
    rows = {row["client_id"]: row for row in cartera.calls(facts, day=DAY, policy=public(policy)).to_pylist()}
    wanted = {}
    for client, row in plain(portfolio, DAY, policy).items():
        due = steps.get(client)
        if due is not None:
            if due <= DAY:
                wanted[client] = "step"
        elif row["segment"] in AT_RISK and not row["is_planned"]:
            wanted[client] = "cooling"
    assert {client: row["why"] for client, row in rows.items() if row["why"] != "review"} == {
        client: why for client, why in wanted.items() if rows.get(client, {}).get("why") != "review"
    }
    assert {row["why"] for row in rows.values()} >= {"step", "cooling"}
    for row in rows.values():
        assert row["urgency"] == pytest.approx(float(row["at_stake"]) * row["nearness"])
        assert row["nearness"] == pytest.approx(nearness(row))


@pytest.mark.parametrize("policy", POLICIES, ids=["published", "two periods"])
def test_who_is_called_leaves_when_the_rules_say(policy: Policy) -> None:
    """Of clients about whom nothing is known after the day, the whole timeline says when they leave."""
    portfolio = random_facts(12, 120, around=DAY - timedelta(300))
    known = {"invoices": "issued_on", "marks": "marked_on"}
    portfolio = {
        name: [row for row in rows if name not in known or row[known[name]] <= DAY] for name, rows in portfolio.items()
    }  # fmt: skip
    rows = cartera.calls(cartera.Facts(**tables(portfolio)), day=DAY, policy=public(policy)).to_pylist()
    held = clients_of(portfolio)
    assert rows
    for row in rows:
        walked = whole_timeline(held[row["client_id"]], policy)
        later = [start for segment, _, start, _ in walked if start > DAY and segment in OUTSIDE]
        assert row["leaves_on"] == min(later, default=None)
        assert row["days_left"] == ((min(later) - DAY).days if later else None)


def nearness(row: dict[str, Any]) -> float:
    """1 for what is due, else 30 by the days that are left."""
    if row["why"] != "cooling" or row["days_left"] is None:
        return 1.0
    return min(1.0, 30 / row["days_left"])
