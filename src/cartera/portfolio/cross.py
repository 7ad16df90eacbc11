"""How many clients, with how much money, are of this class and of that one? Any two classifications as a table."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import narwhals as nw

from cartera.errors import InputError
from cartera.facts.tables import Facts, Frame
from cartera.portfolio.amounts import TOTAL, year_sales
from cartera.portfolio.classes import SEGMENT, classed
from cartera.portfolio.policy import AnyPolicy
from cartera.portfolio.whole import those_of
from cartera.tongue import say

USUAL = (SEGMENT, "frequency")


def cross(
    facts: Facts, *, day: date, policy: AnyPolicy, by: Sequence[str] = USUAL, whole: Facts | None = None
) -> Frame:
    """One row per pair of classes that some client born by `day` has.

    by: two of the classifications (`classes.CLASSIFICATIONS`), segment, or columns of the facts; one is crossed with
    the segment. Columns: the two, null where nobody said; client_count, client_share (of all clients in the table,
    0..1), amount (net sales of the last 365 days). Clients and money add up to those of `composition` exactly.
    InputError: the same one twice, or more than two; UnknownNameError: no such classification.
    whole: everybody, among whom these clients are classed; `facts` themselves when None.
    """
    pair = both(by)
    rows = those_of(classed(whole or facts, pair, day=day, policy=policy), facts, whole)
    rows = rows.join(year_sales(facts, day), on="client_id", how="left")
    cells = rows.group_by(*pair).agg(client_count=nw.len().cast(nw.Int64), amount=nw.col("amount").sum())
    cells = facts.room.keep(cells)
    size = facts.room.rows(cells.select(nw.col("client_count").sum()))[0]["client_count"] or 1
    share = nw.col("client_count") / nw.lit(int(size))
    return cells.with_columns(client_share=share).select(
        *pair, "client_count", "client_share", nw.col("amount").fill_null(0).cast(TOTAL)
    )


def both(by: Sequence[str]) -> tuple[str, str]:
    """The two classifications of a table: those given, with the usual ones in the place of what was not."""
    if not by:
        return USUAL
    if len(by) == 1 and by[0] != SEGMENT:
        return SEGMENT, by[0]
    if len(by) == 1:
        return USUAL
    if len(by) != 2 or by[0] == by[1]:
        fix = "A working example: --by segment --by frequency."
        raise InputError(
            say("a cross-table has two different sides, not {names}.", names=", ".join(by)), where="--by", fix=fix
        )
    return by[0], by[1]
