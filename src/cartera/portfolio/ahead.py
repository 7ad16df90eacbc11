"""How large is the portfolio in the months to come, and worth how much, if nobody acts?

Not a forecast: what the rules say of the days ahead when no further invoice comes. A client may be supposed to buy.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import narwhals as nw

from cartera.calendar import LAST_DAY, add_days, add_months, period_ends
from cartera.facts.tables import Facts, Frame
from cartera.portfolio.amounts import TOTAL, at_stake
from cartera.portfolio.changes import changes, visible
from cartera.portfolio.policy import AnyPolicy
from cartera.portfolio.segments import segment_table
from cartera.portfolio.timeline import timeline

MONTHS = 13


def ahead(
    facts: Facts, *, day: date, policy: AnyPolicy, suppose: Sequence[str] = (), counts_plans: bool = True
) -> Frame:
    """One row per day and segment of the portfolio, also the empty ones: `day`, then every month's end to 13 months on.

    Columns: on, segment, client_count, at_stake (of the clients who then stand there: net sales of the 365 days up to
    the last invoice that each had on `day`). suppose: clients that are supposed to be invoiced on the day before their
    segment would change, and never again. counts_plans: whether what is planned, or issued ahead, is taken to come.
    """
    seen = facts if counts_plans else without_plans(facts, day)
    intervals = timeline(_supposed(visible(seen, day), facts, suppose, day, policy), policy=policy)
    days = facts.room.table({"on": days_ahead(day)}, {"on": nw.Date})
    until = nw.col("until_on").fill_null(LAST_DAY)
    stands = intervals.join(days, how="cross").filter((nw.col("from_on") <= nw.col("on")) & (nw.col("on") < until))
    worth = at_stake(visible(facts, day), day)
    rows = stands.select("client_id", "segment", "on").join(worth, on="client_id", how="left")
    found = rows.group_by("on", "segment").agg(
        client_count=nw.len().cast(nw.Int64), at_stake=nw.col("at_stake").sum().cast(TOTAL)
    )
    places = segment_table(facts, policy)
    grid = days.join(places.filter(nw.col("is_inside")).select("segment"), how="cross")
    return grid.join(facts.room.keep(found), on=["on", "segment"], how="left").select(
        "on", "segment", nw.col("client_count").fill_null(0), nw.col("at_stake").fill_null(0).cast(TOTAL)
    )


def days_ahead(day: date) -> list[date]:
    """The day and the last days of the months after it."""
    last = add_months(day, MONTHS)
    ends = period_ends(add_days(day, 1), last, "month")
    return [day, *(end for end in ends if end < last), last]


def without_plans(facts: Facts, day: date) -> Facts:
    """The facts without what is planned, or issued ahead."""
    return replace(facts, invoices=facts.invoices.filter(nw.col("issued_on") <= day))


def _supposed(facts: Facts, whole: Facts, suppose: Sequence[str], day: date, policy: AnyPolicy) -> Facts:
    """The facts with an invoice more of each client supposed to buy."""
    if not suppose:
        return facts
    turns = changes(whole, day=day, policy=policy).filter(nw.col("client_id").is_in(list(suppose)))
    found = {row["client_id"]: row["next_on"] for row in whole.room.rows(turns.select("client_id", "next_on"))}
    schema = dict(facts.invoices.collect_schema())
    columns: dict[str, list[Any]] = {name: [None] * len(found) for name in schema}
    columns |= {
        "invoice_id": [f"supposed {client_id}" for client_id in found], "client_id": list(found),
        "issued_on": [max(add_days(turn or day, -1), add_days(day, 1)) for turn in found.values()],
        "known_on": [day] * len(found), "amount": [1] * len(found), "kind": ["invoice"] * len(found),
        "state": ["issued"] * len(found), "currency": [whole.currency or ""] * len(found),
    }  # fmt: skip
    more = whole.room.table({name: columns[name] for name in schema}, schema)
    told = frozenset({"invoices.state", "invoices.known_on", "invoices.kind"})
    return replace(facts, invoices=nw.concat([facts.invoices, more]), absent=facts.absent - told)
