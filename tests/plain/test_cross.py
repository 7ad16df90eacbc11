"""Does a cross-table count what a plain reading counts, pair by pair, and is its money that of the clients in it?"""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

import pytest
from tests.plain import buying, money
from tests.plain.oracle import Kopilot, Policy, Salescope, segment_on
from tests.plain.readings import public
from tests.portfolios import Facts, clients_of, tables

import cartera

DAY = date(2024, 2, 29)
REPS = ("Ana", "Bo", None)
Cells = dict[tuple[Any, Any], tuple[int, Decimal]]


@cache
def portfolio() -> Facts:
    """Two hundred clients with money in euro; every third client has no rep, and no invoice names one."""
    facts = buying.busy_facts(11, 200, DAY)
    for row in facts["invoices"]:
        row |= {"currency": "EUR", "rep": None}
    for n, row in enumerate(facts["clients"]):
        row["rep"] = REPS[n % 3]
    return facts


def counted(policy: Policy, left: str, right: str) -> Cells:
    """The table as people would count it, client by client."""
    reps = {row["client_id"]: row["rep"] for row in portfolio()["clients"]}
    found: dict[tuple[Any, Any], list[Decimal]] = defaultdict(list)
    for client_id, client in clients_of(portfolio()).items():
        state = segment_on(client, DAY, policy)
        if state is None:
            continue
        count = buying.in_year(client, DAY)
        often = "none" if not count else "occasional" if count < 3 else "regular" if count < 12 else "frequent"
        own = {"segment": state[0], "frequency": often, "rep": reps.get(client_id)}
        found[own[left], own[right]].append(money.net_sales(client, DAY - buying.YEAR, DAY))
    return {pair: (len(amounts), sum(amounts, Decimal(0))) for pair, amounts in found.items()}


@pytest.mark.parametrize("policy", [Kopilot(), Salescope()], ids=["kopilot", "salescope"])
@pytest.mark.parametrize(("left", "right"), [("segment", "frequency"), ("frequency", "rep"), ("rep", "segment")])
def test_every_pair_holds_its_clients_and_their_money(policy: Policy, left: str, right: str) -> None:
    facts = cartera.Facts(**tables(portfolio()))
    rows = cartera.cross(facts, day=DAY, policy=public(policy), by=(left, right)).to_pylist()
    told = {(row[left], row[right]): (row["client_count"], row["amount"]) for row in rows}
    assert told == counted(policy, left, right)
    assert len(told) == len(rows) > 3
    whole = sum(row["client_count"] for row in rows)
    assert [row["client_share"] for row in rows] == pytest.approx([row["client_count"] / whole for row in rows])
