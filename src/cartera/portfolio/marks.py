"""What did people say of a client? The latest mark on a day, and the marks as steps in time."""

from __future__ import annotations

from datetime import date, datetime

import narwhals as nw

from cartera.facts.tables import Facts, Frame
from cartera.words import MARKS

LONG_AGO = datetime(1, 1, 1)
# On a tie cancelled holds before lost, lost before reactivated: the stronger statement is the later one.
STRENGTH = {mark: len(MARKS) - n for n, mark in enumerate(MARKS)}


def known_marks(facts: Facts) -> Frame:
    """The marks that say something we know, with `recorded` and `strength` to order those of one day."""
    strength = nw.lit(0)
    for mark, value in STRENGTH.items():
        strength = nw.when(nw.col("mark") == mark).then(nw.lit(value)).otherwise(strength)
    rows = facts.marks.filter(nw.col("mark").is_in(list(MARKS)) & ~nw.col("marked_on").is_null())
    return rows.select(
        "client_id", "mark", "marked_on", strength.alias("strength"), recorded=nw.col("recorded_at").fill_null(LONG_AGO)
    )


def last_of_each(rows: Frame, keys: list[str], order: list[str]) -> Frame:
    """The last row of each key in that order."""
    return rows.with_columns(after=nw.col("strength").shift(-1).over(*keys, order_by=order)).filter(
        nw.col("after").is_null()
    ).drop("after")  # fmt: skip


def mark_on(facts: Facts, day: date) -> Frame:
    """client_id, mark, marked_on: the latest mark dated on or before `day`, before anything lifts it."""
    dated = known_marks(facts).filter(nw.col("marked_on") <= day)
    return last_of_each(dated, ["client_id"], ["marked_on", "recorded", "strength"]).select(
        "client_id", "mark", "marked_on"
    )


def marks_by_day(facts: Facts, clients: Frame) -> Frame:
    """client_id, marked_on, mark of these clients: the one mark of each day that speaks."""
    marks = known_marks(facts).join(clients, on="client_id", how="semi")
    last = last_of_each(marks, ["client_id", "marked_on"], ["recorded", "strength"])
    return last.select("client_id", "marked_on", "mark")
