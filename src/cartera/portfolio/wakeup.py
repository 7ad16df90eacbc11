"""When sales fall, is it the sales force or the portfolio? One rep's clients, or many reps whose departures are not
replaced; from the bridge of sales by rep.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import narwhals as nw

from cartera.facts.tables import Facts, Frame
from cartera.portfolio.amounts import TOTAL
from cartera.portfolio.compared import compared, period
from cartera.portfolio.dimensions import dimensions
from cartera.portfolio.policy import AnyPolicy

CANT_TELL, HOLDS, SALES_FORCE, PORTFOLIO, MIXED = "can't tell", "holds", "sales force", "portfolio", "mixed"
COUNTS = ("client_count_before", "client_count", "lost_count", "won_count")
MONEY = ("amount_before", "lost", "won", "kept", "amount", "change")
Row = Mapping[str, Any]


@dataclass(frozen=True)
class WakeUpLimits:
    """Where the verdicts begin; ours. Shares are of last year's sales, of the reps, or of what left.

    fewest_clients: who bought a year before. fewest_reps: with such clients. unknown_share: sales of clients without a
    rep. decline_share: a fall smaller than this is none. one_rep_share: of the falls of all reps together.
    many_reps_share: of the reps, that fall. replaced_share: what new and returned clients bring of what left.
    """

    fewest_clients: int = 5
    fewest_reps: int = 2
    unknown_share: float = 0.5
    decline_share: float = 0.05
    one_rep_share: float = 0.5
    many_reps_share: float = 0.5
    replaced_share: float = 1.0


def wakeup(
    facts: Facts, *, day: date, policy: AnyPolicy, since: date | None = None, limits: WakeUpLimits | None = None
) -> Frame:
    """One row per rep: rep, client_count_before and client_count (who bought), lost_count, won_count (new, returned),
    amount_before, the change due to lost, won and kept clients (credit notes alone included), amount, change,
    change_share (null without sales before); and on every row the whole's verdict.

    Sales without a client have no rep, like those of clients without one. No row without sales in either period.
    """
    del policy  # no rule of a policy decides here; every question is asked alike
    rows = compared(facts, period(day, since)).join(dimensions(facts, ["rep"], day=day), on="client_id", how="left")
    found = facts.room.rows(_by_rep(rows))
    word, _ = verdict(found, limits or WakeUpLimits())
    told = [row | {"change_share": _share(row["change"], row["amount_before"]), "verdict": word} for row in found]
    money = ("lost", "won", "kept")
    columns = ("rep", *COUNTS, "amount_before", *money, "amount", "change", "change_share", "verdict")
    types = dict.fromkeys(COUNTS, nw.Int64) | dict.fromkeys(MONEY, TOTAL) | {"change_share": nw.Float64}
    return facts.room.table(
        {name: [row[name] for row in told] for name in columns}, {n: types.get(n, nw.String) for n in columns}
    )


def verdict(rows: Sequence[Row], limits: WakeUpLimits) -> tuple[str, str]:
    """The word and its sentence, from the rows of `wakeup`; the first that holds."""
    named = [row for row in rows if row["rep"] is not None]
    unable = _unable(rows, named, limits)
    if unable:
        return CANT_TELL, f"Can't tell: {unable}"
    before, change, fall = _sum(rows, "amount_before"), _sum(rows, "change"), _fall(rows)
    if not _falls(change, before, limits):
        least = f", less than {limits.decline_share:.0%}" if change < 0 else ""
        return HOLDS, f"No alarm: sales changed by {_signed(change, before)} on the year before{least}."
    worst = min(named, key=lambda row: (row["change"], row["rep"]))
    rest = change - worst["change"], before - worst["amount_before"]
    if worst["change"] < -Decimal(str(limits.one_rep_share)) * fall and not _falls(*rest, limits):
        others = f"without them sales changed by {_signed(*rest)}"
        return SALES_FORCE, (
            f"The sales force: the clients of {worst['rep']} make up {_of(-worst['change'], fall)} of what fell, and"
            f" {others}."
        )
    falling = [row for row in named if _falls(row["change"], row["amount_before"], limits)]
    left, won = -_sum(rows, "lost"), _sum(rows, "won")
    many = len(falling) >= limits.many_reps_share * len(named)
    told = f"sales of {len(falling)} of {len(named)} reps fall, and new and returned clients bring {_of(won, left)}"
    if many and won < Decimal(str(limits.replaced_share)) * left:
        return PORTFOLIO, f"The portfolio: {told} of what departures took away."
    return MIXED, f"Neither alone: {told} of what departures took away; look at the clients that stayed."


def definitions(limits: WakeUpLimits) -> list[tuple[str, str]]:
    """Verdict -> when it holds, the first that does."""
    fall = f"fall by {limits.decline_share:.0%} or more"
    unable = (
        f"fewer than {limits.fewest_clients} clients bought a year before, fewer than {limits.fewest_reps} reps had"
        f" clients then, or more than {limits.unknown_share:.0%} of those sales name no rep"
    )
    one = f"one rep's clients make up more than {limits.one_rep_share:.0%} of the falls of all reps"
    many = f"sales of at least {limits.many_reps_share:.0%} of the reps {fall}"
    replaced = f"new and returned clients bring less than {limits.replaced_share:.0%} of what lost ones took"
    return [
        (CANT_TELL, unable),
        (HOLDS, f"sales did not {fall}"),
        (SALES_FORCE, f"{one}, and the others together did not {fall}"),
        (PORTFOLIO, f"{many}, and {replaced}"),
        (MIXED, "none of these"),
    ]


def _by_rep(rows: Frame) -> Frame:
    part, change = nw.col("part"), nw.col("change")
    zero, one = nw.lit(0).cast(TOTAL), nw.lit(1)
    lost, won = part == "lost", part.is_in(["new", "returned"])
    is_client = ~nw.col("client_id").is_null()
    flags = {
        "client_count_before": is_client & (nw.col("amount_before") > zero),
        "client_count": is_client & (nw.col("amount") > zero), "lost_count": lost, "won_count": won,
    }  # fmt: skip
    rows = rows.with_columns(
        **{name: nw.when(flag).then(one).otherwise(nw.lit(0)) for name, flag in flags.items()},
        lost=nw.when(lost).then(change).otherwise(zero),
        won=nw.when(won).then(change).otherwise(zero),
        kept=nw.when(~lost & ~won).then(change).otherwise(zero),
    )
    return rows.group_by("rep").agg(
        *(nw.col(name).sum().cast(nw.Int64) for name in COUNTS), *(nw.col(name).sum().cast(TOTAL) for name in MONEY)
    )


def _unable(rows: Sequence[Row], named: Sequence[Row], limits: WakeUpLimits) -> str:
    """Why nothing can be said, or nothing."""
    count = sum(row["client_count_before"] for row in rows)
    if count < limits.fewest_clients:
        were = "client" if count == 1 else "clients"
        return f"{count} {were} bought a year before; it takes {limits.fewest_clients}."
    reps = sum(row["client_count_before"] > 0 for row in named)
    if reps < limits.fewest_reps:
        had = "no rep" if not reps else f"{reps} rep" if reps == 1 else f"{reps} reps"
        fix = "give each client or invoice a rep (column rep, or --map rep=COLUMN)."
        return f"{had} had clients a year before; it takes {limits.fewest_reps}: {fix}"
    before = _sum(rows, "amount_before")
    unknown = before - _sum(named, "amount_before")
    if unknown > Decimal(str(limits.unknown_share)) * before:
        return f"{_of(unknown, before)} of the sales of the year before name no rep."
    return ""


def _falls(change: Decimal, before: Decimal, limits: WakeUpLimits) -> bool:
    return change < 0 and change <= -Decimal(str(limits.decline_share)) * before


def _fall(rows: Sequence[Row]) -> Decimal:
    """What the reps with less than before lost together."""
    return -sum((min(row["change"], Decimal(0)) for row in rows), Decimal(0))


def _sum(rows: Sequence[Row], name: str) -> Decimal:
    return sum((row[name] for row in rows), Decimal(0))


def _share(part: Decimal, whole: Decimal) -> float | None:
    return float(part / whole) if whole > 0 else None


def _of(part: Decimal, whole: Decimal) -> str:
    return f"{part / whole * 100:.0f} %" if whole > 0 else "nothing"


def _signed(change: Decimal, before: Decimal) -> str:
    share = _share(change, before)
    return f"{change:+,.0f}" if share is None else f"{share * 100:+,.1f} %"
