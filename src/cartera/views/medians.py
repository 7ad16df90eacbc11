"""What is usual for cohorts of an age? The median of those whose period of that age is over."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from statistics import median
from typing import Any


def medians(rows: Iterable[dict[str, Any]]) -> dict[int, tuple[float, Decimal]]:
    """Age -> the median share of the cohort that bought, and the median of its net sales."""
    shares: dict[int, list[float]] = {}
    amounts: dict[int, list[Decimal]] = {}
    for row in rows:
        if not row["is_unfinished"]:
            shares.setdefault(row["age"], []).append(row["client_share"])
            amounts.setdefault(row["age"], []).append(row["amount"])
    return {age: (median(shares[age]), median(amounts[age])) for age in sorted(shares)}
