"""Is the portfolio mature, growing, declining, or can't we tell? One word, and the sentence that says why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import narwhals as nw

from cartera import tongue
from cartera.facts.tables import Facts, Frame
from cartera.portfolio.composition import composition
from cartera.portfolio.policy import AnyPolicy
from cartera.portfolio.segments import at_risk_ids, inside_ids
from cartera.tongue import say, say_many


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
        return "can't tell", _too_few(size, limits)
    new, active, leaving = counts["new"], counts["active"], counts.get("leaving", counts.get("almost_inactive", 0))
    empty, at_risk = counts.get("no_activity", 0), sum(counts[s] for s in at_risk_ids(policy))
    if empty >= limits.inaccurate_share * size:
        return "inaccurate", say_many(
            "Inaccurate: {count} of {size} clients ({share}) has no activity; clean them up first, the other shares say"
            " little.",
            "Inaccurate: {count} of {size} clients ({share}) have no activity; clean them up first, the other shares"
            " say little.",
            count=empty, size=size, share=tongue.share(empty / size, 0),
        )  # fmt: skip
    if at_risk > limits.declining_share * size:
        return "declining", say_many(
            "Declining: {count} of {size} clients ({share}) is cooling, more than {limit}.",
            "Declining: {count} of {size} clients ({share}) are cooling, more than {limit}.",
            count=at_risk, size=size, share=tongue.share(at_risk / size, 0),
            limit=tongue.limit(limits.declining_share, 0),
        )  # fmt: skip
    balanced = new >= leaving and new < limits.mature_new_share * size
    if active > limits.active_share * size and balanced:
        why = {"active": _active(active, size), "balance": _balance(new, leaving)}
        return "mature", say("Mature: {active}, and {balance}.", **why)
    if new + active > at_risk and new > leaving:
        return "growing", say(
            "Growing: {warm} new or active against {cooling} cooling, and {new} new against {leaving} about to leave.",
            warm=new + active, cooling=at_risk, new=new, leaving=leaving,
        )  # fmt: skip
    return "mixed", say(
        "Mixed: {active}, {cooling}, {new}, {leaving}.",
        active=_active(active, size), cooling=say_many("{count} is cooling", "{count} are cooling", count=at_risk),
        new=say_many("{count} is new", "{count} are new", count=new),
        leaving=say_many("{count} is about to leave", "{count} are about to leave", count=leaving),
    )  # fmt: skip


def _too_few(size: int, limits: ShapeLimits) -> str:
    if not size:
        return say("Can't tell: no client is too few; it takes {least}.", least=limits.fewest_clients)
    return say_many(
        "Can't tell: {count} client is too few; it takes {least}.",
        "Can't tell: {count} clients are too few; it takes {least}.",
        count=size, least=limits.fewest_clients,
    )  # fmt: skip


def _active(count: int, size: int) -> str:
    return say_many(
        "{count} of {size} clients ({share}) is active", "{count} of {size} clients ({share}) are active",
        count=count, size=size, share=tongue.share(count / size, 0),
    )  # fmt: skip


def _balance(new: int, leaving: int) -> str:
    if not leaving:
        return say("nobody is about to leave")
    return say_many(
        "{count} new one makes up for {leaving} about to leave",
        "{count} new ones make up for {leaving} about to leave",
        count=new, leaving=leaving,
    )  # fmt: skip
