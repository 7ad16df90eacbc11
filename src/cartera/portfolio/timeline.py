"""Which segment is every client in, from which day until which, from its first day into the future if nobody acts?

Three steps: stretches of days over which the last invoice (or its absence) is the same, the ladder laid over each
stretch, and, for clients with plans, marks or credits, the rules over the ladder (`special.py`).
"""

from __future__ import annotations

import narwhals as nw

from cartera.calendar import LAST_DAY
from cartera.facts.tables import Facts, Frame
from cartera.portfolio.calendars import base_days
from cartera.portfolio.policy import AnyPolicy
from cartera.portfolio.rungs import laid_out
from cartera.portfolio.runs import plain_stretches
from cartera.portfolio.special import special_clients, special_timeline


def timeline(facts: Facts, *, policy: AnyPolicy) -> Frame:
    """client_id, segment, reason, from_on, until_on: half-open intervals, contiguous from the day a client was born.

    The last interval is open (`until_on` null). Neighbours differ in segment or reason. It knows everything in the
    facts, so it runs through plans and into the future.
    """
    days = base_days(facts)
    special = special_clients(facts, policy)
    rows = laid_out(plain_stretches(facts, policy, days, special), facts, policy, days)
    if special is not None:
        rows = nw.concat([rows, special_timeline(facts, policy, days, special)])
    return _closed(rows)


def _closed(rows: Frame) -> Frame:
    until = nw.when(nw.col("until_on") < nw.lit(LAST_DAY)).then(nw.col("until_on"))
    return rows.with_columns(until_on=until)
