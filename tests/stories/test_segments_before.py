"""Where do segments stand beside a month and a year before, and reps beside each other? Read plainly, row by row."""

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
from cartera.calendar import add_months
from cartera.engine import open_facts
from cartera.facts.tables import Facts
from cartera.portfolio.activity import standing
from cartera.portfolio.before import segments_before
from cartera.portfolio.clients import clients
from cartera.portfolio.composition import composition
from cartera.portfolio.picks import picked
from cartera.portfolio.policy import Policy
from cartera.portfolio.segments import inside_ids
from cartera.portfolio.team import AVERAGE, team
from cartera.views.doors import cells
from cartera.views.selection import asked
from cartera.views.view import Query

DAY, SINCE, POLICY = date(2026, 3, 31), date(2026, 2, 28), Policy.kopilot()
REPS = ("Ana", "Bo", "Cy")


@pytest.fixture(scope="module")
def facts() -> Facts:
    given = random_facts(11, 80, around=DAY)
    for n, row in enumerate(given["invoices"]):
        row["rep"] = REPS[n % len(REPS)] if n % 7 else None
    return open_facts(Facts(**tables(given)))


def counts(facts: Facts, day: date) -> dict[str, int]:
    return {row["segment"]: row["client_count"] for row in facts.room.rows(composition(facts, day=day, policy=POLICY))}


def test_changes_are_the_differences_of_two_compositions(facts: Facts) -> None:
    now = counts(facts, DAY)
    for name, months in (("month", 1), ("year", 12)):
        then = counts(facts, add_months(DAY, -months))
        found = facts.room.rows(segments_before(facts, day=DAY, policy=POLICY))
        assert {row["segment"]: row[f"{name}_change"] for row in found} == {
            segment: now[segment] - then[segment] for segment in now
        }


def test_its_money_is_that_of_the_clients(facts: Facts) -> None:
    every = facts.room.rows(clients(facts, day=DAY, policy=POLICY))
    for row in facts.room.rows(segments_before(facts, day=DAY, policy=POLICY)):
        own = [one for one in every if one["segment"] == row["segment"]]
        assert row["client_count"] == len(own)
        for name in ("amount", "at_stake", "planned_amount"):
            assert row[name] == sum((one[name] for one in own), Decimal(0))


def test_before_the_first_fact_nothing_is_known() -> None:
    young = open_facts(Facts(invoices=pa.table({"client_id": ["a"], "issued_on": ["2026-03-20"], "amount": ["9"]})))
    rows = young.room.rows(segments_before(young, day=DAY, policy=POLICY))
    assert {row["month_change"] for row in rows} == {None}


def test_a_rep_is_counted_as_its_clients_stand(facts: Facts) -> None:
    stands = facts.room.rows(standing(facts, day=DAY, policy=POLICY).select("client_id", "segment"))
    inside = sum(row["segment"] in inside_ids(POLICY) for row in stands)
    rows = facts.room.rows(team(facts, day=DAY, since=SINCE, policy=POLICY))
    reps = [row for row in rows if not row["is_average"]]
    assert sum(row["client_count"] for row in reps) == inside
    assert sum(row["active_count"] for row in reps) == Counter(row["segment"] for row in stands)["active"]
    named = [row["client_count"] for row in reps if row["rep"]]
    (average,) = (row for row in rows if row["is_average"])
    assert (average["rep"], average["client_count"]) == (AVERAGE, round(sum(named) / len(named)))


def test_the_average_of_two_reps_is_not_told_to_one_of_them() -> None:
    given = {"client_id": ["a", "b"], "issued_on": ["2026-03-20"] * 2, "amount": ["9"] * 2, "rep": ["Ana", "Bo"]}
    whole = open_facts(Facts(invoices=pa.table(given)))
    own = open_facts(Facts(invoices=pa.table(given).slice(0, 1)))
    rows = own.room.rows(team(own, day=DAY, since=SINCE, policy=POLICY, whole=own))
    assert [row["client_count"] for row in rows if row["is_average"]] == [None]
    told = whole.room.rows(team(whole, day=DAY, since=SINCE, policy=POLICY))
    assert [row["client_count"] for row in told if row["is_average"]] == [1]


def test_without_reps_all_clients_are_nobodys() -> None:
    bare = open_facts(Facts(invoices=pa.table({"client_id": ["a"], "issued_on": ["2026-03-20"], "amount": ["9"]})))
    rows = bare.room.rows(team(bare, day=DAY, since=SINCE, policy=POLICY))
    assert [row["client_count"] for row in rows if row["rep"] is None] == [1]


@pytest.mark.thorough
@pytest.mark.parametrize("name", ["segments", "team"])
def test_behind_every_number_stand_so_many_clients(facts: Facts, name: str) -> None:
    source = Opened("random", facts)
    answer = show(EVERYTHING, source, view_called(name), Ask(POLICY, day=DAY, since=SINCE if name == "team" else None))
    looked = 0
    for row in answer.rows.to_pylist():
        for selection in cells(answer.view, row, answer.query).values():
            if selection.count is not None and looked < 24:
                where, day = asked(selection, answer.query) or ((), DAY)
                assert listed(source, where, day) == selection.count, where
                looked += 1
    assert looked


def listed(source: Opened, where: Any, day: date) -> int:
    kept = restricted(source.facts, Query(day, POLICY, where=where), view_called("clients"))
    return len(kept.room.rows(standing(kept, day=day, policy=POLICY).select("client_id")))


def test_who_turns_in_a_time_is_picked(facts: Facts) -> None:
    rows = facts.room.rows(clients(facts, day=DAY, policy=POLICY).select("client_id", "next_on"))
    wanted = {row["client_id"] for row in rows if row["next_on"] and row["next_on"].isoformat()[:7] == "2026-04"}
    found = facts.room.rows(picked(facts, "turns", ["2026-04"], day=DAY, policy=POLICY))
    assert {row["client_id"] for row in found} == wanted
    assert wanted
