"""Policy `salescope`: inactive after N months without a purchase, almost inactive M months before.

Its numbers, the ladder they make and each rule's sentence. Sources: salescope.com.br "Como identificar clientes quase
perdidos", blog.salescope.com.br "Conhecendo os módulos de Atividade da Carteira".
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date
from typing import ClassVar

import narwhals as nw

from cartera.calendar import add_days, add_months
from cartera.errors import PolicyError
from cartera.facts.tables import Frame
from cartera.portfolio.fiscal import FISCAL_YEAR_START, check_month
from cartera.portfolio.ladder import Rung
from cartera.portfolio.rules import Rule
from cartera.tongue import say, spoken, text
from cartera.words import SALESCOPE, Segment

EXAMPLE = text("A working example: inactive_months = 18, alert_months = 6.")


@dataclass(frozen=True)
class Salescope:
    """The numbers of the policy.

    inactive_months: calendar months after the last purchase on which a client turns inactive. alert_months: how many
    months before that it turns almost inactive. The boundary day belongs to the colder segment. horizon_months: how far
    ahead a planned invoice is shown; it changes no segment. fiscal_year_start: the month on whose first day the fiscal
    year begins, 1 for January; sales figures use it, no segment does.
    """

    inactive_months: int = 18
    alert_months: int = 6
    horizon_months: int = 12
    fiscal_year_start: int = 1

    name: ClassVar[str] = "salescope"
    segments: ClassVar[tuple[Segment, ...]] = SALESCOPE
    uses_plans_and_marks: ClassVar[bool] = False
    without_invoice: ClassVar[tuple[str, ...]] = ("never_invoiced",)  # reasons of who has no last invoice

    def __post_init__(self) -> None:
        """Refuse numbers that contradict each other."""
        for field in fields(self):
            value = getattr(self, field.name)
            if field.name == FISCAL_YEAR_START:
                check_month(field.name, value)
            elif type(value) is not int or value < 1:
                raise PolicyError(
                    say("{name} is {value}.", name=field.name, value=repr(value)),
                    fix=say("It is a whole number of at least 1. {example}", example=spoken(EXAMPLE)),
                )
        if not self.alert_months < self.inactive_months:
            raise PolicyError(
                say(
                    "0 < alert ({alert_months} months) < inactive ({inactive_months} months) does not hold.",
                    alert_months=self.alert_months,
                    inactive_months=self.inactive_months,
                ),
                fix=spoken(EXAMPLE),
            )

    @property
    def ladder(self) -> tuple[Rung, ...]:
        """The rungs below a last purchase; what came before it tells the three warmest apart (`split_warmest`)."""
        return (
            Rung("recovered", "returned", self.cold_from),
            Rung("new", "first", self.cold_from, beside=True),
            Rung("active", "invoiced", self.cold_from, beside=True),
            Rung("almost_inactive", "cooling", self.lost_from),
            Rung("inactive", "expired"),
        )

    @property
    def empty_ladder(self) -> tuple[Rung, ...]:
        """The one rung of a client without a purchase."""
        return (Rung("prospect", "never_invoiced"),)

    def cold_from(self, last_issued_on: date) -> date:
        """The day on which a client turns almost inactive."""
        return add_months(last_issued_on, self.inactive_months - self.alert_months)

    def lost_from(self, last_issued_on: date) -> date:
        """The day on which a client turns inactive; a purchase on it or later makes it recovered."""
        return add_months(last_issued_on, self.inactive_months)

    def horizon_end(self, day: date) -> date:
        """The last issue date that is shown as coming on `day`."""
        return add_months(day, self.horizon_months)

    def seen_from(self, issued_on: date) -> date:
        """The first day on which an invoice of that issue date is within the horizon."""
        day = add_days(add_months(issued_on, -self.horizon_months), -3)
        while self.horizon_end(day) < issued_on:
            day = add_days(day, 1)
        return day

    @property
    def words(self) -> dict[str, object]:
        """The numbers under the names that the rules' sentences use."""
        return {f.name: getattr(self, f.name) for f in fields(self)} | {
            "alarm_months": self.inactive_months - self.alert_months
        }


def split_warmest(rows: Frame) -> Frame:
    """The laid-out rungs with recovered, new and active told apart.

    Wants `is_returned` (the purchase came late enough to be a return) and `fresh_until` (new until that day).
    """
    returned, reason = nw.col("is_returned"), nw.col("reason")
    fresh = (reason == "first") & ~returned
    settled = (reason == "invoiced") & ~returned
    recovered = (reason == "returned") & returned
    rows = rows.filter(fresh | settled | recovered | ~reason.is_in(["first", "invoiced", "returned"]))
    return rows.with_columns(
        from_on=nw.when(reason == "invoiced").then(nw.max_horizontal("from_on", "fresh_until")).otherwise("from_on"),
        until_on=nw.when(reason == "first").then(nw.min_horizontal("until_on", "fresh_until")).otherwise("until_on"),
    )


RULES = (
    Rule(
        "prospect", "never_invoiced",
        "it has not bought yet",
        "A first purchase makes it new.",
        "win the first purchase",
    ),
    Rule(
        "inactive", "expired",
        "its last purchase, of {last_issued_on}, is {inactive_months} months old or more",
        "A purchase makes it recovered.",
        "ask why it left, then win it back",
    ),
    Rule(
        "almost_inactive", "cooling",
        "its last purchase, of {last_issued_on}, is {alarm_months} months old or more and less than {inactive_months}",
        "A purchase makes it active again.",
        "call before it is inactive",
    ),
    Rule(
        "recovered", "returned",
        "its last purchase, of {last_issued_on}, came {inactive_months} months or more after the one before",
        "The next purchase makes it active.",
        "find out what brought it back, and keep it",
    ),
    Rule(
        "new", "first",
        "its first purchase is less than {alarm_months} months old",
        "Time makes it active if it keeps buying.",
        "win the second purchase",
    ),
    Rule(
        "active", "invoiced",
        "its last purchase, of {last_issued_on}, is less than {alarm_months} months old",
        "Each purchase keeps it active for {alarm_months} more months.",
        "keep it",
    ),
)  # fmt: skip
