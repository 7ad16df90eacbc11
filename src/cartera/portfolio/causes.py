"""What happened to a client on a day that could move it: a mark, an invoice, a plan? Time is what is left."""

from __future__ import annotations

import narwhals as nw

from cartera.facts.tables import Facts, Frame
from cartera.portfolio.counting import attributed, is_issued, is_planned, is_sale
from cartera.portfolio.marks import known_marks
from cartera.portfolio.policy import AnyPolicy

# The strongest of a day names the cause; as text, so that any engine takes the least.
ORDER = ("1 mark", "2 invoice", "3 plan")


def causes(facts: Facts, policy: AnyPolicy) -> Frame:
    """client_id, on, cause: the strongest thing dated on that day that the policy looks at.

    An invoice credited or voided is an invoice too.
    """
    rows = attributed(facts)
    sales, plans = rows.filter(is_sale() & is_issued()), rows.filter(is_planned())
    notes = rows.filter(~nw.col("credits").is_null())
    events = [
        _events(frame, column, 1)
        for frame, column in ((sales, "issued_on"), (sales, "void_on"), (notes, "issued_on"), (notes, "void_on"))
    ]
    if policy.uses_plans_and_marks:
        early = sales.filter(nw.col("known_on") < nw.col("issued_on"))
        events += [_events(early, "known_on", 2), *(_events(plans, c, 2) for c in ("known_on", "void_on", "issued_on"))]
        events.append(_events(known_marks(facts), "marked_on", 0))
    first = nw.concat(events).group_by("client_id", "on").agg(nw.col("cause").min())
    return first.select("client_id", "on", cause=nw.col("cause").str.slice(2))


def _events(rows: Frame, column: str, strength: int) -> Frame:
    dated = rows.filter(~nw.col(column).is_null())
    return dated.select("client_id", on=nw.col(column), cause=nw.lit(ORDER[strength]))
