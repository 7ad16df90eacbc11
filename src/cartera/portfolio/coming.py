"""Who changes segment next, when, to what, and how much is at stake, if nobody acts?"""

from __future__ import annotations

from datetime import date

import narwhals as nw

from cartera.facts.tables import Facts, Frame
from cartera.portfolio.activity import standing
from cartera.portfolio.amounts import TOTAL, at_stake, planned_sales
from cartera.portfolio.changes import changes
from cartera.portfolio.policy import AnyPolicy


def coming(facts: Facts, *, day: date, policy: AnyPolicy) -> Frame:
    """One row per client whose segment will change if nobody acts, from what is visible on `day`.

    Columns: client_id, name, segment, next_segment, next_on, days_until (days), at_stake (net sales of the 365 days up
    to its last invoice), planned_amount, next_planned_on.
    """
    rows = standing(facts, day=day, policy=policy).select("client_id", "segment", "next_planned_on")
    rows = rows.join(changes(facts, day=day, policy=policy), on="client_id").filter(~nw.col("next_on").is_null())
    planned = planned_sales(facts, day=day, horizon_end=policy.horizon_end(day))
    for more in (at_stake(facts, day), planned, facts.clients.select("client_id", "name")):
        rows = rows.join(more, on="client_id", how="left")
    rows = facts.room.keep(rows)
    return rows.join(_days_until(rows, facts, day), on="next_on").select(
        "client_id", nw.coalesce("name", "client_id").alias("name"), "segment", "next_segment", "next_on", "days_until",
        *(nw.col(n).fill_null(0).cast(TOTAL) for n in ("at_stake", "planned_amount")), "next_planned_on",
    )  # fmt: skip


def _days_until(rows: Frame, facts: Facts, day: date) -> Frame:
    dates = [row["next_on"] for row in facts.room.rows(rows.select("next_on").unique())]
    columns = {"next_on": dates, "days_until": [(on - day).days for on in dates]}
    return facts.room.table(columns, {"next_on": nw.Date, "days_until": nw.Int64})
