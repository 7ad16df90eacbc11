"""What is planned and known on a day, and what became of it? One row per plan that stands."""

from __future__ import annotations

from datetime import date

import narwhals as nw

from cartera.facts.tables import Facts, Frame
from cartera.portfolio.counting import documents
from cartera.portfolio.dimensions import dimension_names, dimensions

PLANNED, BROKEN, OVERTAKEN = "planned", "broken", "overtaken"


def planned(facts: Facts, *, day: date) -> Frame:
    """plan (its id), client_id, name, planned_on, state, days_late, amount, currency, rep, known_on, source.

    state: planned while its day is to come; then broken when nothing was invoiced to the client since, overtaken when
    something was. days_late: since its day, null before. Dropped and kept plans stand no more.
    """
    rows = documents(facts, day)
    last = (
        rows.filter(nw.col("counts") & (nw.col("issued_on") <= day))
        .group_by("client_id")
        .agg(last_on=nw.col("issued_on").max())
    )
    known = nw.col("known_on").is_null() | (nw.col("known_on") <= day)
    rows = rows.filter(nw.col("is_plan") & known).join(last, on="client_id", how="left")
    names = facts.clients.select("client_id", "name")
    rows = rows.select(
        "client_id", "amount", "currency", "known_on", "source", "last_on", plan="invoice_id", planned_on="issued_on"
    ).join(names, on="client_id", how="left")
    if "rep" in dimension_names(facts):
        rows = rows.join(dimensions(facts, ["rep"], day=day), on="client_id", how="left")
    else:
        rows = rows.with_columns(rep=nw.lit(None, nw.String))
    followed = nw.when(nw.col("last_on") >= nw.col("planned_on")).then(nw.lit(OVERTAKEN)).otherwise(nw.lit(BROKEN))
    late = nw.col("planned_on") <= day
    rows = facts.room.keep(rows.with_columns(state=nw.when(~late).then(nw.lit(PLANNED)).otherwise(followed)))
    return rows.join(_days_late(rows, facts, day), on="planned_on", how="left").select(
        "plan", "client_id", nw.coalesce("name", "client_id").alias("name"), "planned_on", "amount", "currency", "rep",
        "known_on", "source", "state", "days_late",
    )  # fmt: skip


def _days_late(rows: Frame, facts: Facts, day: date) -> Frame:
    late = rows.filter(nw.col("planned_on") <= day)
    dates = [row["planned_on"] for row in facts.room.rows(late.select("planned_on").unique())]
    columns = {"planned_on": dates, "days_late": [(day - on).days for on in dates]}
    return facts.room.table(columns, {"planned_on": nw.Date, "days_late": nw.Int64})
