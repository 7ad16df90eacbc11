"""How is a portfolio asked? Twice: of the plain reading of the rules, and of the product's public interface."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from datetime import date
from typing import Any

from tests.plain.oracle import Interval, Kopilot, Policy, Row, activity, whole_timeline
from tests.portfolios import Facts, clients_of, tables

import cartera

Reading = Callable[[Facts, date, Policy], dict[str, Row]]


def plain(facts: Facts, day: date, policy: Policy) -> dict[str, Row]:
    """The portfolio on the day as the plain reading sees it, a row per client_id."""
    rows = {client_id: activity(client, day, policy) for client_id, client in clients_of(facts).items()}
    return {client_id: row for client_id, row in rows.items() if row is not None}


def product(facts: Facts, day: date, policy: Policy) -> dict[str, Row]:
    """The same as the public interface answers it; a client named twice is refused."""
    table = cartera.activity(cartera.Facts(**tables(facts)), day=day, policy=public(policy))
    rows = {row["client_id"]: row for row in table.to_pylist()}
    assert len(rows) == table.num_rows
    return rows


def plain_timeline(facts: Facts, policy: Policy) -> dict[str, list[Interval]]:
    """Every client's intervals as the plain reading sees them."""
    walked = {client_id: whole_timeline(client, policy) for client_id, client in clients_of(facts).items()}
    return {client_id: intervals for client_id, intervals in walked.items() if intervals}


def product_timeline(facts: Facts, policy: Policy) -> dict[str, list[Interval]]:
    """The same as the public interface answers it."""
    table = cartera.timeline(cartera.Facts(**tables(facts)), policy=public(policy))
    found: dict[str, list[Interval]] = {}
    for row in sorted(table.to_pylist(), key=lambda row: (row["client_id"], row["from_on"])):
        interval = row["segment"], row["reason"], row["from_on"], row["until_on"]
        found.setdefault(row["client_id"], []).append(interval)
    return found


def public(policy: Policy) -> Any:
    """The product's policy with the same numbers."""
    maker = cartera.Policy.kopilot if isinstance(policy, Kopilot) else cartera.Policy.salescope
    return maker(**asdict(policy))
