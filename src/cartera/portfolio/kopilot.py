"""Policy `kopilot`: seven segments and the cancelled, 400 days of survival, a leaving countdown.

Its numbers, the ladder they make, the rule table and each rule's sentence. Sources: kopilot.io/docs/app/clients/ and
help.kopilot.io article 4625768, read as settled in docs/how-it-works/rules.md.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date
from functools import lru_cache
from typing import ClassVar, Literal

import narwhals as nw

from cartera.calendar import add_days, add_months
from cartera.errors import PolicyError
from cartera.portfolio.fiscal import FISCAL_YEAR_START, check_month
from cartera.portfolio.ladder import End, Rung
from cartera.portfolio.rules import Rule
from cartera.tongue import say, say_many, spoken, text
from cartera.words import KOPILOT, Segment

EXAMPLE = text("A working example: active_months = 4, sleeping_months = 8, lifespan_days = 400, notice_days = 30.")


@dataclass(frozen=True)
class Kopilot:
    """The numbers of the policy.

    active_months, sleeping_months: calendar months since the last invoice. lifespan_days: one year and 35 days of
    grace. notice_days: how long before the end a client is leaving. horizon_months: how far ahead a planned invoice is
    seen. no_activity_days: how long a client without any invoice is waited for. boundary: whether the boundary day
    belongs to the warmer or the colder segment. fiscal_year_start: the month on whose first day the fiscal year begins,
    1 for January; sales figures use it, no segment does.
    """

    active_months: int = 4
    sleeping_months: int = 8
    lifespan_days: int = 400
    notice_days: int = 30
    horizon_months: int = 12
    no_activity_days: int = 400
    boundary: Literal["warm", "cold"] = "warm"
    fiscal_year_start: int = 1

    name: ClassVar[str] = "kopilot"
    segments: ClassVar[tuple[Segment, ...]] = KOPILOT
    uses_plans_and_marks: ClassVar[bool] = True
    without_invoice: ClassVar[tuple[str, ...]] = (
        "empty",
        "first",
        "never_invoiced",
    )  # reasons of who has no last invoice

    def __post_init__(self) -> None:
        """Refuse numbers that contradict each other."""
        _check_numbers(self)
        longest = longest_months(self.sleeping_months)
        if not self.active_months < self.sleeping_months or not longest < self.lifespan_days - self.notice_days:
            raise PolicyError(
                say(
                    "active ({active_months} months) < sleeping ({sleeping_months} months, up to {longest} "
                    "days) < lifespan - notice ({lifespan_days} - {notice_days} = {rest} days) does not "
                    "hold.",
                    active_months=self.active_months,
                    sleeping_months=self.sleeping_months,
                    longest=longest,
                    lifespan_days=self.lifespan_days,
                    notice_days=self.notice_days,
                    rest=self.lifespan_days - self.notice_days,
                ),
                fix=spoken(EXAMPLE),
            )

    @property
    def ladder(self) -> tuple[Rung, ...]:
        """The rungs below a last invoice, warmest first."""
        return (
            Rung("active", "invoiced", self._after_months(self.active_months)),
            Rung("sleeping_away", "cooling", self._after_months(self.sleeping_months)),
            Rung("hibernating", "cooling", self._after_days(self.lifespan_days - self.notice_days)),
            Rung("leaving", "leaving", self._after_days(self.lifespan_days)),
            Rung("lost", "expired"),
        )

    @property
    def empty_ladder(self) -> tuple[Rung, ...]:
        """The rungs below the day of becoming a client, for one who has no invoice that counts."""
        waits = self.no_activity_days
        return (Rung("no_activity", "empty", lambda born: add_days(born, waits)), Rung("lost", "never_invoiced"))

    def horizon_end(self, day: date) -> date:
        """The last issue date that is seen as coming on `day`."""
        return add_months(day, self.horizon_months)

    def seen_from(self, issued_on: date) -> date:
        """The first day on which an invoice of that issue date is within the horizon."""
        day = add_days(add_months(issued_on, -self.horizon_months), -3)
        while self.horizon_end(day) < issued_on:
            day = add_days(day, 1)
        return day

    def lost_from(self, last_issued_on: date) -> date:
        """The day on which a client leaves the portfolio if nothing happens."""
        return self._after_days(self.lifespan_days)(last_issued_on)

    @property
    def words(self) -> dict[str, object]:
        """The numbers under the names that the rules' sentences use; `…_within` and `…_past` say on which side of a
        window a client is, as the boundary day has it.
        """
        numbers: dict[str, object] = {f.name: getattr(self, f.name) for f in fields(self)}
        numbers["warned_days"] = self.lifespan_days - self.notice_days
        for name, count in (("active_months", self.active_months), ("sleeping_months", self.sleeping_months)):
            window = say_many("{number} month", "{number} months", count=count, number=str(count))
            numbers |= {f"{name}_within": self._within(window), f"{name}_past": self._past(window)}
        for name, count in (
            ("warned_days", self.lifespan_days - self.notice_days), ("lifespan_days", self.lifespan_days)
        ):  # fmt: skip
            window = say_many("{number} day", "{number} days", count=count, number=str(count))
            numbers |= {f"{name}_within": self._within(window), f"{name}_past": self._past(window)}
        return numbers

    def _within(self, window: str) -> str:
        return say("at most {window}", window=window) if self._slack else say("less than {window}", window=window)

    def _past(self, window: str) -> str:
        return say("more than {window}", window=window) if self._slack else say("{window} or more", window=window)

    @property
    def _slack(self) -> int:
        return 1 if self.boundary == "warm" else 0

    def _after_months(self, months: int) -> End:
        return lambda last: add_days(add_months(last, months), self._slack)

    def _after_days(self, days: int) -> End:
        return lambda last: add_days(last, days + self._slack)


def settle(reason: nw.Expr, segment: nw.Expr, coming: nw.Expr, mark: nw.Expr) -> tuple[nw.Expr, nw.Expr]:
    """(segment, reason) after marks and what is coming: the rows 1, 2, 6 and 8 of the decision table over the ladder.

    reason, segment: the ladder's. coming: whether something is. mark: the mark in force, null when none.
    """
    marked = mark.is_in(["cancelled", "lost"])
    held = coming & (reason == "leaving")
    returning = coming & (reason == "expired")
    first = coming & reason.is_in(["empty", "never_invoiced"])
    settled_segment = (
        nw.when(marked).then(mark)
        .otherwise(nw.when(held).then(nw.lit("hibernating"))
        .otherwise(nw.when(returning | first).then(nw.lit("new")).otherwise(segment)))
    )  # fmt: skip
    settled_reason = (
        nw.when(marked).then(nw.lit("marked"))
        .otherwise(nw.when(held).then(nw.lit("planned"))
        .otherwise(nw.when(returning).then(nw.lit("returning"))
        .otherwise(nw.when(first).then(nw.lit("first")).otherwise(reason))))
    )  # fmt: skip
    return settled_segment, settled_reason


RULES = (
    Rule(
        "cancelled", "marked",
        "it was marked cancelled on {marked_on}",
        "Reactivating it, a new plan or an invoice would bring it back.",
        "undo",
    ),
    Rule(
        "lost", "marked",
        "it was marked lost on {marked_on}",
        "Reactivating it, a new plan or an invoice would bring it back.",
        "reactivate, plan",
    ),
    Rule(
        "active", "invoiced",
        "its last invoice, of {last_issued_on}, is {active_months_within} old",
        "Each invoice keeps it active for {active_months} more months.",
        "plan coming revenue, or mark lost",
    ),
    Rule(
        "sleeping_away", "cooling",
        "its last invoice, of {last_issued_on}, is {active_months_past} and {sleeping_months_within} old",
        "An invoice makes it active again.",
        "offer an additional product or service, then plan; or mark lost",
    ),
    Rule(
        "hibernating", "cooling",
        "its last invoice, of {last_issued_on}, is {sleeping_months_past} and {warned_days_within} old",
        "An invoice makes it active again; a planned one keeps it from leaving.",
        "propose maintenance, an upgrade, a new project; plan; or mark lost",
    ),
    Rule(
        "hibernating", "planned",
        "its last invoice, of {last_issued_on}, is {warned_days_past} and {lifespan_days_within} old,"
        " and one is planned for {next_planned_on}",
        "Issuing the planned invoice makes it active; dropping it lets it leave.",
        "issue what is planned",
    ),
    Rule(
        "leaving", "leaving",
        "its last invoice, of {last_issued_on}, is {warned_days_past} and {lifespan_days_within} old and nothing"
        " is planned within {horizon_months} months",
        "A planned invoice makes it hibernate, an issued one makes it active.",
        "last cards: plan or mark lost",
    ),
    Rule(
        "new", "first",
        "it was never invoiced and its first invoice is planned for {next_planned_on}",
        "Issuing the planned invoice makes it active.",
        "plan the coming revenue",
    ),
    Rule(
        "new", "returning",
        "its last invoice, of {last_issued_on}, is {lifespan_days_past} old and one is planned for"
        " {next_planned_on}",
        "Issuing the planned invoice makes it active; dropping it makes it lost.",
        "plan the coming revenue",
    ),
    Rule(
        "lost", "expired",
        "its last invoice, of {last_issued_on}, is {lifespan_days_past} old and nothing is planned"
        " within {horizon_months} months",
        "A planned invoice makes it new, an issued one makes it active.",
        "reactivate: update, upgrade, new service; then plan",
    ),
    Rule(
        "no_activity", "empty",
        "it has no invoice that counts since it became a client on {born_on}, less than {no_activity_days} days ago",
        "A planned invoice makes it new, an issued one makes it active.",
        "plan the first invoice, or cancel",
    ),
    Rule(
        "lost", "never_invoiced",
        "it has no invoice that counts since it became a client on {born_on}, {no_activity_days} days ago or more",
        "A planned invoice makes it new, an issued one makes it active.",
        "plan the first invoice, or cancel",
    ),
)  # fmt: skip


@lru_cache(maxsize=256)
def longest_months(months: int) -> int:
    """The most days that `months` calendar months can take, over all start dates."""
    starts = [date(2023 + n // 12, n % 12 + 1, 1) for n in range(48)]
    return max((add_months(start, months) - start).days for start in starts)


def _check_numbers(policy: Kopilot) -> None:
    for field in fields(policy):
        value = getattr(policy, field.name)
        if field.name == "boundary":
            if value not in ("warm", "cold"):
                raise PolicyError(say("boundary is {value}.", value=repr(value)), fix=say('It is "warm" or "cold".'))
        elif field.name == FISCAL_YEAR_START:
            check_month(field.name, value)
        elif type(value) is not int or value < 1:
            raise PolicyError(
                say("{name} is {value}.", name=field.name, value=repr(value)),
                fix=say("It is a whole number of at least 1. {example}", example=spoken(EXAMPLE)),
            )
