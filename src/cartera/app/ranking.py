"""Clients ranked by what they bring, as a Python user asks for them."""

from __future__ import annotations

from datetime import date
from typing import Any

from cartera.app.given import KOPILOT, Where, among_all, checked, given, opened
from cartera.facts.tables import Facts
from cartera.portfolio import abc as _abc
from cartera.portfolio import concentration as _concentration
from cartera.portfolio import volume as _volume
from cartera.portfolio import worth as _worth
from cartera.portfolio.abc import AbcLimits
from cartera.portfolio.concentration import ConcentrationLimits
from cartera.portfolio.policy import AnyPolicy
from cartera.portfolio.volume import VolumeLimits
from cartera.portfolio.worth import WorthLimits


@checked
def worth(
    facts: Facts,
    *,
    day: date,
    policy: AnyPolicy = KOPILOT,
    where: Where | None = None,
    limits: WorthLimits | None = None,
) -> Any:
    """Every client as best, loyal, small or unrated: see `portfolio.worth`."""
    found, whole = among_all(facts, where, day, policy)
    return given(found, _worth.worth(found, day=day, policy=policy, limits=limits, whole=whole))


@checked
def volume(
    facts: Facts,
    *,
    day: date,
    policy: AnyPolicy = KOPILOT,
    window: str = "365",
    where: Where | None = None,
    limits: VolumeLimits | None = None,
) -> Any:
    """Every client's sales against the mean, from very high to none: see `portfolio.volume`.

    window: "365" days or "all". limits: from how many times the mean on a class begins.
    """
    found, whole = among_all(facts, where, day, policy)
    return given(found, _volume.volume(found, day=day, policy=policy, window=window, limits=limits, whole=whole))


@checked
def abc(
    facts: Facts,
    *,
    day: date,
    policy: AnyPolicy = KOPILOT,
    measure: str = "amount",
    window: str = "365",
    where: Where | None = None,
    limits: AbcLimits | None = None,
) -> Any:
    """Every client's share of the whole and its class A, B or C: see `portfolio.abc`.

    measure: "amount", "profit", "quantity" or "invoices". window: "365" days or "all". limits: where A and B end.
    """
    found, whole = among_all(facts, where, day, policy)
    return given(
        found, _abc.abc(found, day=day, policy=policy, measure=measure, window=window, limits=limits, whole=whole)
    )


@checked
def concentration(
    facts: Facts,
    *,
    day: date,
    policy: AnyPolicy = KOPILOT,
    window: str = "365",
    where: Where | None = None,
    limits: ConcentrationLimits | None = None,
) -> Any:
    """The share of the greatest 1, 3 and 10 clients and the Herfindahl index: see `portfolio.concentration`.

    window: "365" days or "all". limits: how many of the greatest clients are taken together.
    """
    found = opened(facts, where, day, policy)
    return given(found, _concentration.concentration(found, day=day, policy=policy, window=window, limits=limits))
