"""What would Cartera say about a believable company? Its portfolio, whom to call, what happens next, and the proof."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from cartera.app.policies import policy
from cartera.app.show import Ask, show, view_called
from cartera.app.sources import open_source
from cartera.calendar import add_days

if TYPE_CHECKING:
    from datetime import date

    from cartera.app.opened import Opened
    from cartera.app.scope import Scope
    from cartera.views.view import Answer

CALLS = 5
AHEAD_DAYS = 90


@dataclass(frozen=True)
class Outlook:
    """The portfolio on a later day if nobody acts: who left it, and what they were worth in their last year."""

    day: date
    composition: Answer
    leavers: tuple[dict[str, Any], ...]

    @property
    def at_stake(self) -> Decimal:
        """The money of the clients that leave."""
        return sum((row["at_stake"] for row in self.leavers), Decimal(0))


@dataclass(frozen=True)
class Demo:
    """What the demonstration shows. calls: rows of the view `clients`, the most money at stake first."""

    company: str
    composition: Answer
    calls: tuple[dict[str, Any], ...]
    outlook: Outlook
    backtest: str


def demo(scope: Scope, company: str, day: date | None) -> Demo:
    """The demonstration of the company called `company` (demo, demo:distributor) as of `day`."""
    source = open_source(scope, company, day=day)
    ask = Ask(policy("kopilot"), day=source.ends_on)
    clients = rows(scope, source, "clients", ask)
    return Demo(
        company,
        show(scope, source, view_called("composition"), ask),
        tuple(to_call(clients, ask)),
        outlook(scope, source, ask, clients),
        show(scope, source, view_called("backtest"), ask).sentence,
    )


def rows(scope: Scope, source: Opened, view: str, ask: Ask) -> list[dict[str, Any]]:
    """The rows of the view."""
    found: list[dict[str, Any]] = show(scope, source, view_called(view), ask).rows.to_pylist()
    return found


def to_call(clients: list[dict[str, Any]], ask: Ask) -> list[dict[str, Any]]:
    """The clients that cool down without anything planned, the most money at stake first."""
    from cartera.portfolio.segments import at_risk_ids

    cooling = [row for row in clients if row["segment"] in at_risk_ids(ask.policy) and row["next_planned_on"] is None]
    return sorted(cooling, key=lambda row: (-row["at_stake"], row["client_id"]))[:CALLS]


def outlook(scope: Scope, source: Opened, ask: Ask, now: list[dict[str, Any]]) -> Outlook:
    """The portfolio after 90 days of doing nothing."""
    from cartera.portfolio.activity import standing
    from cartera.portfolio.segments import inside_ids

    assert ask.day is not None
    later = replace(ask, day=add_days(ask.day, AHEAD_DAYS))
    assert later.day is not None
    inside = inside_ids(ask.policy)
    stands = source.facts.room.rows(standing(source.facts, day=later.day, policy=ask.policy))
    outside = {row["client_id"] for row in stands if row["segment"] not in inside}
    leavers = tuple(row for row in now if row["segment"] in inside and row["client_id"] in outside)
    return Outlook(later.day, show(scope, source, view_called("composition"), later), leavers)
