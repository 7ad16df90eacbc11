"""How many days lie between a client's purchases? Gaps in order of time and of size, for exact medians and limits.

Days are whole numbers and so are the weights, so that every engine gives the same figure to the last bit.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import narwhals as nw

from cartera.facts.tables import Facts, Frame
from cartera.portfolio.purchase_dates import purchase_dates
from cartera.tongue import in_force

TENTHS = 10  # figures in days carry one decimal
MEDIAN = 5  # the quantile with half of the gaps on either side, in tenths


def numbered_purchases(facts: Facts, *, day: date) -> Frame:
    """client_id, number: the purchase dates up to `day` as day numbers, 1 for the first of January of year 1."""
    rows = facts.room.keep(purchase_dates(facts, day=day))
    dates = [row["issued_on"] for row in facts.room.rows(rows.select("issued_on").unique())]
    columns: dict[str, list[Any]] = {"issued_on": dates, "number": [on.toordinal() for on in dates]}
    numbers = facts.room.table(columns, {"issued_on": nw.Date, "number": nw.Int64})
    return rows.join(numbers, on="issued_on").select("client_id", "number")


def gaps(purchases: Frame) -> Frame:
    """client_id, number, gap: the days from each purchase to the one before it, 1 or more."""
    before = nw.col("number").shift(1).over("client_id", order_by="number")
    rows = purchases.with_columns(before=before).filter(~nw.col("before").is_null())
    return rows.select("client_id", "number", gap=(nw.col("number") - nw.col("before")).cast(nw.Int64))


def placed(rows: Frame) -> Frame:
    """The gaps with gap_count of their client, age (0 for its newest gap) and place (0 for its shortest)."""
    one = nw.lit(1, nw.Int64)
    rows = rows.with_columns(one=one)
    place = nw.col("one").cum_sum().over("client_id", order_by=["gap", "number"])
    turn = nw.col("one").cum_sum().over("client_id", order_by="number")
    rows = rows.with_columns(gap_count=nw.col("one").sum().over("client_id"), place=place, turn=turn)
    whole = {name: nw.col(name).cast(nw.Int64) for name in ("gap_count", "place", "turn")}
    rows = rows.with_columns(**whole)
    return rows.select(
        "client_id", "number", "gap", "gap_count", age=nw.col("gap_count") - nw.col("turn"), place=nw.col("place") - 1
    )


def quantile_part(tenth: int) -> nw.Expr:
    """What a gap contributes to the quantile `tenth` / 10 of its client's gaps, in tenths of a day: sum the parts.

    The quantile interpolates between the two gaps beside it (type 7 of Hyndman and Fan, 1996, the usual one).
    Wants the columns of `placed`.
    """
    # Counted from the shortest as 0, the quantile lies at (count - 1) * tenth / 10; its neighbours weigh by nearness.
    off = (nw.col("gap_count") - 1) * tenth - nw.col("place") * TENTHS
    near = nw.when(off >= 0).then(TENTHS - off).otherwise(TENTHS + off)
    return nw.when(near > 0).then(nw.col("gap") * near).otherwise(nw.lit(0, nw.Int64)).cast(nw.Int64)


def quantile_of(counts: dict[int, int], tenth: int) -> float | None:
    """The same quantile of gaps told as gap -> how often it occurs; None of none."""
    size = sum(counts.values())
    if not size:
        return None
    low, rest = divmod((size - 1) * tenth, TENTHS)
    shorter, longer = _at(counts, low), _at(counts, min(low + 1, size - 1))
    return (shorter * TENTHS + (longer - shorter) * rest) / TENTHS


def _at(counts: dict[int, int], place: int) -> int:
    for gap in sorted(counts):
        place -= counts[gap]
        if place < 0:
            return gap
    raise IndexError(place)


def days_text(tenths: str) -> nw.Expr:
    """A column of tenths of a day as text: 31 or 31.5."""
    whole, rest = nw.col(tenths) // TENTHS, nw.col(tenths) % TENTHS
    part = nw.when(rest == 0).then(nw.lit("")).otherwise(nw.concat_str([nw.lit("."), rest.cast(nw.String)]))
    return nw.concat_str([whole.cast(nw.String), part])


def days_said(tenths: str) -> nw.Expr:
    """The same as the tongue in force writes it: 31 or 31,5."""
    whole, rest = nw.col(tenths) // TENTHS, nw.col(tenths) % TENTHS
    some = nw.concat_str([nw.lit(in_force().decimal), rest.cast(nw.String)])
    return nw.concat_str([whole.cast(nw.String), nw.when(rest == 0).then(nw.lit("")).otherwise(some)])


def days_number(tenths: str) -> nw.Expr:
    """The same as a number: the nearest one there is to 31.5, which a division by ten is not on every engine."""
    return days_text(tenths).cast(nw.Float64)
