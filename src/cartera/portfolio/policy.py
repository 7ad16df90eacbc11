"""Which windows decide? The two published policies, with any numbers, from Python or from a TOML text."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from cartera.errors import PolicyError, nearest
from cartera.portfolio import kopilot as _kopilot
from cartera.portfolio import salescope as _salescope
from cartera.portfolio.kopilot import Kopilot
from cartera.portfolio.rules import Rule
from cartera.portfolio.salescope import Salescope
from cartera.tongue import say

AnyPolicy = Kopilot | Salescope
YEAR_DAYS = 365
FAMILIES: dict[str, type[Kopilot | Salescope]] = {"kopilot": Kopilot, "salescope": Salescope}


class Policy:
    """The two families of rules; each call makes one policy, refused when its numbers contradict each other."""

    @staticmethod
    def kopilot(**numbers: Any) -> Kopilot:
        """Seven segments and the cancelled; numbers as in `Kopilot`, e.g. active_months=5."""
        return _made("kopilot", numbers)  # type: ignore[return-value]

    @staticmethod
    def salescope(**numbers: Any) -> Salescope:
        """Inactive after N months, alert M months before; numbers as in `Salescope`, e.g. inactive_months=12."""
        return _made("salescope", numbers)  # type: ignore[return-value]


def rules(policy: AnyPolicy) -> tuple[Rule, ...]:
    """The decision table of the policy's family; the first that holds wins."""
    return _kopilot.RULES if policy.name == "kopilot" else _salescope.RULES


def read_policy(text: str, where: str) -> AnyPolicy:
    """A policy from TOML: `policy = "kopilot"` and its numbers, e.g. `active_months = 5`. where: the file's name."""
    try:
        numbers = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise PolicyError(
            say("not a TOML text: {error}.", error=str(error)),
            where=where,
            fix=say("Write one number a line: active_months = 5"),
        ) from error
    family = numbers.pop("policy", "kopilot")
    if not isinstance(family, str) or family not in FAMILIES:
        near = nearest(str(family), tuple(FAMILIES)) or "kopilot"
        place = _place(text, "policy", where)
        raise PolicyError(
            say("policy is {family}.", family=repr(family)),
            where=place,
            fix=say('It is "kopilot" or "salescope": policy = "{near}"', near=near),
        )
    try:
        return _made(family, numbers)
    except PolicyError as error:
        raise PolicyError(error.what, where=_place(text, error.what, where), fix=error.fix) from error


def _made(family: str, numbers: Mapping[str, Any]) -> AnyPolicy:
    known = {field.name: field.name for field in fields(FAMILIES[family])}
    known |= {name.rsplit("_", 1)[0]: name for name in known if name.endswith(("_months", "_days"))}
    named: dict[str, Any] = {}
    _refuse_twice(numbers)
    for name, value in _whole_lifespan(numbers).items():
        if name not in known:
            near = nearest(name, tuple(known))
            hint = say("Did you mean {name}?", name=repr(known[near])) + " " if near else ""
            valid = ", ".join(dict.fromkeys(known.values()))
            raise PolicyError(
                say("{name} is no number of policy {family}.", name=name, family=family),
                fix=hint + say("Valid: {names}.", names=valid),
            )
        named[known[name]] = value
    return FAMILIES[family](**named)


def _refuse_twice(numbers: Mapping[str, Any]) -> None:
    """A number under its whole and its short name would be taken from one of them in silence."""
    for name, value in numbers.items():
        short = _short(name)
        if short != name and short in numbers:
            what = say(
                "{name} is said twice: {value}, and {other} as {short}.",
                name=name,
                value=repr(value),
                other=repr(numbers[short]),
                short=short,
            )
            raise PolicyError(what, fix=say("{short} is short for {name}: write one of them.", short=short, name=name))


def _whole_lifespan(numbers: Mapping[str, Any]) -> dict[str, Any]:
    """The published 365 + 35 days may be written apart, as lifespan_days and grace_days; the policy knows the sum."""
    parts = {_short(name): value for name, value in numbers.items() if _short(name) in ("lifespan", "grace")}
    if "grace" not in parts:
        return dict(numbers)
    rest = {name: value for name, value in numbers.items() if _short(name) not in parts}
    lifespan, grace = parts.get("lifespan", YEAR_DAYS), parts["grace"]
    if type(lifespan) is not int or type(grace) is not int or grace < 0:
        raise PolicyError(
            say("grace_days is {grace}.", grace=repr(grace)),
            fix=say("Write whole days: lifespan_days = 365, grace_days = 35."),
        )
    return rest | {"lifespan_days": lifespan + grace}


def _place(text: str, what: str, where: str) -> str:
    """The file and the first line that sets a number which `what` names."""
    named = {_short(word) for word in what.replace("(", " ").split()}
    for number, line in enumerate(text.splitlines(), start=1):
        if _short(line.split("=", 1)[0].strip()) in named:
            return f"{where}, line {number}"
    return where


def _short(name: str) -> str:
    return name.removesuffix("_months").removesuffix("_days")
