"""What does a rule say? Its tree as a clause that a person reads, so that nobody has to trust a file unread."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from cartera.portfolio.custom_columns import Known
from cartera.portfolio.custom_rules import (
    ABOVE,
    AT_LEAST,
    AT_MOST,
    BELOW,
    BETWEEN,
    IN,
    IS,
    IS_NOT,
    MISSING,
    All,
    AnyOf,
    Compare,
    Condition,
    HasBeen,
    Not,
)
from cartera.portfolio.custom_values import segment_id
from cartera.portfolio.policy import AnyPolicy
from cartera.words import SEGMENT_LABELS

SIGNS = {AT_LEAST: "at least", AT_MOST: "at most", ABOVE: "above", BELOW: "below", IS: "exactly", IS_NOT: "not exactly"}
DATES = {AT_LEAST: "on or after", AT_MOST: "on or before", ABOVE: "after", BELOW: "before", IS: "on", IS_NOT: "not on"}


def clause(condition: Condition, known: Mapping[str, Known], policy: AnyPolicy) -> str:
    """The condition in words; what is joined inside of what is joined stands in brackets."""
    if isinstance(condition, HasBeen):
        name = SEGMENT_LABELS[segment_id(condition.segment, policy)].lower()
        if not condition.days:
            return f"is {name}"
        return f"has been {name} for {condition.days:,} {'day' if condition.days == 1 else 'days'} or longer"
    if isinstance(condition, Compare):
        return _compared(condition, known[condition.column], policy)
    if isinstance(condition, Not):
        return f"not ({clause(condition.part, known, policy)})"
    word = " and " if isinstance(condition, All) else " or "
    return word.join(_bracketed(part, len(condition.parts), known, policy) for part in condition.parts)


def _bracketed(part: Condition, beside: int, known: Mapping[str, Known], policy: AnyPolicy) -> str:
    told = clause(part, known, policy)
    return f"({told})" if beside > 1 and isinstance(part, All | AnyOf) and len(part.parts) > 1 else told


def _compared(leaf: Compare, known: Known, policy: AnyPolicy) -> str:
    if leaf.operator == MISSING:
        return f"{_named(known)} is {'not known' if leaf.value else 'known'}"
    if known.kind == "flag":
        told = known.words if leaf.value else known.untrue
        return told if leaf.operator == IS else f"not ({told})"
    values = [_told(one, known, policy) for one in _listed(leaf.value)]
    if leaf.operator == IN:
        return f"{known.words} is {_either(values)}"
    if leaf.operator == BETWEEN:
        return f"{known.words} from {values[0]} to {values[1]}"
    if known.kind in ("text", "class", "segment"):
        return f"{known.words} {'is' if leaf.operator == IS else 'is not'} {values[0]}"
    return f"{known.words} {(DATES if known.kind == 'date' else SIGNS)[leaf.operator]} {values[0]}"


def _named(known: Known) -> str:
    return f"whether {known.words}" if known.kind == "flag" else known.words


def _listed(value: Any) -> Sequence[Any]:
    return value if isinstance(value, tuple | list) else (value,)


def _either(values: Sequence[str]) -> str:
    *others, last = values
    return f"{', '.join(others)} or {last}" if others else last


def _told(value: Any, known: Known, policy: AnyPolicy) -> str:
    if known.kind == "segment":
        return SEGMENT_LABELS[segment_id(value, policy)].lower()
    if known.kind == "share":
        return f"{_plain(Decimal(str(value)) * 100)} %"
    if known.kind == "days":
        return f"{value:,} {'day' if value == 1 else 'days'}"
    return _plain(Decimal(str(value))) if known.kind in ("money", "count", "number") else str(value)


def _plain(value: Decimal) -> str:
    told = f"{value:,f}"
    return told.rstrip("0").rstrip(".") if "." in told else told
