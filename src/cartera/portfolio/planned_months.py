"""How much is planned for the months to come, and where do the plans come from?"""

from __future__ import annotations

from datetime import date
from typing import Any

import narwhals as nw

from cartera.calendar import period_start
from cartera.facts.tables import Facts, Frame
from cartera.portfolio.amounts import TOTAL, reported
from cartera.portfolio.counting import documents


def planned_months(facts: Facts, *, day: date) -> Frame:
    """One row per month with a plan to come and per source: month_on (its first day), source (null where none is told),
    plan_count, client_count, amount (in the reporting currency, without what has no rate).
    """
    rows = facts.room.keep(standing_plans(facts, day))
    dates = [row["issued_on"] for row in facts.room.rows(rows.select("issued_on").unique())]
    columns: dict[str, list[Any]] = {"on": dates, "month_on": [period_start(on, "month") for on in dates]}
    months = facts.room.table(columns, {"on": nw.Date, "month_on": nw.Date})
    dated = rows.join(months, left_on="issued_on", right_on="on")
    return dated.group_by("month_on", "source").agg(
        plan_count=nw.len().cast(nw.Int64),
        client_count=nw.col("client_id").n_unique().cast(nw.Int64),
        amount=nw.col("amount").sum().fill_null(0).cast(TOTAL),
    )


def standing_plans(facts: Facts, day: date) -> Frame:
    """client_id, issued_on, source, amount of every plan that is known on `day`, stands and is to come."""
    known = nw.col("known_on").is_null() | (nw.col("known_on") <= day)
    rows = documents(facts, day).filter(nw.col("is_plan") & known & (nw.col("issued_on") > day))
    return rows.select("client_id", "issued_on", "source", amount=reported(facts))
