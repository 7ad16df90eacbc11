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

from cartera import tongue
from cartera.facts.tables import Facts, Frame
from cartera.portfolio.amounts import TOTAL
from cartera.portfolio.compared import compared, period
from cartera.portfolio.dimensions import dimensions
from cartera.portfolio.policy import AnyPolicy
from cartera.tongue import say, say_many

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
        return CANT_TELL, unable
    before, change, fall = _sum(rows, "amount_before"), _sum(rows, "change"), _fall(rows)
    if not _falls(change, before, limits):
        return HOLDS, _no_alarm(change, before, limits)
    worst = min(named, key=lambda row: (row["change"], row["rep"]))
    rest = change - worst["change"], before - worst["amount_before"]
    if worst["change"] < -Decimal(str(limits.one_rep_share)) * fall and not _falls(*rest, limits):
        return SALES_FORCE, say(
            "The sales force: the clients of {rep} make up {share} of what fell, and without them sales changed by"
            " {change}.",
            rep=worst["rep"], share=_of(-worst["change"], fall), change=_signed(*rest),
        )  # fmt: skip
    falling = [row for row in named if _falls(row["change"], row["amount_before"], limits)]
    left, won = -_sum(rows, "lost"), _sum(rows, "won")
    many = len(falling) >= limits.many_reps_share * len(named)
    told = say(
        "sales of {falling} of {reps} reps fall, and new and returned clients bring {share} of what departures took"
        " away",
        falling=len(falling), reps=len(named), share=_of(won, left),
    )  # fmt: skip
    if many and won < Decimal(str(limits.replaced_share)) * left:
        return PORTFOLIO, say("The portfolio: {why}.", why=told)
    return MIXED, say("Neither alone: {why}; look at the clients that stayed.", why=told)


def definitions(limits: WakeUpLimits) -> list[tuple[str, str]]:
    """Verdict -> when it holds, the first that does."""
    unable = say(
        "fewer than {clients} clients bought a year before, fewer than {reps} reps had clients then, or more than"
        " {share} of those sales name no rep",
        clients=limits.fewest_clients, reps=limits.fewest_reps, share=tongue.limit(limits.unknown_share, 0),
    )  # fmt: skip
    one = say(
        "one rep's clients make up more than {share} of the falls of all reps, and the others together did not fall by"
        " {fall} or more",
        share=tongue.limit(limits.one_rep_share, 0), fall=tongue.limit(limits.decline_share, 0),
    )  # fmt: skip
    many = say(
        "sales of at least {share} of the reps fall by {fall} or more, and new and returned clients bring less than"
        " {replaced} of what lost ones took",
        share=tongue.limit(limits.many_reps_share, 0), fall=tongue.limit(limits.decline_share, 0),
        replaced=tongue.limit(limits.replaced_share, 0),
    )  # fmt: skip
    return [
        (CANT_TELL, unable),
        (HOLDS, say("sales did not fall by {fall} or more", fall=tongue.limit(limits.decline_share, 0))),
        (SALES_FORCE, one),
        (PORTFOLIO, many),
        (MIXED, say("none of these")),
    ]


def _no_alarm(change: Decimal, before: Decimal, limits: WakeUpLimits) -> str:
    told = _signed(change, before)
    if change >= 0:
        return say("No alarm: sales changed by {change} on the year before.", change=told)
    return say(
        "No alarm: sales changed by {change} on the year before, less than {limit}.",
        change=told, limit=tongue.limit(limits.decline_share, 0),
    )  # fmt: skip


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
        return say_many(
            "Can't tell: {count} client bought a year before; it takes {least}.",
            "Can't tell: {count} clients bought a year before; it takes {least}.",
            count=count, least=limits.fewest_clients,
        )  # fmt: skip
    reps = sum(row["client_count_before"] > 0 for row in named)
    if reps < limits.fewest_reps:
        if not reps:
            return say(
                "Can't tell: no rep had clients a year before; it takes {least}: give each client or invoice a rep"
                " (column rep, or --map rep=COLUMN).",
                least=limits.fewest_reps,
            )
        return say_many(
            "Can't tell: {count} rep had clients a year before; it takes {least}: give each client or invoice a rep"
            " (column rep, or --map rep=COLUMN).",
            "Can't tell: {count} reps had clients a year before; it takes {least}: give each client or invoice a rep"
            " (column rep, or --map rep=COLUMN).",
            count=reps, least=limits.fewest_reps,
        )  # fmt: skip
    before = _sum(rows, "amount_before")
    unknown = before - _sum(named, "amount_before")
    if unknown > Decimal(str(limits.unknown_share)) * before:
        return say("Can't tell: {share} of the sales of the year before name no rep.", share=_of(unknown, before))
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
    return tongue.share(part / whole, 0) if whole > 0 else say("nothing")


def _signed(change: Decimal, before: Decimal) -> str:
    share = _share(change, before)
    return tongue.number(change, sign=True) if share is None else tongue.share(share, sign=True)
