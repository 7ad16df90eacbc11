"""How does a client come into the portfolio, and how does it go out? The words for both, in one place."""

from __future__ import annotations

import narwhals as nw

NEVER_INVOICED = "never_invoiced"
ENDINGS = ("lost", "cancelled")  # a client that goes out as unused never was a lasting one: it is no churn


def came_as(is_first: nw.Expr, reason_before: nw.Expr) -> nw.Expr:
    """opened (for the first time), reopened (back from never invoiced) or returned (from lost or cancelled)."""
    unused = reason_before == NEVER_INVOICED
    back = nw.when(unused).then(nw.lit("reopened")).otherwise(nw.lit("returned"))
    return nw.when(is_first).then(nw.lit("opened")).otherwise(back)


def gone_as(segment: nw.Expr, reason: nw.Expr) -> nw.Expr:
    """unused (as never invoiced), cancelled or lost, of a client that stands there outside the portfolio."""
    left = nw.when(segment == "cancelled").then(nw.lit("cancelled")).otherwise(nw.lit("lost"))
    return nw.when(reason == NEVER_INVOICED).then(nw.lit("unused")).otherwise(left)
