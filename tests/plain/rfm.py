"""Which scores does each client get, read plainly? Fractions over sorted lists, one client at a time."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from math import floor
from typing import Any

from tests.plain import money
from tests.plain.oracle import Client, Row, born, counted

AXES = ("recency_days", "frequency", "monetary")
NAMES = {  # R down from 5, F and M across from 1
    5: ("beginners", "promising", "promising", "strong", "champions"),
    4: ("beginners", "promising", "promising", "strong", "champions"),
    3: ("passing", "passing", "wavering", "wavering", "wavering"),
    2: ("faded", "faded", "once good", "once good", "not to lose"),
    1: ("faded", "faded", "once good", "once good", "not to lose"),
}


def measured(client: Client, day: date, *, window: str, frequency: str) -> Row:
    """What the client bought; of the frequency, invoices or their dates."""
    after = date.min if window == "all" else day - timedelta(365)
    dates = counted(client, day)
    inside = [on for on in dates if on > after]
    net = money.net_sales(client, after, day)
    units = Fraction(net) / len(inside) * 10_000 if inside else None
    return {
        "recency_days": (day - max(dates)).days if dates else None,
        "frequency": len(inside if frequency == "invoices" else set(inside)),
        "monetary": net,
        "average_amount": None if units is None else Fraction(floor(units + Fraction(1, 2)), 10_000),
    }


def type_seven(values: list[Any], fifth: int) -> Fraction:
    """The quantile at fifth / 5."""
    ordered = sorted(values)
    place = Fraction((len(ordered) - 1) * fifth, 5)
    low = ordered[floor(place)]
    high = ordered[min(floor(place) + 1, len(ordered) - 1)]
    return Fraction(low) + (Fraction(high) - Fraction(low)) * (place - floor(place))


def score(value: Any, cuts: list[Fraction], scores: str) -> int:
    """1 for the lowest; of R's rule, each cut raised by one and its value above it."""
    if scores == "r":
        return 1 + sum(value >= cut + 1 for cut in cuts)
    return 1 + sum(value > cut for cut in cuts)


def rfm(clients: dict[str, Client], day: date, *, window: str, scores: Any, frequency: str) -> dict[str, Row]:
    """client_id -> its figures, scores and cell. scores: quantile, r, or the breaks per axis."""
    alive = {c: client for c, client in clients.items() if (start := born(client)) and start <= day}
    rows = {c: measured(client, day, window=window, frequency=frequency) for c, client in alive.items()}
    bought = [row for row in rows.values() if row["frequency"]]
    cuts: dict[str, list[Fraction]] = {}
    for axis in AXES if bought else ():
        own = [row[axis] for row in bought]
        cuts[axis] = [type_seven(own, k) for k in (1, 2, 3, 4)] if isinstance(scores, str) else scores[axis]
    none = {"rfm_score": None, "cell": "no purchase"}
    return {c: row | (scored(row, cuts, scores) if row["frequency"] else none) for c, row in rows.items()}


def scored(row: Row, cuts: dict[str, list[Fraction]], scores: Any) -> Row:
    """The score as 543, and the name of its cell."""
    kind = scores if isinstance(scores, str) else "breaks"
    days, often, much = (score(row[axis], cuts[axis], kind) for axis in AXES)
    across = (often + much + 1) // 2
    return {"rfm_score": (6 - days) * 100 + often * 10 + much, "cell": NAMES[6 - days][across - 1]}
