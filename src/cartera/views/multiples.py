"""How do the values of a dimension stand side by side? The largest dozen, and all the others as one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from cartera.portfolio.segments import inside_ids
from cartera.tongue import say_many
from cartera.views import values
from cartera.views.view import Query

MOST = 12


@dataclass(frozen=True)
class Part:
    """The clients of one segment, and their money."""

    segment: str
    client_count: int
    amount: Decimal


@dataclass(frozen=True)
class Multiple:
    """One value of a dimension, or several together. of: these values; size: its clients in the portfolio."""

    name: str
    of: tuple[str | None, ...]
    size: int
    parts: tuple[Part, ...]


def multiples(rows: Iterable[dict[str, Any]], query: Query, most: int = MOST) -> list[Multiple]:
    """The values of the query's first dimension by size, from the rows of a composition split by it."""
    name = query.by[0]
    found: dict[str | None, list[dict[str, Any]]] = {}
    for row in rows:
        if row["segment"] in inside_ids(query.policy):
            found.setdefault(row[name], []).append(row)
    one_each = [multiple(values.value(own[0], query), (value,), own) for value, own in found.items()]
    ranked = sorted((one for one in one_each if one.size), key=lambda one: (-one.size, one.name))
    if len(ranked) <= most:
        return ranked
    rest = [value for one in ranked[most - 1 :] for value in one.of]
    told = say_many("{count} other", "{count} others", count=len(rest))
    return [*ranked[: most - 1], multiple(told, tuple(rest), [row for value in rest for row in found[value]])]


def multiple(name: str, of: tuple[str | None, ...], rows: list[dict[str, Any]]) -> Multiple:
    """The rows of one value or of several, added up per segment."""
    parts = tuple(
        Part(
            segment,
            sum(row["client_count"] for row in rows if row["segment"] == segment),
            sum((row["amount"] for row in rows if row["segment"] == segment), Decimal(0)),
        )
        for segment in dict.fromkeys(row["segment"] for row in rows)
    )
    return Multiple(name, of, sum(part.client_count for part in parts), parts)
