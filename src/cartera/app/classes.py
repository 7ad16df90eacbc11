"""Classes of clients set against each other, as a Python user asks for them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from cartera.app.given import KOPILOT, Where, among_all, checked, given
from cartera.facts.tables import Facts
from cartera.portfolio import cross as _cross
from cartera.portfolio.policy import AnyPolicy


@checked
def cross(
    facts: Facts,
    *,
    day: date,
    policy: AnyPolicy = KOPILOT,
    by: Sequence[str] = _cross.USUAL,
    where: Where | None = None,
) -> Any:
    """Clients and money per pair of two classifications, such as ("status", "region"): see `portfolio.cross`."""
    found, whole = among_all(facts, where, day, policy)
    return given(found, _cross.cross(found, day=day, policy=policy, by=by, whole=whole))
