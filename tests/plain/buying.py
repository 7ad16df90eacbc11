"""How does each client buy, read plainly? Dates, gaps and figures of one client, and portfolios that buy often."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from random import Random
from statistics import median, quantiles
from typing import Any

from tests.plain.oracle import Client, counted, is_plan, is_sale, stands
from tests.portfolios import Facts, random_facts

YEAR = timedelta(365)
CADENCES = (1, 7, 14, 30, 31, 45, 90, 200)


def purchases(client: Client, day: date) -> list[date]:
    """The purchase dates up to the day, in order."""
    return sorted(set(counted(client, day)))


def in_year(client: Client, day: date) -> int:
    """How many of them lie in the last 365 days."""
    return sum(day - YEAR < on for on in purchases(client, day))


def gaps(client: Client, day: date) -> list[int]:
    """The days between one purchase date and the next, in order of time."""
    dates = purchases(client, day)
    return [(after - before).days for before, after in pairwise(dates)]


def figures(own: list[int]) -> tuple[float, float, float]:
    """Median, recent mean and 9-in-10 limit of at least two gaps."""
    weights = [max(0, 8 - age) for age in range(len(own))]
    weighed = sum(gap * weight for gap, weight in zip(reversed(own), weights, strict=True))
    recent = (Decimal(weighed) / sum(weights)).quantize(Decimal("0.1"), rounding="ROUND_HALF_UP")
    ninth = quantiles(own, n=10, method="inclusive")[8]
    return float(median(own)), float(recent), round(ninth, 6)


def late_plan(client: Client, day: date) -> date | None:
    """The newest plan known by the day that came due and was followed by no purchase."""
    due = [
        row["issued_on"]
        for row in client["invoices"]
        if is_plan(row) and is_sale(row) and stands(row, day) and row["issued_on"] <= day
        and (row.get("known_on") is None or row["known_on"] <= day)
    ]  # fmt: skip
    dates = purchases(client, day)
    newest = max(due, default=None)
    return None if newest is None or (dates and newest <= dates[-1]) else newest


def busy_facts(seed: int, clients: int, day: date) -> Facts:
    """A random portfolio around the day in which every third client buys at a cadence of its own as well."""
    rng = Random(seed)
    facts = random_facts(seed, clients, around=day)
    for client_id in sorted({row["client_id"] for row in facts["invoices"] if row["client_id"]})[::3]:
        cadence, on = rng.choice(CADENCES), day - timedelta(rng.choice((0, 1, 20, 60, 150, 365, 366)))
        for number in range(rng.choice((3, 4, 5, 6, 13, 20))):
            facts["invoices"].append(_sale(rng, client_id, f"{client_id}-b{number}", on))
            on -= timedelta(max(0, rng.choice((cadence, cadence, cadence + rng.randint(-3, 9)))))
    return facts


def _sale(rng: Random, client_id: str, invoice_id: str, on: date) -> dict[str, Any]:
    amount = rng.choice((Decimal(100), Decimal("0.0001"), Decimal("1234.56")))
    return {"client_id": client_id, "invoice_id": invoice_id, "issued_on": on, "amount": amount}
