"""With what may a column be compared? Values of its own kind; anything else is refused before it is asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from cartera.errors import InputError, UnknownNameError
from cartera.money import LARGEST, QUANTUM
from cartera.portfolio.custom_columns import Known
from cartera.portfolio.custom_rules import BETWEEN, IS, IS_NOT, MISSING, SAMENESS, SIZE, Compare, HasBeen, Rules
from cartera.portfolio.policy import AnyPolicy
from cartera.tongue import say

SIZED = ("date", "days", "count", "money", "number", "share")
WANTED = {
    "text": ("text", 'is = "Ana"'), "class": ("text", 'is = "high"'), "segment": ("text", 'is = "active"'),
    "flag": ("true or false", "is = true"), "date": ("a date without quotes", "at_least = 2026-01-31"),
    "days": ("whole days", "at_least = 30"), "count": ("a whole number", "at_least = 3"),
    "money": ("an amount of at most four decimals", "at_least = 1000"), "number": ("a number", "at_least = 1.5"),
    "share": ("a share, 0.2 for 20 %", "at_least = 0.2"),
}  # fmt: skip


def check_rules(rules: Rules, known: Mapping[str, Known], policy: AnyPolicy) -> None:
    """Nothing when every condition can be asked; else an error with its place, what was found and the nearest."""
    for leaf in rules.leaves():
        if isinstance(leaf, HasBeen):
            _check_segment(leaf.segment, policy, leaf.place)
        elif leaf.column not in known:
            raise UnknownNameError("column", leaf.column, tuple(known), where=leaf.place)
        else:
            _check_leaf(leaf, known[leaf.column], policy)


def segment_id(name: str, policy: AnyPolicy) -> str:
    """The id of a segment of the policy, by its id or its name, in any case."""
    return _by_name(policy)[_plain(name)]


def _check_leaf(leaf: Compare, known: Known, policy: AnyPolicy) -> None:
    valid = (*SAMENESS, *SIZE) if known.kind in SIZED else (IS, IS_NOT, MISSING) if known.kind == "flag" else SAMENESS
    if leaf.operator not in valid:
        raise UnknownNameError(f"operator of {leaf.column}", leaf.operator, valid, where=leaf.place)
    if leaf.operator == MISSING:
        return
    values: Sequence[Any] = leaf.value if isinstance(leaf.value, tuple | list) else (leaf.value,)
    for value in values:
        _check_value(leaf, value, known, policy)
    if leaf.operator == BETWEEN and values[0] > values[1]:
        fix = f"For example between = [{values[1]}, {values[0]}]"
        raise InputError(
            say(
                "{column} lies between {low} and {high}: none does.",
                column=leaf.column,
                low=values[0],
                high=values[1],
            ),
            where=leaf.place,
            fix=fix,
        )


def _check_value(leaf: Compare, value: Any, known: Known, policy: AnyPolicy) -> None:
    if not _fits(value, known):
        wanted, example = WANTED[known.kind]
        told = str(value) if isinstance(value, Decimal | date) else repr(value)
        fix = f'For example {{ column = "{leaf.column}", {example} }}'
        raise InputError(
            say("{column} is compared with {found}, not with {wanted}.", column=leaf.column, found=told, wanted=wanted),
            where=leaf.place,
            fix=fix,
        )
    if known.kind == "segment":
        _check_segment(value, policy, leaf.place)
    if known.values and value not in known.values:
        raise UnknownNameError(leaf.column, value, known.values, where=leaf.place)


def _check_segment(name: str, policy: AnyPolicy, place: str) -> None:
    if _plain(name) not in _by_name(policy):
        labels = [segment.label.lower() for segment in policy.segments]
        raise UnknownNameError(f"segment of policy {policy.name}", name, labels, where=place)


def _fits(value: Any, known: Known) -> bool:
    if known.kind == "flag":
        return isinstance(value, bool)
    if known.kind == "date":
        return isinstance(value, date) and not isinstance(value, datetime)
    if known.kind not in SIZED:
        return isinstance(value, str)
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        return False
    exact = Decimal(str(value))
    if not exact.is_finite() or abs(exact) > LARGEST:
        return False
    step = {"days": Decimal(1), "count": Decimal(1), "money": QUANTUM}.get(known.kind)
    return step is None or not exact % step


def _by_name(policy: AnyPolicy) -> dict[str, str]:
    return {_plain(word): one.id for one in policy.segments for word in (one.id, one.label)}


def _plain(name: str) -> str:
    return name.strip().casefold().replace("_", " ")
