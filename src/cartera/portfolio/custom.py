"""Which clients meet a rule that somebody wrote? Custom segments are saved filters: a client may be in several.

Read `custom_rules.py` for what a rule is; `holds` turns one into an expression over the columns that it names.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from functools import reduce
from operator import and_, ge, gt, le, lt, or_
from typing import Any

import narwhals as nw

from cartera.calendar import FIRST_DAY, add_days
from cartera.errors import UnknownNameError
from cartera.facts.tables import Facts, Frame
from cartera.money import QUANTUM
from cartera.portfolio.amounts import TOTAL
from cartera.portfolio.classes import SEGMENT
from cartera.portfolio.custom_columns import SINCE, SOURCES, Known, check_told, described, known_columns
from cartera.portfolio.custom_rules import (
    ABOVE,
    AT_LEAST,
    AT_MOST,
    BELOW,
    BETWEEN,
    IS_NOT,
    MISSING,
    All,
    Compare,
    Condition,
    HasBeen,
    Not,
    Rules,
)
from cartera.portfolio.custom_shipped import shipped
from cartera.portfolio.custom_values import check_rules, segment_id
from cartera.portfolio.custom_words import clause
from cartera.portfolio.dimensions import dimension_names, dimensions
from cartera.portfolio.policy import AnyPolicy
from cartera.portfolio.whole import those_of

COMPARED: dict[str, Callable[[Any, Any], Any]] = {AT_LEAST: ge, AT_MOST: le, ABOVE: gt, BELOW: lt}
MONEY = ("amount", "at_stake")
TYPES: dict[str, Any] = {
    "rank": nw.Int64, "custom": nw.String, "client_count": nw.Int64, "client_share": nw.Float64, "amount": TOTAL,
    "at_stake": TOTAL, "definition": nw.String,
}  # fmt: skip


def custom(
    facts: Facts, *, day: date, policy: AnyPolicy, rules: Rules | None = None, whole: Facts | None = None
) -> Frame:
    """One row per custom segment, also those without a client; they overlap, so nothing here adds up.

    Columns: rank (0 for the first), custom (its name), client_count, client_share (of all clients born by `day`, 0..1,
    null when there are none), amount (their net sales of the last 365 days), at_stake (of the 365 days up to the last
    invoice of each), definition (the rule in words).
    rules: ours when None. InputError or UnknownNameError, with the line, for a rule that these facts cannot answer.
    whole: everybody, among whom these clients are classed; `facts` themselves when None.
    """
    rules = rules or shipped(policy)
    rows, flags = _flagged(whole or facts, rules, day, policy)
    rows = those_of(rows, facts, whole)
    sums = {f"{flag}_{name}": value for flag in flags for name, value in _sums(flag).items()}
    found = facts.room.rows(rows.select(size=nw.len(), **sums))[0]
    told = [why for _, why in definitions(facts, rules, policy)]
    columns: dict[str, list[Any]] = {
        "rank": list(range(len(flags))), "custom": rules.names(),
        "client_count": [found[f"{flag}_count"] or 0 for flag in flags],
        "client_share": [(found[f"{flag}_count"] or 0) / found["size"] if found["size"] else None for flag in flags],
        **{name: [found[f"{flag}_{name}"] or Decimal(0) for flag in flags] for name in MONEY}, "definition": told,
    }  # fmt: skip
    return facts.room.table(columns, TYPES)


def custom_clients(
    facts: Facts, *, day: date, policy: AnyPolicy, rules: Rules | None = None, whole: Facts | None = None
) -> Frame:
    """One row per custom segment and client in it: rank, custom, client_id, name, segment, since_on, rep, and the
    money of `custom`, which has the rules and the whole too.
    """
    rules = rules or shipped(policy)
    rows, flags = _flagged(whole or facts, rules, day, policy)
    rows = those_of(rows, facts, whole)
    rows = facts.room.keep(rows)
    own = [
        rows.filter(nw.col(flag)).select(
            "client_id", "name", SEGMENT, SINCE, *MONEY, rank=nw.lit(n, nw.Int64), custom=nw.lit(name)
        )
        for n, (flag, name) in enumerate(zip(flags, rules.names(), strict=True))
    ]
    both = nw.concat(own).join(dimensions(facts, ["rep"], day=day), on="client_id", how="left")
    return both.select("rank", "custom", "client_id", "name", SEGMENT, SINCE, "rep", *MONEY)


def members(facts: Facts, names: Sequence[str], *, day: date, policy: AnyPolicy, rules: Rules | None = None) -> Frame:
    """client_id of the clients in one of the custom segments named; UnknownNameError for another name."""
    rules = rules or shipped(policy)
    for name in names:
        if name not in rules.names():
            raise UnknownNameError("custom segment", name, rules.names(), where="--where")
    chosen = Rules(tuple(one for one in rules.segments if one.name in names), rules.where)
    rows, flags = _flagged(facts, chosen, day, policy)
    return rows.filter(reduce(or_, map(nw.col, flags))).select("client_id")


def definitions(facts: Facts, rules: Rules, policy: AnyPolicy) -> list[tuple[str, str]]:
    """Every custom segment with its rule in words, in order."""
    known = known_columns(facts)
    return [(segment.name, clause(segment.condition, known, policy)) for segment in rules.segments]


def unheard(facts: Facts, rules: Rules) -> list[tuple[str, str]]:
    """Column and value of every comparison with a text that no client and no invoice has; a slip, perhaps."""
    names = set(dimension_names(facts)) - {name for source in SOURCES for name in source.columns}
    asked = [
        (leaf.column, value)
        for leaf in rules.leaves()
        if isinstance(leaf, Compare) and leaf.column in names and leaf.operator != MISSING
        for value in (leaf.value if isinstance(leaf.value, tuple) else (leaf.value,))
        if isinstance(value, str)
    ]
    said = {name: _said(facts, name) for name in dict.fromkeys(name for name, _ in asked)}
    return [(name, value) for name, value in dict.fromkeys(asked) if value not in said[name]]


def _said(facts: Facts, name: str) -> set[str]:
    tables = (table for table in (facts.clients, facts.invoices) if name in table.collect_schema().names())
    rows = [row for one in tables for row in facts.room.rows(one.select(nw.col(name).cast(nw.String)).unique())]
    return {row[name] for row in rows if row[name] is not None}


def _flagged(facts: Facts, rules: Rules, day: date, policy: AnyPolicy) -> tuple[Frame, list[str]]:
    """The clients with a flag per custom segment, and what the flags are called."""
    known = known_columns(facts)
    check_rules(rules, known, policy)
    compared = [leaf for leaf in rules.leaves() if isinstance(leaf, Compare)]
    check_told(facts, compared)
    rows = described(facts, [leaf.column for leaf in compared], day=day, policy=policy)
    flags = {f"custom_{n}": holds(one.condition, known, day, policy) for n, one in enumerate(rules.segments)}
    return rows.with_columns(**flags), list(flags)


def _sums(flag: str) -> dict[str, nw.Expr]:
    inside = nw.when(nw.col(flag))
    return {
        "count": inside.then(nw.lit(1, nw.Int64)).sum().cast(nw.Int64),
        **{name: inside.then(nw.col(name)).sum().cast(TOTAL) for name in MONEY},
    }


def holds(condition: Condition, known: dict[str, Known], day: date, policy: AnyPolicy) -> nw.Expr:
    """Whether a client meets the condition on `day`, true or false, never null."""
    if isinstance(condition, HasBeen):
        there = nw.col(SEGMENT) == segment_id(condition.segment, policy)
        return _surely(there & (nw.col(SINCE) <= max(add_days(day, -condition.days), FIRST_DAY)))
    if isinstance(condition, Compare):
        return _compared(condition, known[condition.column], policy)
    if isinstance(condition, Not):
        return ~holds(condition.part, known, day, policy)
    parts = [holds(part, known, day, policy) for part in condition.parts]
    return reduce(and_ if isinstance(condition, All) else or_, parts)


def _compared(leaf: Compare, known: Known, policy: AnyPolicy) -> nw.Expr:
    column = nw.col(leaf.column)
    if leaf.operator == MISSING:
        return column.is_null() if leaf.value else ~column.is_null()
    values = [_value(one, known, policy) for one in (leaf.value if isinstance(leaf.value, tuple) else (leaf.value,))]
    if leaf.operator in COMPARED:
        return _surely(COMPARED[leaf.operator](column, values[0]))
    if leaf.operator == BETWEEN:
        return _surely((column >= values[0]) & (column <= values[1]))
    same = _surely(reduce(or_, (column == value for value in values)))
    return ~same if leaf.operator == IS_NOT else same


def _surely(expression: nw.Expr) -> nw.Expr:
    # A client of whom nobody stated the column meets no comparison; so `not` means the opposite, as people mean it.
    return expression.fill_null(value=False)


def _value(value: Any, known: Known, policy: AnyPolicy) -> Any:
    """The value in the type in which the column is compared."""
    if known.kind == "segment":
        return segment_id(value, policy)
    if known.kind == "money":
        return Decimal(str(value)).quantize(QUANTUM)
    if known.kind in ("days", "count"):
        return int(value)
    return float(value) if known.kind in ("number", "share") else value
