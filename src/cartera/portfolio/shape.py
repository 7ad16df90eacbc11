"""Is the portfolio mature, growing, declining, or can't we tell? One word, and the sentence that says why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import narwhals as nw

from cartera.facts.tables import Facts, Frame
from cartera.portfolio.composition import composition
from cartera.portfolio.policy import AnyPolicy
from cartera.portfolio.segments import at_risk_ids, inside_ids


@dataclass(frozen=True)
class ShapeLimits:
    """Where the words begin, as clients and as shares of the portfolio; the sources' own figures."""

    fewest_clients: int = 5
    inaccurate_share: float = 0.20
    declining_share: float = 0.50
    active_share: float = 0.50
    mature_new_share: float = 0.20


def shape(facts: Facts, *, day: date, policy: AnyPolicy, limits: ShapeLimits | None = None) -> Frame:
    """One row: shape (can't tell, inaccurate, declining, mature, growing, mixed), sentence, client_count, and
    no_activity_share, new_share, active_share, at_risk_share of the portfolio (null when it is empty).
    """
    rows = facts.room.rows(composition(facts, day=day, policy=policy).select("segment", "client_count"))
    counts = {row["segment"]: row["client_count"] for row in rows}
    size = sum(counts[s] for s in inside_ids(policy))
    word, sentence = shape_of(counts, policy, limits or ShapeLimits())
    at_risk = sum(counts[s] for s in at_risk_ids(policy))
    shares = {
        "no_activity_share": counts.get("no_activity", 0), "new_share": counts["new"], "active_share": counts["active"],
        "at_risk_share": at_risk,
    }  # fmt: skip
    columns = {"shape": [word], "sentence": [sentence], "client_count": [size]}
    types = {"shape": nw.String, "sentence": nw.String, "client_count": nw.Int64} | dict.fromkeys(shares, nw.Float64)
    return facts.room.table(columns | {n: [v / size if size else None] for n, v in shares.items()}, types)


def shape_of(counts: Mapping[str, int], policy: AnyPolicy, limits: ShapeLimits) -> tuple[str, str]:
    """The word and its sentence, from the clients per segment; the first that holds."""
    size = sum(counts[s] for s in inside_ids(policy))
    if size < limits.fewest_clients:
        few = {0: "no client is", 1: "1 client is"}.get(size, f"{size} clients are")
        return "can't tell", f"Can't tell: {few} too few; it takes {limits.fewest_clients}."
    new, active, leaving = counts["new"], counts["active"], counts.get("leaving", counts.get("almost_inactive", 0))
    empty, at_risk = counts.get("no_activity", 0), sum(counts[s] for s in at_risk_ids(policy))
    if empty >= limits.inaccurate_share * size:
        have = "has" if empty == 1 else "have"
        why = f"{_share(empty, size)} {have} no activity; clean them up first, the other shares say little."
        return "inaccurate", f"Inaccurate: {why}"
    if at_risk > limits.declining_share * size:
        return "declining", f"Declining: {_of(at_risk, size)} cooling, more than {limits.declining_share:.0%}."
    balanced = new >= leaving and new < limits.mature_new_share * size
    if active > limits.active_share * size and balanced:
        why = f"{_of(active, size)} active, and {_balance(new, leaving)}."
        return "mature", f"Mature: {why}"
    if new + active > at_risk and new > leaving:
        why = f"{new + active:,} new or active against {at_risk:,} cooling"
        why += f", and {new:,} new against {leaving:,} about to leave."
        return "growing", f"Growing: {why}"
    why = f"{_of(active, size)} active, {_are(at_risk)} cooling, {_are(new)} new, {_are(leaving)} about to leave."
    return "mixed", f"Mixed: {why}"


def _share(count: int, size: int) -> str:
    return f"{count:,} of {size:,} clients ({count / size * 100:.0f} %)"


def _of(count: int, size: int) -> str:
    return f"{_share(count, size)} {'is' if count == 1 else 'are'}"


def _are(count: int) -> str:
    return f"{count:,} {'is' if count == 1 else 'are'}"


def _balance(new: int, leaving: int) -> str:
    if not leaving:
        return "nobody is about to leave"
    return f"{new:,} new {'one makes' if new == 1 else 'ones make'} up for {leaving:,} about to leave"
