"""Who bought when last, how often and for how much, which scores does that give, and what is such a client called?

One pass over the documents makes `purchases`; all the rest works on one row per client.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import narwhals as nw

from cartera.calendar import days_between
from cartera.facts.schema import MONEY
from cartera.facts.tables import Facts, Frame
from cartera.money import QUANTUM
from cartera.portfolio.amounts import TOTAL
from cartera.portfolio.breaks import AXES, Breaks
from cartera.portfolio.cells import CELLS, SCORES, UNSCORED, Cell, cell_of, fm_score
from cartera.portfolio.purchases import INVOICES, purchases
from cartera.portfolio.sales_window import YEAR
from cartera.portfolio.scores import QUANTILE, Cuts, column_of, cuts
from cartera.portfolio.whole import those_of

UNITS, WIDE = 10_000, Decimal(10) ** 13  # the smallest amounts in one; sums beyond do not fit 64 bits of them
MONEY_UNITS = nw.Decimal(18, 0)


@dataclass(frozen=True)
class Scoring:
    """How clients are scored. window: 365 days, or all of the history. scores: quantile, r, or fixed breaks.

    frequency: what is counted, invoices or purchase dates. cells: the names; they cover the grid once.
    """

    window: str = YEAR
    scores: str | Breaks = QUANTILE
    frequency: str = INVOICES
    cells: Sequence[Cell] = CELLS


USUAL = Scoring()


def rfm(facts: Facts, *, day: date, scoring: Scoring = USUAL, whole: Facts | None = None) -> Frame:
    """One row per client born by `day`: what it bought in the window, and its scores among those that bought.

    Columns: client_id, name, rfm_score (543 for 5, 4 and 3), r_score, f_score, m_score (1 to 5, 5 the best; null for
    clients without a counted invoice in the window), cell, recency_days (since the last counted invoice ever, null
    without one), frequency, monetary (net sales of the window), average_amount (monetary by counted invoice, null
    without one and beyond 10^13 of money). UnknownNameError for a window, scores or frequency that there are none of.
    whole: everybody, among whom these clients are scored; `facts` themselves when None.
    """
    rows, found = _measured(whole or facts, day, scoring)
    return _scored(those_of(rows, facts, whole), facts, found, scoring).select(
        "client_id", "name", "rfm_score", "r_score", "f_score", "m_score", "cell", "recency_days", "frequency",
        "monetary", "average_amount",
    )  # fmt: skip


def rfm_cuts(facts: Facts, *, day: date, scoring: Scoring = USUAL) -> dict[str, Cuts]:
    """What divides the scores of recency, frequency and monetary; empty when nobody bought in the window."""
    return _measured(facts, day, scoring)[1]


def rfm_grid(facts: Facts, *, day: date, scoring: Scoring = USUAL, whole: Facts | None = None) -> Frame:
    """One row per cell of the grid, also the empty ones, and one for the clients without a purchase in the window.

    Columns: r_score, fm_score (the mean of the scores of frequency and money, halves rounded up), both null for those
    without scores, cell, client_count, client_share (of all clients, 0..1, null when there are none), amount.
    whole: as of `rfm`.
    """
    rows, found = _measured(whole or facts, day, scoring)
    rows = those_of(rows, facts, whole)
    keys = {"place": nw.coalesce(nw.col("r_score") * 10 + nw.col("fm_score"), nw.lit(0))}
    counted = _scored(rows, facts, found, scoring).with_columns(**keys).group_by("place").agg(
        client_count=nw.len().cast(nw.Int64), amount=nw.col("monetary").sum()
    )  # fmt: skip
    grid = _grid(facts, scoring.cells).join(facts.room.keep(counted), on="place", how="left")
    grid = grid.with_columns(nw.col("client_count").fill_null(0), amount=nw.col("amount").fill_null(0).cast(TOTAL))
    grid = grid.with_columns(one=nw.lit(1)).with_columns(size=nw.col("client_count").sum().over("one"))
    share = nw.when(nw.col("size") > 0).then(nw.col("client_count") / nw.col("size"))
    return grid.select("r_score", "fm_score", "cell", "client_count", client_share=share, amount="amount")


def _measured(facts: Facts, day: date, scoring: Scoring) -> tuple[Frame, dict[str, Cuts]]:
    """The purchases of every client with recency_days, and the cuts among those that bought."""
    rows = facts.room.keep(purchases(facts, day=day, window=scoring.window, frequency=scoring.frequency))
    bought = nw.col("frequency") > 0
    first = facts.room.rows(rows.select(nw.col("last_issued_on").min(), count=bought.cast(nw.Int64).sum()))[0]
    rows = rows.join(_ages(facts, first["last_issued_on"], day), on="last_issued_on", how="left")
    scored = rows.filter(bought).select(*(column_of(axis) for axis in AXES))
    return rows, cuts(facts, scored, first["count"] or 0, scoring.scores)


def _ages(facts: Facts, first: date | None, day: date) -> Frame:
    """last_issued_on, recency_days for every day from `first` to `day`."""
    days = days_between(first, day) if first else []
    columns: dict[str, list[Any]] = {"last_issued_on": days, "recency_days": [(day - one).days for one in days]}
    return facts.room.table(columns, {"last_issued_on": nw.Date, "recency_days": nw.Int64})


def _scored(rows: Frame, facts: Facts, found: dict[str, Cuts], scoring: Scoring) -> Frame:
    """With the scores, the place in the grid, the name of its cell and the average invoice."""
    nobody = nw.lit(None, nw.Int64)
    score = {axis: found[axis].score(nw.col(column_of(axis))) if axis in found else nobody for axis in AXES}
    rows = rows.with_columns(
        **{f"{axis[0]}_score": nw.when(nw.col("frequency") > 0).then(score[axis]) for axis in AXES}
    )
    rows = rows.join(_names(facts, scoring.cells), on=["r_score", "f_score", "m_score"], how="left")
    return rows.with_columns(cell=nw.coalesce("cell", nw.lit(UNSCORED)), average_amount=_average())


def _average() -> nw.Expr:
    """Money by invoice, a half of the smallest unit upwards; null without an invoice, and beyond WIDE."""
    # In whole numbers, because engines disagree on how a quotient is rounded; and nothing is divided by 0 or cast too
    # narrow, because engines compute before they choose.
    money, count = nw.col("monetary"), nw.col("invoice_count")
    is_fit = (count > 0) & (money < WIDE) & (money > -WIDE)
    units = (nw.when(is_fit).then(money).otherwise(nw.lit(0)).cast(MONEY) * UNITS).cast(nw.Int64)
    divisor = nw.when(count > 0).then(count).otherwise(nw.lit(1, nw.Int64))
    average = ((units * 2 + divisor) // (divisor * 2)).cast(MONEY_UNITS) * QUANTUM
    return nw.when(is_fit).then(average.cast(TOTAL))


def _names(facts: Facts, cells: Sequence[Cell]) -> Frame:
    """rfm_score, fm_score and cell for each of the 125 triples of scores."""
    triples = [(r, f, m, fm_score(f, m)) for r in SCORES for f in SCORES for m in SCORES]
    r, f, m, fm = (list(column) for column in zip(*triples, strict=True))
    columns: dict[str, list[Any]] = {
        "r_score": r, "f_score": f, "m_score": m, "rfm_score": [100 * a + 10 * b + c for a, b, c, _ in triples],
        "fm_score": fm, "cell": [cell_of(a, d, cells) for a, _, _, d in triples],
    }  # fmt: skip
    return facts.room.table(columns, dict.fromkeys(columns, nw.Int64) | {"cell": nw.String})


def _grid(facts: Facts, cells: Sequence[Cell]) -> Frame:
    """r_score, fm_score, cell, place of the 25 cells and of the clients without scores."""
    pairs = [(r, fm) for r in SCORES for fm in SCORES]
    columns: dict[str, list[Any]] = {
        "r_score": [*(r for r, _ in pairs), None], "fm_score": [*(fm for _, fm in pairs), None],
        "cell": [*(cell_of(r, fm, cells) for r, fm in pairs), UNSCORED],
        "place": [*(10 * r + fm for r, fm in pairs), 0],
    }  # fmt: skip
    return facts.room.table(columns, dict.fromkeys(columns, nw.Int64) | {"cell": nw.String})
