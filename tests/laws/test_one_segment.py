"""Law 1: exactly one segment per client per day, none before it is one. Law 7: the audiences are the list."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest
from hypothesis import given
from tests.laws.asked import asked, intervals, law, opened, per_client, policies, rows
from tests.plain.oracle import born
from tests.portfolios import Facts as Portfolio
from tests.portfolios import clients_of

from cartera.portfolio.activity import activity
from cartera.portfolio.clients import clients
from cartera.portfolio.composition import composition
from cartera.portfolio.policy import AnyPolicy


def born_days(portfolio: Portfolio) -> dict[str, date]:
    """client_id -> the day from which it is a client."""
    days = {client_id: born(client) for client_id, client in clients_of(portfolio).items()}
    return {client_id: day for client_id, day in days.items() if day is not None}


@law
@given(asked, policies)
def test_whoever_is_a_client_has_one_segment_and_nobody_else_has_any(
    question: tuple[Portfolio, date], policy: AnyPolicy
) -> None:
    portfolio, day = question
    found = per_client(activity(opened(portfolio), day=day, policy=policy))
    assert found.keys() == {client for client, start in born_days(portfolio).items() if start <= day}
    assert {row["segment"] for row in found.values()} <= {segment.id for segment in policy.segments}


@law
@given(asked, policies)
def test_a_timeline_begins_on_the_day_a_client_becomes_one(question: tuple[Portfolio, date], policy: AnyPolicy) -> None:
    portfolio, _ = question
    assert {client: own[0][2] for client, own in intervals(opened(portfolio), policy).items()} == born_days(portfolio)


@pytest.mark.thorough
@law
@given(asked, policies)
def test_the_audiences_of_all_segments_are_the_list_of_clients(
    question: tuple[Portfolio, date], policy: AnyPolicy
) -> None:
    portfolio, day = question
    facts = opened(portfolio)
    listed = rows(clients(facts, day=day, policy=policy))
    sizes = {row["segment"]: row["client_count"] for row in rows(composition(facts, day=day, policy=policy))}
    audiences = {segment: [row["client_id"] for row in listed if row["segment"] == segment] for segment in sizes}
    named = Counter(client for audience in audiences.values() for client in audience)
    assert named.keys() == {client for client, start in born_days(portfolio).items() if start <= day}
    assert set(named.values()) <= {1}
    assert {segment: len(audience) for segment, audience in audiences.items()} == sizes
