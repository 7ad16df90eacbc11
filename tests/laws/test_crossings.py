"""Law 6: what a balance counts are the crossings of the portfolio's border, each on its own day; here one by one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.laws.asked import asked, intervals, law, opened, policies, rows

from cartera.portfolio.balance import FLOWS, balance
from cartera.portfolio.moves import movers
from cartera.portfolio.policy import AnyPolicy
from cartera.portfolio.segments import inside_ids

pytestmark = pytest.mark.thorough

if TYPE_CHECKING:
    from tests.plain.oracle import Interval
    from tests.portfolios import Facts as Portfolio


def crossings(own: list[Interval], inside: list[str]) -> Iterator[tuple[str, date]]:
    """The name and day of every crossing of one client, walking its intervals in order."""
    was_inside, was_reason, was_ever = False, "", False
    for segment, reason, on, _ in own:
        if segment in inside and not was_inside:
            back = "reopened" if was_reason == "never_invoiced" else "returned"
            yield (back if was_ever else "opened"), on
        if segment not in inside and was_inside:
            unused = "unused" if reason == "never_invoiced" else "lost"
            yield ("cancelled" if segment == "cancelled" else unused), on
        was_inside, was_reason = segment in inside, reason
        was_ever = was_ever or was_inside


@law
@given(asked, policies, st.sampled_from([1, 30, 365, 1500]))
def test_flows_are_the_crossings_of_the_timeline(
    question: tuple[Portfolio, date], policy: AnyPolicy, length: int
) -> None:
    portfolio, day = question
    facts, since = opened(portfolio), day - timedelta(length)
    [row] = rows(balance(facts, since=since, day=day, policy=policy))
    met = Counter(
        flow
        for own in intervals(facts, policy).values()
        for flow, on in crossings(own, inside_ids(policy))
        if since < on <= day
    )
    assert {flow: row[flow] for flow in FLOWS} == {flow: met[flow] for flow in FLOWS}


@law
@given(asked, policies, st.sampled_from([1, 30, 365, 1500]))
def test_movers_entered_the_segment_they_are_in_on_the_day_that_is_told(
    question: tuple[Portfolio, date], policy: AnyPolicy, length: int
) -> None:
    portfolio, day = question
    facts, since = opened(portfolio), day - timedelta(length)
    stays = {client: stays_of(own) for client, own in intervals(facts, policy).items()}
    meant = {}
    for client, own in stays.items():
        before, (now, entered) = last(own, since), last(own, day)
        if now is not None and before[0] != now:
            meant[client] = before[0], now, entered
    told = {
        row["client_id"]: (row["from_segment"], row["to_segment"], row["moved_on"])
        for row in rows(movers(facts, since=since, day=day, policy=policy))
    }
    assert told == meant


def stays_of(own: list[Interval]) -> list[tuple[str, date]]:
    """Segment and first day of every unbroken stay; a change of reason alone is none."""
    stays: list[tuple[str, date]] = []
    for segment, _, on, _ in own:
        if not stays or stays[-1][0] != segment:
            stays.append((segment, on))
    return stays


def last(stays: list[tuple[str, date]], day: date) -> tuple[str | None, date | None]:
    return next(((segment, on) for segment, on in reversed(stays) if on <= day), (None, None))
