"""How long does a client last? The share of lifetimes that last longer than so many days, after Kaplan and Meier.

Lifetimes that go on are not ended ones: they count for as long as they were watched, and say nothing of later days.
Kaplan and Meier, "Nonparametric estimation from incomplete observations", J. Am. Stat. Assoc. 53 (1958), 457-481.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import pairwise
from typing import Any

import narwhals as nw

from cartera.facts.tables import Facts, Frame
from cartera.portfolio.dimensions import dimensions, refuse_names
from cartera.portfolio.lifetimes import lifetimes
from cartera.portfolio.policy import AnyPolicy

COLUMNS = {
    "days": nw.Int64, "at_risk_count": nw.Int64, "ended_count": nw.Int64, "open_count": nw.Int64,
    "survival_share": nw.Float64,
}  # fmt: skip
HALF = 0.5 + 1e-9  # a product of shares that is a half on paper may come out a bit above it
Step = Mapping[str, Any]


def survival(facts: Facts, *, day: date, policy: AnyPolicy, by: Sequence[str] = ()) -> Frame:
    """One row per number of days after which a lifetime ended by `day`; the first row is day 0, the last the longest
    time that any was watched. No row where nobody ever was in the portfolio. by: such a curve per value that the
    dimensions have on `day`.

    Columns: the dimensions, days, at_risk_count (lifetimes watched for at least so long), ended_count (lost or
    cancelled after exactly so long), open_count (watched for less than the next row's days and not ended: censored),
    survival_share (of all lifetimes, those that last longer; 0..1).
    """
    refuse_names(by, ("client_id", *COLUMNS))
    rows = lifetimes(facts, day=day, policy=policy)
    if by:
        rows = rows.join(dimensions(facts, by, day=day), on="client_id", how="left")
    rows = rows.select(*by, "days", one=nw.lit(1), ended=_as_number("is_ended"))
    found = facts.room.rows(rows.group_by(*by, "days").agg(nw.col("one").sum(), nw.col("ended").sum()))
    steps = _curves(found, by)
    types = dict.fromkeys(by, nw.String) | COLUMNS
    return facts.room.table({name: [step[name] for step in steps] for name in types}, types)


def _curves(found: Iterable[Step], by: Sequence[str]) -> list[dict[str, Any]]:
    """The rows of one curve per value, or per pair of them."""
    groups: dict[tuple[Any, ...], list[tuple[int, int, int]]] = {}
    for row in found:
        groups.setdefault(tuple(row[n] for n in by), []).append((row["days"], row["ended"], row["one"] - row["ended"]))
    return [dict(zip(by, key, strict=True)) | step for key, own in groups.items() for step in kaplan_meier(own)]


def kaplan_meier(durations: Iterable[tuple[int, int, int]]) -> list[dict[str, Any]]:
    """The rows of `survival` from (days, how many ended after so long, how many were watched so long and not ended)."""
    found = sorted(durations)
    longest = found[-1][0] if found else 0
    at_risk, share = sum(ended + going for _, ended, going in found), 1.0
    steps: list[dict[str, Any]] = [_step(0, at_risk, 0, share)] if found else []
    for days, ended, going in found:
        # Who was watched for exactly so long was still at risk when others ended.
        if ended or days == longest > 0:
            share *= 1 - ended / at_risk
            steps.append(_step(days, at_risk, ended, share))
        steps[-1]["open_count"] += going
        at_risk -= ended + going
    return steps


def median_days(steps: Sequence[Step]) -> int | None:
    """The fewest days after which no more than half of the lifetimes last; None where more than half lasted longer than
    any was watched.
    """
    return next((step["days"] for step in steps if step["survival_share"] <= HALF), None)


def least_mean_days(steps: Sequence[Step]) -> float:
    """The mean lifetime when nobody lasts longer than was watched: the true one where all ended, else at least that."""
    widths = ((step["survival_share"], after["days"] - step["days"]) for step, after in pairwise(steps))
    return float(sum(share * days for share, days in widths))


def _as_number(flag: str) -> nw.Expr:
    return nw.when(nw.col(flag)).then(nw.lit(1)).otherwise(nw.lit(0))


def _step(days: int, at_risk: int, ended: int, share: float) -> dict[str, Any]:
    return {"days": days, "at_risk_count": at_risk, "ended_count": ended, "open_count": 0, "survival_share": share}
