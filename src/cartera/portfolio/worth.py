"""Which clients are best, loyal or small? Best grow, loyal stay, small take more than they return.

Read `WorthLimits` first: every class and every sentence about it is made from its numbers. The first that holds wins.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction

import narwhals as nw

from cartera import tongue
from cartera.calendar import add_days
from cartera.errors import PolicyError
from cartera.facts.tables import Facts, Frame
from cartera.portfolio.abc import A, AbcLimits, C, classified
from cartera.portfolio.activity import standing
from cartera.portfolio.amounts import TOTAL, YEAR_DAYS
from cartera.portfolio.compared import compared, period
from cartera.portfolio.counting import sales_and_plans
from cartera.portfolio.measures import MEASURES, PROFIT
from cartera.portfolio.policy import AnyPolicy
from cartera.portfolio.whole import those_of
from cartera.tongue import Value, say

BEST, LOYAL, SMALL, UNRATED = "best", "loyal", "small", "unrated"


@dataclass(frozen=True)
class WorthLimits:
    """growth: from which change against the 365 days before on a client grows. abc: where class C begins.

    cost_to_serve: what a client costs a year beside its goods; unknown unless given.
    """

    growth: Decimal = Decimal("0.2")
    abc: AbcLimits = field(default_factory=AbcLimits)
    cost_to_serve: Decimal | None = None

    def __post_init__(self) -> None:
        """Refuse numbers that turn the words around."""
        if self.growth <= 0 or (self.cost_to_serve is not None and self.cost_to_serve < 0):
            found = f"growth {self.growth}, cost_to_serve {self.cost_to_serve}"
            fix = "A working example: growth=0.2, cost_to_serve=500."
            raise PolicyError(f"growth > 0 and cost_to_serve >= 0 do not hold: {found}.", fix=fix)


def worth(
    facts: Facts, *, day: date, policy: AnyPolicy, limits: WorthLimits | None = None, whole: Facts | None = None
) -> Frame:
    """One row per client born by `day`, each in exactly one class.

    Columns: client_id, name, segment, worth (best, loyal, small, unrated), abc (by net sales of the last 365 days),
    amount (these), amount_before (of the 365 days before), growth_share (the change as a share of amount_before; null
    unless that is above 0), opened_on (the first counted invoice), margin (amount less cost of the lines of the last
    365 days; null unless costs and a cost to serve are given). whole: everybody, among whom these clients are
    classed; `facts` themselves when None.
    """
    if whole is not None:
        return those_of(worth(whole, day=day, policy=policy, limits=limits), facts, whole)
    limits = limits or WorthLimits()
    rows = standing(facts, day=day, policy=policy).select("client_id", "segment")
    money = compared(facts, period(day)).filter(~nw.col("client_id").is_null())
    names = facts.clients.select("client_id", "name")
    for more in (money, _opened(facts, day), _margins(facts, day, limits), names):
        rows = rows.join(more, on="client_id", how="left")
    sums = (nw.col(name).fill_null(0).cast(TOTAL) for name in ("amount", "amount_before"))
    rows = rows.with_columns(*sums, name=nw.coalesce("name", "client_id"))
    rows = classified(facts, facts.room.keep(rows.with_columns(value=nw.col("amount"))), limits.abc)
    was = nw.col("amount_before") > 0
    # Nothing is divided by 0, because engines compute before they choose.
    divisor = nw.when(was).then(nw.col("amount_before")).otherwise(nw.lit(1).cast(TOTAL)).cast(nw.Float64)
    growth = nw.when(was).then((nw.col("amount") - nw.col("amount_before")).cast(nw.Float64) / divisor)
    return rows.with_columns(growth_share=growth, worth=_class(limits, day)).select(
        "client_id", "name", "segment", "worth", "abc", "amount", "amount_before", "growth_share", "opened_on",
        "margin",
    )  # fmt: skip


def is_costed(facts: Facts, limits: WorthLimits) -> bool:
    """Whether margins take part: the lines tell costs and the limits a cost to serve."""
    return limits.cost_to_serve is not None and facts.gives("lines") and facts.gives("lines.cost")


def _opened(facts: Facts, day: date) -> Frame:
    counted = sales_and_plans(facts, day).filter(nw.col("counts") & (nw.col("issued_on") <= day))
    return counted.group_by("client_id").agg(opened_on=nw.col("issued_on").min())


def _margins(facts: Facts, day: date, limits: WorthLimits) -> Frame:
    if is_costed(facts, limits):
        return MEASURES[PROFIT](facts, day, add_days(day, -YEAR_DAYS)).select("client_id", margin="value")
    return facts.room.table({"client_id": [], "margin": []}, {"client_id": nw.String, "margin": TOTAL})


def _class(limits: WorthLimits, day: date) -> nw.Expr:
    amount, before, abc = nw.col("amount"), nw.col("amount_before"), nw.col("abc")
    times = 1 + Fraction(limits.growth)
    grows = (before > 0) & (amount * times.denominator >= before * times.numerator)
    is_new = (nw.col("opened_on") > add_days(day, -YEAR_DAYS)).fill_null(value=False)
    # A client whose margin nobody knows is small by its class alone.
    cheap = (nw.col("margin") < (limits.cost_to_serve or Decimal(0))).fill_null(value=True)
    steps = (
        (amount <= 0, UNRATED),
        ((abc == C) & cheap, SMALL),
        (grows | (is_new & (abc == A)), BEST),
    )
    answer = nw.lit(LOYAL)
    for holds, name in reversed(steps):
        answer = nw.when(holds).then(nw.lit(name)).otherwise(answer)
    return answer


def definitions(limits: WorthLimits) -> list[tuple[str, str]]:
    """Every class with its sentence, in the order of the classes."""
    return [
        (
            BEST,
            say(
                "not small, and {growth} or more above the {days} days before, or of class A and opened in the last"
                " {days} days",
                growth=tongue.limit(limits.growth), days=YEAR_DAYS,
            ),
        ),
        (LOYAL, say("the others with net sales in the last {days} days", days=YEAR_DAYS)),
        (SMALL, _small(limits)),
        (UNRATED, say("no net sales above 0 in the last {days} days", days=YEAR_DAYS)),
    ]  # fmt: skip


def _small(limits: WorthLimits) -> str:
    told: dict[str, Value] = {"share": tongue.limit(limits.abc.b), "days": YEAR_DAYS}
    if limits.cost_to_serve is None:
        return say("class C: beyond {share} of cumulated net sales in the last {days} days", **told)
    return say(
        "class C: beyond {share} of cumulated net sales in the last {days} days and a margin below {cost}, where costs"
        " are known",
        cost=f"{limits.cost_to_serve:,}", **told,
    )  # fmt: skip
