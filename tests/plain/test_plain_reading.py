"""Does the engine answer as the rules read? Every client of random portfolios, on days on which much turns."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest
from tests.plain.oracle import Policy, segment_on
from tests.plain.readings import plain, plain_timeline, product, product_timeline
from tests.portfolios import POLICIES, clients_of, random_facts, some_day

each_policy = pytest.mark.parametrize("policy", POLICIES, ids=lambda policy: type(policy).__name__)


def unlike(told: dict[str, Any], meant: dict[str, Any]) -> dict[str, tuple[Any, Any]]:
    """What the product told and what the rules mean, for the clients on whom they differ."""
    clients = [client for client in sorted(told.keys() | meant.keys()) if told.get(client) != meant.get(client)]
    return {client: (told.get(client), meant.get(client)) for client in clients}


@each_policy
def test_segment_reason_since_and_next_are_those_of_the_rules(policy: Policy) -> None:
    day = some_day(Random(str(policy)))
    facts = random_facts(POLICIES.index(policy), 1000, around=day)
    meant = plain(facts, day, policy)
    told = {
        client: {word: row[word] for word in meant.get(client, row)}
        for client, row in product(facts, day, policy).items()
    }
    assert unlike(told, meant) == {}


@each_policy
def test_every_interval_of_every_timeline_is_that_of_the_rules(policy: Policy) -> None:
    facts = random_facts(100 + POLICIES.index(policy), 1000)
    assert unlike(product_timeline(facts, policy), plain_timeline(facts, policy)) == {}


@pytest.mark.parametrize("policy", [POLICIES[0], POLICIES[4]], ids=lambda policy: type(policy).__name__)
def test_twenty_thousand_clients_in_one_query(policy: Policy) -> None:
    day = some_day(Random(str(policy)))
    facts = random_facts(7, 20_000, around=day)
    answers = {client_id: segment_on(client, day, policy) for client_id, client in clients_of(facts).items()}
    told = {client: (row["segment"], row["reason"]) for client, row in product(facts, day, policy).items()}
    assert unlike(told, {client: answer for client, answer in answers.items() if answer is not None}) == {}
