"""How should each client be approached? Potential, probable, current, active or inactive; the first that holds.

`interest` and `can_pay` are columns of the clients table that few have: without them what is planned decides.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import narwhals as nw

from cartera.facts.tables import Facts, Frame
from cartera.portfolio.activity import standing
from cartera.portfolio.amounts import TOTAL, YEAR_DAYS, year_sales
from cartera.portfolio.frequency import FrequencyLimits
from cartera.portfolio.policy import AnyPolicy
from cartera.portfolio.purchase_dates import year_purchases
from cartera.tongue import spoken, text

ASKED = ("interest", "can_pay")


@dataclass(frozen=True)
class Status:
    """One class. why: when a client is in it, as a sentence with the limits' numbers."""

    id: str
    why: str


STATUSES = (
    Status(
        "potential",
        text("never invoiced, with interest recorded or an invoice coming, and ability to pay not denied"),
    ),
    Status("probable", text("never invoiced, otherwise")),
    Status(
        "current",
        text("within the first window of the policy, with {recurring} or more purchase dates in {year} days"),
    ),
    Status("active", text("within the first window of the policy, with fewer")),
    Status("inactive", text("invoiced, and past the first window or marked: ask why before approaching")),
)


def status(facts: Facts, *, day: date, policy: AnyPolicy, limits: FrequencyLimits | None = None) -> Frame:
    """One row per client born by `day`, each with exactly one status.

    Columns: client_id, name, segment, status (potential, probable, current, active, inactive), interest, can_pay (null
    where nobody said), purchase_count (purchase dates of the last 365 days), last_issued_on, next_planned_on, amount
    (net sales of the last 365 days). limits: from how many purchase dates on a client is recurring.
    """
    limits = limits or FrequencyLimits()
    rows = standing(facts, day=day, policy=policy).select("client_id", "segment", "last_issued_on", "next_planned_on")
    own = facts.clients.select("client_id", "name", *ASKED)
    for more in (year_purchases(facts, day), year_sales(facts, day), own):
        rows = rows.join(more, on="client_id", how="left")
    rows = rows.with_columns(nw.col("purchase_count").fill_null(0))
    return rows.select(
        "client_id", nw.coalesce("name", "client_id").alias("name"), "segment",
        _status(policy, limits).alias("status"), *ASKED, "purchase_count", "last_issued_on", "next_planned_on",
        nw.col("amount").fill_null(0).cast(TOTAL),
    )  # fmt: skip


def definitions(limits: FrequencyLimits) -> list[tuple[str, str]]:
    """Every status with its sentence; the first that holds."""
    return [(one.id, spoken(one.why).format(recurring=limits.recurring, year=YEAR_DAYS)) for one in STATUSES]


def not_told(facts: Facts) -> list[str]:
    """Which of the two columns these facts do not have."""
    return [name for name in ASKED if not facts.gives("clients") or not facts.gives(f"clients.{name}")]


def warm_ids(policy: AnyPolicy) -> list[str]:
    """The segments whose last invoice is within the policy's first window."""
    first, *others = policy.ladder
    return [first.segment, *(rung.segment for rung in others if rung.beside)]


def _status(policy: AnyPolicy, limits: FrequencyLimits) -> nw.Expr:
    promising = nw.col("interest").fill_null(value=False) | ~nw.col("next_planned_on").is_null()
    able = nw.col("can_pay").fill_null(value=True)
    recurring = nw.col("purchase_count") >= limits.recurring
    return (
        nw.when(nw.col("last_issued_on").is_null() & promising & able).then(nw.lit("potential"))
        .otherwise(nw.when(nw.col("last_issued_on").is_null()).then(nw.lit("probable"))
        .otherwise(nw.when(nw.col("segment").is_in(warm_ids(policy)) & recurring).then(nw.lit("current"))
        .otherwise(nw.when(nw.col("segment").is_in(warm_ids(policy))).then(nw.lit("active"))
        .otherwise(nw.lit("inactive")))))
    )  # fmt: skip
