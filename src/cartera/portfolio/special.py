"""The timeline of clients whose history is more than issued invoices: plans, marks, credits, voids, early knowledge.

What can change on which day is worked out per policy (`eventlog.py`, `passing.py`); here are the clients, their rows,
and what both have in common.
"""

from __future__ import annotations

import narwhals as nw

from cartera.calendar import LAST_DAY
from cartera.facts.tables import Facts, Frame
from cartera.portfolio.calendars import Days
from cartera.portfolio.counting import attributed, born_part, is_sale
from cartera.portfolio.eventlog import Histories, settled_log
from cartera.portfolio.marks import marks_by_day
from cartera.portfolio.passing import passing_stretches
from cartera.portfolio.policy import AnyPolicy
from cartera.portfolio.rungs import laid_out
from cartera.portfolio.spans import coming_spans, counted_spans, free_of_credit

COLUMNS = (
    "client_id",
    "kind",
    "state",
    "issued_on",
    "known_on",
    "void_on",
    "amount",
    "currency",
    "invoice_id",
    "credits",
)


def special_clients(facts: Facts, policy: AnyPolicy) -> Frame | None:
    """client_id of the clients with any mark, or any row but plain issued invoices; None when there is none."""
    early = nw.col("known_on") < nw.col("issued_on")
    odd = (nw.col("state") != "issued") | ~nw.col("void_on").is_null() | ~nw.col("credits").is_null() | early
    if not facts.gives("marks", *(f"invoices.{c}" for c in ("state", "void_on", "credits", "known_on"))):
        return None
    ids = attributed(facts).filter(odd).select("client_id")
    if policy.uses_plans_and_marks:
        ids = nw.concat([ids, facts.marks.select("client_id")])
    kept = facts.room.keep(ids.unique())
    return kept if facts.room.rows(kept.head(1)) else None


def special_timeline(facts: Facts, policy: AnyPolicy, days: Days, special: Frame) -> Frame:
    """client_id, segment, reason, from_on, until_on of the special clients; the last one lasts until the last day."""
    keep = facts.room.keep
    rows = keep(attributed(facts).select(*COLUMNS).join(special, on="client_id", how="semi"))
    free = keep(free_of_credit(rows, facts))
    born = keep(_born(rows, facts, special))
    counted = keep(counted_spans(free))
    if not policy.uses_plans_and_marks:
        return _merged(laid_out(passing_stretches(counted, born, facts, policy, days), facts, policy, days))
    coming = keep(coming_spans(free, facts, policy, days))
    marks = keep(marks_by_day(facts, special))
    return _merged(settled_log(Histories(counted, coming, marks, born), facts, policy, days))


def _born(rows: Frame, facts: Facts, special: Frame) -> Frame:
    """client_id, born_on of the special clients that have a born day."""
    parts = (
        rows.filter(is_sale())
        .select("client_id", born_on=born_part(facts))
        .group_by("client_id")
        .agg(nw.col("born_on").min())
    )
    clients = facts.clients.select(key="client_id", created_on="created_on")
    both = special.join(parts, on="client_id", how="left").join(
        clients, left_on="client_id", right_on="key", how="left"
    )
    return both.select("client_id", born_on=nw.min_horizontal("born_on", "created_on")).filter(
        ~nw.col("born_on").is_null()
    )


def _merged(rows: Frame) -> Frame:
    """Rows equal to the one before dropped; each lasts until the next begins."""
    before = {n: nw.col(n).shift(1).over("client_id", order_by="from_on") for n in ("segment", "reason")}
    rows = rows.with_columns(**{f"prior_{n}": e for n, e in before.items()})
    same = (nw.col("segment") == nw.col("prior_segment")) & (nw.col("reason") == nw.col("prior_reason"))
    rows = rows.filter(~same.fill_null(value=False))
    until = nw.col("from_on").shift(-1).over("client_id", order_by="from_on").fill_null(LAST_DAY)
    return rows.with_columns(until_on=until).select("client_id", "segment", "reason", "from_on", "until_on")
