"""Why did sales change? Lost, new, returned, grown and shrunk clients; the parts sum to the difference exactly."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import narwhals as nw

from cartera.errors import InputError
from cartera.facts.tables import Facts, Frame
from cartera.portfolio.amounts import TOTAL
from cartera.portfolio.compared import PARTS, compared, period
from cartera.portfolio.dimensions import dimensions
from cartera.portfolio.policy import AnyPolicy
from cartera.portfolio.prices import LINE_DIMENSIONS, prices

MOVING = tuple(part for part in PARTS if part != "steady")  # a steady client changes nothing


def bridge(facts: Facts, *, day: date, policy: AnyPolicy, since: date | None = None, by: Sequence[str] = ()) -> Frame:
    """Sales of (since, day], or of the last 365 days, against those a year before; see `compared.period`.

    One row per part (`compared.PARTS`, also the empty ones): part, client_count, amount_before, amount, change. With
    `by` one row per value of the clients' dimensions: amount_before, the change due to each part, amount, change. By a
    column of the lines (product, category): see `prices`. Changes are signed; every row and every total closes.
    """
    del policy  # no rule of a policy decides here; every question is asked alike
    chosen = period(day, since)
    lined = [name for name in by if name in LINE_DIMENSIONS]
    if lined and len(lined) < len(by):
        fix = f"Split by {' and '.join(lined)} alone, and filter with --where."
        raise InputError(f"sales are split by lines or by clients, not by {', '.join(by)} at once.", fix=fix)
    if lined:
        return prices(facts, chosen, by=lined)
    rows = compared(facts, chosen)
    return _split(rows, facts, day, list(by)) if by else _parts(rows, facts)


def _parts(rows: Frame, facts: Facts) -> Frame:
    """One row per part, in their order."""
    is_client = nw.when(~nw.col("client_id").is_null()).then(nw.lit(1)).otherwise(nw.lit(0))
    found = rows.with_columns(one=is_client).group_by("part").agg(
        client_count=nw.col("one").sum(), **{name: nw.col(name).sum() for name in ("amount_before", "amount", "change")}
    )  # fmt: skip
    names: dict[str, list[object]] = {"part": list(PARTS), "rank": list(range(len(PARTS)))}
    grid = facts.room.table(names, {"part": nw.String, "rank": nw.Int64}).join(found, on="part", how="left")
    return grid.select(
        "part",
        "rank",
        nw.col("client_count").fill_null(0).cast(nw.Int64),
        *(nw.col(name).fill_null(0).cast(TOTAL) for name in ("amount_before", "amount", "change")),
    )


def _split(rows: Frame, facts: Facts, day: date, by: list[str]) -> Frame:
    """One row per value of the dimensions as on `day`; unattributed sales have none."""
    rows = rows.join(dimensions(facts, by, day=day), on="client_id", how="left")
    zero = nw.lit(0).cast(TOTAL)
    due = {part: nw.when(nw.col("part") == part).then(nw.col("change")).otherwise(zero) for part in MOVING}
    names = ("amount_before", *MOVING, "amount", "change")
    return rows.with_columns(**due).group_by(*by).agg(*(nw.col(name).sum().cast(TOTAL) for name in names))
