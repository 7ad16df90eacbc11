"""Which rung of the ladder holds on which days? The calendar of rungs laid over stretches of one base date."""

from __future__ import annotations

import narwhals as nw

from cartera.facts.tables import Facts, Frame
from cartera.portfolio.calendars import Days, rungs
from cartera.portfolio.policy import AnyPolicy
from cartera.portfolio.salescope import split_warmest


def laid_out(stretches: Frame, facts: Facts, policy: AnyPolicy, days: Days) -> Frame:
    """The ladder over each stretch: client_id, segment, reason, from_on, until_on, not closed, no empty interval."""
    rows = stretches.join(rungs(facts, policy, days), on=["base_on", "is_empty"])
    rows = rows.with_columns(
        from_on=nw.max_horizontal("rung_from", "start"), until_on=nw.min_horizontal("rung_until", "until")
    )
    if policy.name == "salescope":
        rows = split_warmest(rows)
    return rows.filter(nw.col("from_on") < nw.col("until_on")).select(
        "client_id", "segment", "reason", "from_on", "until_on"
    )
