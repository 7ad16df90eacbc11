"""How often does each client buy? Classes by the purchase dates of the last 365 days, and who is one short of regular.

Read `FrequencyLimits` first: every class and every sentence about it is made from its numbers.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import narwhals as nw

from cartera.errors import PolicyError
from cartera.facts.tables import Facts, Frame
from cartera.portfolio.activity import standing
from cartera.portfolio.amounts import TOTAL, YEAR_DAYS, year_sales
from cartera.portfolio.policy import AnyPolicy
from cartera.portfolio.purchase_dates import year_purchases
from cartera.tongue import filled, say, say_many, spoken, text

NONE, OCCASIONAL, REGULAR, FREQUENT = "none", "occasional", "regular", "frequent"
RECURRING, NEARLY, NOT_YET = "recurring", "nearly recurring", "not recurring"


@dataclass(frozen=True)
class FrequencyLimits:
    """From how many purchase dates in 365 days on a client is regular, frequent, recurring; ours."""

    regular: int = 3
    frequent: int = 12
    recurring: int = 3

    def __post_init__(self) -> None:
        """Refuse numbers that leave a class without a client."""
        found = f"regular {self.regular}, frequent {self.frequent}, recurring {self.recurring}"
        if not (1 < self.regular < self.frequent and self.recurring > 1):
            fix = "A working example: regular=3, frequent=12, recurring=3."
            raise PolicyError(f"1 < regular < frequent and 1 < recurring does not hold: {found}.", fix=fix)


def frequency(facts: Facts, *, day: date, policy: AnyPolicy, limits: FrequencyLimits | None = None) -> Frame:
    """One row per client born by `day`, each in exactly one class of both kinds.

    Columns: client_id, name, segment, purchase_count (purchase dates of the last 365 days), frequency (none,
    occasional, regular, frequent), recurrence (recurring, nearly recurring: one purchase short of it, not recurring),
    last_issued_on, amount (net sales of the last 365 days).
    """
    limits = limits or FrequencyLimits()
    rows = standing(facts, day=day, policy=policy).select("client_id", "segment", "last_issued_on")
    names = facts.clients.select("client_id", "name")
    for more in (year_purchases(facts, day), year_sales(facts, day), names):
        rows = rows.join(more, on="client_id", how="left")
    rows = rows.with_columns(nw.col("purchase_count").fill_null(0))
    return rows.select(
        "client_id", nw.coalesce("name", "client_id").alias("name"), "segment", "purchase_count",
        frequency_class(limits).alias("frequency"), recurrence_class(limits).alias("recurrence"), "last_issued_on",
        nw.col("amount").fill_null(0).cast(TOTAL),
    )  # fmt: skip


def frequency_class(limits: FrequencyLimits) -> nw.Expr:
    """The class of a `purchase_count`."""
    count = nw.col("purchase_count")
    return (
        nw.when(count >= limits.frequent).then(nw.lit(FREQUENT))
        .otherwise(nw.when(count >= limits.regular).then(nw.lit(REGULAR))
        .otherwise(nw.when(count > 0).then(nw.lit(OCCASIONAL)).otherwise(nw.lit(NONE))))
    )  # fmt: skip


def recurrence_class(limits: FrequencyLimits) -> nw.Expr:
    """Whether a `purchase_count` is recurring, one purchase short of it, or neither."""
    count = nw.col("purchase_count")
    return (
        nw.when(count >= limits.recurring).then(nw.lit(RECURRING))
        .otherwise(nw.when(count == limits.recurring - 1).then(nw.lit(NEARLY)).otherwise(nw.lit(NOT_YET)))
    )  # fmt: skip


def definitions(limits: FrequencyLimits) -> list[tuple[str, str]]:
    """Every class with its sentence, in the order of the classes."""
    more = text("{count} or more purchase dates in the last {days} days")
    return [
        (NONE, say("no purchase date in the last {days} days", days=YEAR_DAYS)),
        (OCCASIONAL, _dates(1, limits.regular - 1)),
        (REGULAR, _dates(limits.regular, limits.frequent - 1)),
        (FREQUENT, filled(spoken(more), {"count": limits.frequent, "days": YEAR_DAYS})),
        (RECURRING, filled(spoken(more), {"count": limits.recurring, "days": YEAR_DAYS})),
        (NEARLY, say("exactly {dates}", dates=_dates(limits.recurring - 1, limits.recurring - 1))),
    ]


def _dates(first: int, last: int) -> str:
    if first < last:
        return say("{first} to {last} purchase dates in the last {days} days", first=first, last=last, days=YEAR_DAYS)
    return say_many(
        "{count} purchase date in the last {days} days", "{count} purchase dates in the last {days} days",
        count=last, days=YEAR_DAYS,
    )  # fmt: skip
