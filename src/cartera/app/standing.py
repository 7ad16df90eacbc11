"""Where the portfolio stands, what the rules say, and what others would, as a Python user asks for it."""

from __future__ import annotations

from datetime import date
from typing import Any

from cartera.app.given import KOPILOT, Where, checked, given, opened
from cartera.facts.tables import Facts
from cartera.portfolio import before as _before
from cartera.portfolio import definitions as _definitions
from cartera.portfolio import team as _team
from cartera.portfolio import whatif as _whatif
from cartera.portfolio.policy import AnyPolicy


@checked
def segments(facts: Facts, *, day: date, policy: AnyPolicy = KOPILOT, where: Where | None = None) -> Any:
    """Each segment on the day, beside a month and a year before: see `portfolio.before`."""
    found = opened(facts, where, day, policy)
    return given(found, _before.segments_before(found, day=day, policy=policy))


@checked
def team(facts: Facts, *, since: date, day: date, policy: AnyPolicy = KOPILOT, where: Where | None = None) -> Any:
    """Each rep's portfolio on the day beside that of the average rep: see `portfolio.team`."""
    found = opened(facts, where, day, policy)
    return given(found, _team.team(found, since=since, day=day, policy=policy))


@checked
def rules(facts: Facts, *, day: date, policy: AnyPolicy = KOPILOT) -> Any:
    """What makes each segment, with the policy's numbers: see `portfolio.definitions`."""
    return given(found := opened(facts, None, day, policy), _definitions.definitions(found, policy=policy))


@checked
def whatif_segments(
    facts: Facts, *, day: date, against: AnyPolicy, policy: AnyPolicy = KOPILOT, where: Where | None = None
) -> Any:
    """Each segment under both policies: see `portfolio.whatif`."""
    found = opened(facts, where, day, policy)
    return given(found, _whatif.whatif_composition(found, day=day, policy=policy, against=against))
