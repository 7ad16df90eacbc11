"""What do the months ahead, the plans and their coverage say? Read plainly from a few rows, and from random ones."""

from __future__ import annotations

from collections import Counter
from datetime import date
from decimal import Decimal
from typing import Any

import pyarrow as pa
import pytest
from tests.portfolios import random_facts, tables

from cartera.app.restrict import restricted
from cartera.app.scope import EVERYTHING
from cartera.app.show import Ask, show, view_called
from cartera.app.sources import Opened
from cartera.engine import open_facts
from cartera.facts.tables import Facts
from cartera.portfolio.ahead import ahead, days_ahead
from cartera.portfolio.coming import coming
from cartera.portfolio.composition import composition
from cartera.portfolio.coverage import coverage
from cartera.portfolio.planned_months import planned_months
from cartera.portfolio.policy import Policy
from cartera.portfolio.segments import inside_ids
from cartera.views.view import Query

DAY = date(2026, 3, 31)
POLICY = Policy.kopilot()
ROWS = [
    {"client_id": "a", "issued_on": "2026-03-01", "amount": "100"},
    {"client_id": "b", "issued_on": "2025-09-10", "amount": "70"},
    {"client_id": "c", "issued_on": "2026-02-01", "amount": "40"},
    {"client_id": "c", "issued_on": "2026-05-20", "amount": "45", "state": "planned", "known_on": "2026-03-01",
     "source": "by hand"},
    {"client_id": "a", "issued_on": "2026-05-02", "amount": "55", "state": "planned", "known_on": "2026-03-01",
     "source": "accounting"},
    {"client_id": "a", "issued_on": "2026-05-03", "amount": "5", "state": "planned", "known_on": "2026-03-01",
     "source": "accounting"},
    {"client_id": "b", "issued_on": "2026-03-02", "amount": "9", "state": "planned", "known_on": "2026-03-01",
     "source": "by hand"},
]  # fmt: skip


def opened(rows: list[dict[str, Any]] = ROWS) -> Facts:
    names = dict.fromkeys(name for row in rows for name in row)
    return open_facts(Facts(invoices=pa.table({name: [row.get(name) for row in rows] for name in names})))


def sizes(facts: Facts, **asked: Any) -> dict[date, int]:
    found: Counter[date] = Counter()
    for row in facts.room.rows(ahead(facts, day=DAY, policy=POLICY, **asked)):
        found[row["on"]] += row["client_count"]
    return dict(found)


def test_thirteen_months_follow_the_day() -> None:
    days = days_ahead(DAY)
    assert (days[0], days[1], days[-1], len(days)) == (DAY, date(2026, 4, 30), date(2027, 4, 30), 14)
    assert days_ahead(date(2026, 3, 15))[-2:] == [date(2027, 3, 31), date(2027, 4, 15)]


def test_nobody_is_left_when_everybody_has_been_silent_for_so_long() -> None:
    facts = opened()
    found = sizes(facts)
    assert found[DAY] == 3
    gone = facts.room.rows(coming(facts, day=DAY, policy=POLICY))
    assert [row["client_id"] for row in gone]
    assert found[date(2027, 4, 30)] == 0


def test_who_is_supposed_to_buy_stays_for_longer() -> None:
    facts = opened()
    last = date(2026, 10, 31)  # b, silent since September 2025, is out by then
    assert sizes(facts, suppose=["b"])[last] == sizes(facts)[last] + 1
    assert sizes(facts, suppose=["b"])[DAY] == sizes(facts)[DAY]


def test_plans_may_be_left_out() -> None:
    sold = {"client_id": "d", "issued_on": "2025-02-01", "amount": "70"}
    facts = opened([sold, sold | {"issued_on": "2026-05-01", "state": "planned", "known_on": "2026-01-01"}])
    assert (sizes(facts)[DAY], sizes(facts, counts_plans=False)[DAY]) == (1, 0)


