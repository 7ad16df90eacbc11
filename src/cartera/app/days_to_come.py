"""Whom to call, the months ahead, what is planned for them and for whom nothing is, as a Python user asks for them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from cartera.app.given import KOPILOT, Where, checked, given, opened
from cartera.facts.tables import Facts
from cartera.portfolio import ahead as _ahead
from cartera.portfolio import calls as _calls
from cartera.portfolio import coverage as _coverage
from cartera.portfolio import planned_months as _planned
from cartera.portfolio import signals as _signals
from cartera.portfolio.policy import AnyPolicy


@checked
def ahead(
    facts: Facts,
    *,
    day: date,
    policy: AnyPolicy = KOPILOT,
    suppose: Sequence[str] = (),
    counts_plans: bool = True,
    where: Where | None = None,
) -> Any:
    """The portfolio on `day` and at the end of each of the 13 months after it, if nobody acts: see `portfolio.ahead`.

    suppose: ids of clients that are supposed to buy before their segment changes. counts_plans: plans come as planned.
    """
    found = opened(facts, where, day, policy)
    return given(found, _ahead.ahead(found, day=day, policy=policy, suppose=suppose, counts_plans=counts_plans))


@checked
def calls(facts: Facts, *, day: date, policy: AnyPolicy = KOPILOT, where: Where | None = None) -> Any:
    """Whom to contact, the most urgent first when sorted by urgency: see `portfolio.calls`."""
    found = opened(facts, where, day, policy)
    return given(found, _calls.calls(found, day=day, policy=policy))


@checked
def planned(facts: Facts, *, day: date, policy: AnyPolicy = KOPILOT, where: Where | None = None) -> Any:
    """What is planned for the months to come, by month and source: see `portfolio.planned_months`."""
    found = opened(facts, where, day, policy)
    return given(found, _planned.planned_months(found, day=day))


@checked
def coverage(facts: Facts, *, day: date, policy: AnyPolicy = KOPILOT, where: Where | None = None) -> Any:
    """For whom something is planned and for whom nothing, segment by segment: see `portfolio.coverage`."""
    found = opened(facts, where, day, policy)
    return given(found, _coverage.coverage(found, day=day, policy=policy))


@checked
def signals(facts: Facts, *, day: date, policy: AnyPolicy = KOPILOT, where: Where | None = None) -> Any:
    """Which questions need an answer first, each with its dot: see `portfolio.signals`."""
    found = opened(facts, where, day, policy)
    return given(found, _signals.signals(found, day=day, policy=policy))
