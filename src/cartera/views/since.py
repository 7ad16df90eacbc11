"""What is the news between two days? The movers by what became of them: opened, returned, asleep, lost."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from cartera.portfolio.segments import at_risk_ids, inside_ids

if TYPE_CHECKING:
    from cartera.portfolio.policy import AnyPolicy

OPENED, RETURNED, ASLEEP, LOST = "opened", "returned", "asleep", "lost"
NEWS = (OPENED, RETURNED, ASLEEP, LOST)


def news(movers: Iterable[Mapping[str, Any]], policy: AnyPolicy) -> dict[str, list[Mapping[str, Any]]]:
    """Kind of news -> its rows of the view `movers`; a client that moved within the warm or the cool is none."""
    found: dict[str, list[Mapping[str, Any]]] = {one: [] for one in NEWS}
    for row in movers:
        kind = of(row["from_segment"], row["to_segment"], policy)
        if kind:
            found[kind].append(row)
    return found


def of(before: str | None, after: str, policy: AnyPolicy) -> str:
    """What it is that a client went from one segment to another; empty for nothing to be told."""
    inside, cool = inside_ids(policy), at_risk_ids(policy)
    if after not in inside:
        return LOST if before in inside else ""
    if before is None:
        return OPENED
    if before not in inside:
        return RETURNED
    return ASLEEP if after in cool and before not in cool else ""
