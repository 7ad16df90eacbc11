"""Which rules are being tried? The numbers of the address, from a version or the rules in force where it has none."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any

from cartera.app.policies import NAMES, policy
from cartera.app.workspace.settings import workspace_policy
from cartera.app.workspace.steering import policy_of
from cartera.tongue import spoken, text
from cartera.web.policies import policy_of as of_address

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cartera.web.door import Visit

FAMILY = "family"
MEANINGS = {
    "active_months": text("Active: months since the last invoice"),
    "sleeping_months": text("Sleeping away: months since the last invoice"),
    "lifespan_days": text("Lost: days after the last invoice"),
    "notice_days": text("Leaving: days before it is lost"),
    "horizon_months": text("Plans count: months ahead"),
    "no_activity_days": text("Without any invoice: days until it is lost"),
    "boundary": text("The boundary day belongs to the warmer or the colder segment"),
    "fiscal_year_start": text("The fiscal year begins with month"),
    "inactive_months": text("Inactive: months after the last purchase"),
    "alert_months": text("Almost inactive: months before that"),
}
CHOICES = {"boundary": (("warm", text("the warmer")), ("cold", text("the colder")))}
MOST = {"months": 36, "days": 1100, "start": 12}


@dataclass(frozen=True)
class Number:
    """One number of the rules, as a form shows it. most: the end of its slider. choices: where it is no number."""

    name: str
    label: str
    value: Any
    usual: Any
    most: int
    choices: tuple[tuple[str, str], ...] = ()


def in_force(visit: Visit) -> Any:
    """The rules of the workspace."""
    return workspace_policy(visit.desk.book.workspace)


def tried(visit: Visit, given: Mapping[str, str]) -> Any:
    """The rules with the numbers given; else those that the address names, else those in force.

    PolicyError: the numbers contradict each other.
    """
    start = of_address(visit) or in_force(visit)
    family = given.get(FAMILY) or start.name
    if family not in NAMES:
        return policy(family)  # says which there are
    base = start if family == start.name else policy(family)
    numbers = {one.name: str(getattr(base, one.name)) for one in fields(base)}
    return policy_of(family, numbers | {name: value for name, value in given.items() if name in numbers})


def numbers(rules: Any, usual: Any) -> list[Number]:
    """Every number of the rules."""
    beside = usual if usual.name == rules.name else type(rules)()
    return [
        Number(
            one.name, spoken(MEANINGS[one.name]), getattr(rules, one.name), getattr(beside, one.name),
            MOST.get(one.name.rsplit("_", 1)[1], 0) if one.name not in CHOICES else 0,
            tuple((value, spoken(label)) for value, label in CHOICES.get(one.name, ())),
        )
        for one in fields(rules)
    ]  # fmt: skip
