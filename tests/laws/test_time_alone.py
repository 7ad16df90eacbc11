"""Law 5: days alone only move a client down the ladder; with plans a few other steps are possible, and no more."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING

from hypothesis import given
from tests.laws.asked import asked, intervals, law, opened, policies, with_seven_segments
from tests.portfolios import Facts as Portfolio
from tests.portfolios import clients_of

from cartera.portfolio.policy import AnyPolicy

if TYPE_CHECKING:
    from tests.plain.oracle import Client

DOWN = {("no_activity", "lost")} | set(pairwise(("active", "sleeping_away", "hibernating", "leaving", "lost")))
# The policy with two periods: a first or a late purchase cools as any other does, and a new client becomes an old one.
DOWN |= {("new", "active"), ("active", "almost_inactive"), ("almost_inactive", "inactive")}
DOWN |= {("new", "almost_inactive"), ("recovered", "almost_inactive")}
BY_A_PLAN = {("leaving", "hibernating"), ("lost", "new"), ("no_activity", "new"), ("hibernating", "new")}
LIFTED = {"new", "active", "sleeping_away", "hibernating"}
Step = tuple[tuple[str, str], tuple[str, str], date]


def dated(client: Client) -> set[date]:
    """Every day that a fact about the client names."""
    days = {row[name] for row in client["invoices"] for name in ("issued_on", "known_on", "void_on")}
    return {day for day in days | {mark["marked_on"] for mark in client["marks"]} | {client["created_on"]} if day}


def steps(portfolio: Portfolio, policy: AnyPolicy) -> Iterator[tuple[set[date], Step]]:
    """Every edge of every timeline, with the days that a fact about its client names."""
    clients = clients_of(portfolio)
    for client, own in intervals(opened(portfolio), policy).items():
        days = dated(clients[client])
        for before, after in pairwise(own):
            yield days, (before[:2], after[:2], after[2])


@law
@given(asked, policies)
def test_when_nothing_more_happens_a_client_only_cools_down(
    question: tuple[Portfolio, date], policy: AnyPolicy
) -> None:
    for days, (before, after, on) in steps(question[0], policy):
        if on > max(days):
            assert (before[0], after[0]) in DOWN, (before, after, on)


@law
@given(asked, with_seven_segments)
def test_on_a_day_that_no_fact_names_a_client_cools_down_or_a_plan_comes_into_sight(
    question: tuple[Portfolio, date], policy: AnyPolicy
) -> None:
    for days, (before, after, on) in steps(question[0], policy):
        if on not in days:
            # A far plan that comes into sight lifts the mark it is younger than.
            lifted = before[1] == "marked" and after[0] in LIFTED
            reason_alone = (before, after) == (("hibernating", "cooling"), ("hibernating", "planned"))
            step = (before[0], after[0])
            assert lifted or reason_alone or step in DOWN | BY_A_PLAN, (before, after, on)
