"""Does the engine say of 20,000 random clients what the rules say when read plainly? A whole part of them per query.

Every column of the answer on a day on which much of the part turns, and every interval of every timeline; half of the
parts in memory, half in DuckDB, as if they were many.
"""

from __future__ import annotations

from random import Random
from typing import Any

import pytest
from tests.plain.oracle import Kopilot, Policy, Salescope
from tests.plain.readings import plain, plain_timeline, product, product_timeline
from tests.portfolios import random_facts, some_day

from cartera.engine import plain as threshold

CLIENTS = 2500
ODD = Kopilot(
    active_months=2,
    sleeping_months=5,
    lifespan_days=211,
    notice_days=13,
    horizon_months=7,
    no_activity_days=45,
    boundary="cold",
)
PARTS: tuple[tuple[Policy, int], ...] = tuple(
    (policy, seed)
    for seed in (11, 12)
    for policy in (Kopilot(), Kopilot(boundary="cold"), ODD, Salescope(inactive_months=12, alert_months=5))
)
BRIEF, GATE = (0, 7), (2, 5)
IN_DUCKDB = 12  # the seed of the parts that are asked there
each_part = pytest.mark.parametrize(
    ("policy", "seed"),
    [
        # One part of either ladder belongs to make test, four to the gate; the eight of them take a minute.
        pytest.param(
            *part,
            id=f"{type(part[0]).__name__}-{n}",
            marks=() if n in BRIEF else pytest.mark.thorough if n in GATE else pytest.mark.slow,
        )
        for n, part in enumerate(PARTS)
    ],
)


@pytest.fixture(autouse=True)
def _engine(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """The engine that the test's seed is for."""
    if "seed" in request.fixturenames and request.getfixturevalue("seed") == IN_DUCKDB:
        monkeypatch.setattr(threshold, "FEW", 0)


def unlike(told: dict[str, Any], meant: dict[str, Any]) -> dict[str, tuple[Any, Any]]:
    """Client -> what the product told and what the rules mean, where they differ."""
    return {
        client: (told.get(client), meant.get(client))
        for client in sorted(told.keys() | meant.keys())
        if told.get(client) != meant.get(client)
    }


def test_the_parts_are_twenty_thousand_clients() -> None:
    assert CLIENTS * len(PARTS) >= 20_000


@each_part
def test_every_column_of_the_answer(policy: Policy, seed: int) -> None:
    day = some_day(Random(f"{policy}{seed}"))
    facts = random_facts(seed, CLIENTS, around=day)
    meant = plain(facts, day, policy)
    columns = next(iter(meant.values())).keys()
    told = {client: {name: row[name] for name in columns} for client, row in product(facts, day, policy).items()}
    assert len(meant) > CLIENTS / 2, "the day is one on which most are clients"
    assert unlike(told, meant) == {}


@each_part
def test_every_interval_of_the_timeline(policy: Policy, seed: int) -> None:
    facts = random_facts(seed + 100, CLIENTS)
    assert unlike(product_timeline(facts, policy), plain_timeline(facts, policy)) == {}
