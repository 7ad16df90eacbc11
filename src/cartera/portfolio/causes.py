"""What happened to a client on a day that could move it: a mark, an invoice, a plan? Time is what is left."""

from __future__ import annotations

import narwhals as nw

from cartera.facts.tables import Facts, Frame
from cartera.portfolio.counting import attributed, is_issued, is_planned, is_sale
from cartera.portfolio.marks import known_marks

ORDER = (
    "1 mark",
    "2 invoice",
    "3 plan",
)  # the strongest of a day names the cause; text, so that any engine takes the least


def causes(facts: Facts) -> Frame:
    """client_id, on, cause: the strongest thing dated on that day. An invoice credited or voided is an invoice too."""
    rows = attributed(facts)
    sales, plans = rows.filter(is_sale() & is_issued()), rows.filter(is_planned())
    notes = rows.filter(~nw.col("credits").is_null())
    events = [
        _events(known_marks(facts), "marked_on", 0),
        _events(sales, "issued_on", 1), _events(sales, "void_on", 1), _events(notes, "issued_on", 1),
        _events(notes, "void_on", 1), _events(sales.filter(nw.col("known_on") < nw.col("issued_on")), "known_on", 2),
        _events(plans, "known_on", 2), _events(plans, "void_on", 2), _events(plans, "issued_on", 2),
    ]  # fmt: skip
    first = nw.concat(events).group_by("client_id", "on").agg(nw.col("cause").min())
    return first.select("client_id", "on", cause=nw.col("cause").str.slice(2))


def _events(rows: Frame, column: str, strength: int) -> Frame:
    dated = rows.filter(~nw.col(column).is_null())
    return dated.select("client_id", on=nw.col(column), cause=nw.lit(ORDER[strength]))
