"""How clients buy and what their portfolio is like, as a Python user asks it; each with limits of one's own."""

from __future__ import annotations

from datetime import date
from typing import Any

from cartera.app.given import KOPILOT, Where, checked, given, opened
from cartera.facts.tables import Facts
from cartera.portfolio import frequency as _frequency
from cartera.portfolio import funnel as _funnel
from cartera.portfolio import rhythm as _rhythm
from cartera.portfolio import shape as _shape
from cartera.portfolio import status as _status
from cartera.portfolio import windows as _windows
from cartera.portfolio.frequency import FrequencyLimits
from cartera.portfolio.policy import AnyPolicy
from cartera.portfolio.rhythm import RhythmLimits
from cartera.portfolio.shape import ShapeLimits
from cartera.portfolio.windows import WindowLimits


@checked
def shape(
    facts: Facts,
    *,
    day: date,
    policy: AnyPolicy = KOPILOT,
    where: Where | None = None,
    limits: ShapeLimits | None = None,
) -> Any:
    """One row: mature, growing, declining ..., and why: see `portfolio.shape`.

    limits: where the words begin.
    """
    found = opened(facts, where, day, policy)
    return given(found, _shape.shape(found, day=day, policy=policy, limits=limits))


@checked
def frequency(
    facts: Facts,
    *,
    day: date,
    policy: AnyPolicy = KOPILOT,
    where: Where | None = None,
    limits: FrequencyLimits | None = None,
) -> Any:
    """How often every client buys, as none, occasional, regular or frequent: see `portfolio.frequency`.

    limits: from how many purchase dates on a client is regular, frequent, recurring.
    """
    found = opened(facts, where, day, policy)
    return given(found, _frequency.frequency(found, day=day, policy=policy, limits=limits))


@checked
def funnel(
    facts: Facts,
    *,
    day: date,
    policy: AnyPolicy = KOPILOT,
    where: Where | None = None,
    limits: FrequencyLimits | None = None,
) -> Any:
    """Clients with at least 0, 1, 2 ... 12 purchase dates a year, and a year ago: see `portfolio.funnel`.

    limits: from how many purchase dates on a client is recurring.
    """
    found = opened(facts, where, day, policy)
    return given(found, _funnel.funnel(found, day=day, policy=policy, limits=limits))


@checked
def rhythm(
    facts: Facts,
    *,
    day: date,
    policy: AnyPolicy = KOPILOT,
    where: Where | None = None,
    limits: RhythmLimits | None = None,
) -> Any:
    """Every client's usual gap, its limit and its silence: see `portfolio.rhythm`.

    limits: how a rhythm is read.
    """
    found = opened(facts, where, day, policy)
    return given(found, _rhythm.rhythm(found, day=day, policy=policy, limits=limits))


@checked
def status(
    facts: Facts,
    *,
    day: date,
    policy: AnyPolicy = KOPILOT,
    where: Where | None = None,
    limits: FrequencyLimits | None = None,
) -> Any:
    """Every client as potential, probable, current, active or inactive: see `portfolio.status`.

    limits: from how many purchase dates on a client is recurring.
    """
    found = opened(facts, where, day, policy)
    return given(found, _status.status(found, day=day, policy=policy, limits=limits))


@checked
def windows(
    facts: Facts,
    *,
    day: date,
    policy: AnyPolicy = KOPILOT,
    where: Where | None = None,
    limits: WindowLimits | None = None,
) -> Any:
    """The windows that the gaps between the clients' own purchases propose: see `portfolio.windows`.

    limits: how many gaps it takes.
    """
    found = opened(facts, where, day, policy)
    return given(found, _windows.windows(found, day=day, policy=policy, limits=limits))