@pytest.mark.thorough
@pytest.mark.parametrize("policy", [Policy.kopilot(), Policy.salescope()])
def test_a_month_ahead_is_the_composition_of_its_day_when_nothing_else_came(policy: Any) -> None:
    given = tables(random_facts(6, 30, around=DAY))
    rows = [row for row in given["invoices"].to_pylist() if row["issued_on"] and row["issued_on"] <= DAY]
    given["invoices"] = pa.Table.from_pylist(rows, schema=given["invoices"].schema)
    given["marks"] = given["marks"].slice(0, 0)
    facts = open_facts(Facts(**given))
    found = facts.room.rows(ahead(facts, day=DAY, policy=policy))
    inside = inside_ids(policy)
    for on in days_ahead(DAY)[:1]:
        plain = facts.room.rows(composition(facts, day=on, policy=policy))
        assert {r["segment"]: r["client_count"] for r in found if r["on"] == on} == {
            r["segment"]: r["client_count"] for r in plain if r["segment"] in inside
        }


def test_plans_are_summed_by_month_and_source_and_late_ones_are_not_among_them() -> None:
    facts = opened()
    rows = {(row["month_on"], row["source"]): row for row in facts.room.rows(planned_months(facts, day=DAY))}
    assert {key: (row["plan_count"], row["client_count"], row["amount"]) for key, row in rows.items()} == {
        (date(2026, 5, 1), "accounting"): (2, 1, Decimal(60)),
        (date(2026, 5, 1), "by hand"): (1, 1, Decimal(45)),
    }


def test_coverage_tells_for_whom_nothing_is_planned() -> None:
    facts = opened()
    rows = facts.room.rows(coverage(facts, day=DAY, policy=POLICY))
    some = {row["segment"]: row for row in rows if row["client_count"]}
    assert sum(row["planned_count"] for row in rows) == 2
    assert sum(row["unplanned_count"] for row in rows) == 1
    (without,) = [row for row in some.values() if row["unplanned_count"]]
    assert (without["at_stake"], without["planned_share"]) == (Decimal(70), 0.0)


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("where", "clients"),
    [
        ("planned=all", "ac"), ("planned=none", "b"), ("planned=2026-05 from by hand", "c"), ("planned=2026-Q2", "ac"),
        ("began=2025", "b"), ("began=2026-02-01", "c"), ("bought=2026-01-01..2026-03-31", "ac"), ("top=1", "a"),
        ("top=all", "abc"), ("funnel=1", "abc"), ("funnel=2+", ""), ("bridge=new", "abc"),
        ("bridge=new since 2025-12-31", "ac"), ("segment@2025-12-31=", "ac"), ("fate@2025-12-31=kept", "b"),
        ("ahead@2026-10-31=lost", "b"), ("r_score=", ""),
    ],
)  # fmt: skip
def test_a_filter_finds_the_clients_behind_a_number(where: str, clients: str) -> None:
    name, _, value = where.partition("=")
    query = Query(DAY, POLICY, where=((name, value),))
    facts = restricted(opened(), query, view_called("clients"))
    found = facts.room.rows(composition(facts, day=DAY, policy=POLICY))
    assert sum(row["client_count"] for row in found) == len(clients)
    ids = facts.room.rows(facts.invoices.select("client_id").unique())
    assert {row["client_id"] for row in ids} == set(clients)


@pytest.mark.parametrize(
    ("view", "options", "says"),
    [
        ("ahead", {}, "If nobody acts, 3 clients on 2026-03-31 become 0 on 2027-04-30"),
        ("ahead", {"suppose": "b"}, "One client is supposed to buy."),
        ("planned", {}, "3 plans to come, worth 105; most in the month that begins on 2026-05-01, 105."),
        ("coverage", {}, "Nothing is planned for 1 of 3 clients in the portfolio, worth 70 in its last year."),
    ],
)
def test_the_sentences_of_the_days_to_come(view: str, options: dict[str, Any], says: str) -> None:
    source = Opened("few", opened())
    assert says in show(EVERYTHING, source, view_called(view), Ask(POLICY, None, DAY, options=options)).sentence
