"""Which invoices will a series bring? Harvest tells only which series an invoice is of, so its rhythm is read off."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from cartera.calendar import add_days, add_months
from cartera.sources.harvest.documents import STATES, document
from cartera.sources.kit.contract import Context, Document, Mapped, Payload, Problem
from cartera.sources.kit.parsing import day
from cartera.tongue import say

FEWEST, LATEST = 3, 6  # invoices that make a rhythm, and how many of the latest are looked at
NEAR = 3  # days by which each may be off
WEEKS, MONTHS = 8, 12  # the longest rhythms
AHEAD = 12  # months for which plans are made


@dataclass(frozen=True)
class Rhythm:
    """Every `count` weeks or months from `first` on; `last` is the latest that was kept, the `kept`th after it."""

    first: date
    last: date
    kept: int
    count: int
    is_monthly: bool

    def on(self, place: int) -> date:
        """The day of an occurrence; months keep the first one's day of the month: 31 January, 28 February, 31 March."""
        step = place * self.count
        return add_months(self.first, step) if self.is_monthly else add_days(self.first, 7 * step)

    def after(self, today: date) -> Iterator[date]:
        """The occurrences after today for a year; none when one was left out altogether."""
        if self.on(self.kept + 2) <= today:
            return
        place, end = self.kept + 1, add_months(today, AHEAD)
        while (found := self.on(place)) <= end:
            if found > today:
                yield found
            place += 1


def template(key: str, _payload: Payload, context: Context) -> Mapped:
    """The plans of a series: proposed in a sentence, or made where the user has accepted that."""
    every = [one for _, one in context.touching("templates", key, "invoices")]
    kept = sorted((one for one in every if STATES.get(str(one.get("state"))) == "issued"), key=_place)
    found = rhythm([on for one in kept if (on := day(one.get("issue_date")))])
    if found is None:
        return Mapped()
    latest = document(kept[-1], context, "planned")
    taken = [on for one in every if (on := day(one.get("issue_date")))]
    days = [on for on in found.after(context.day) if all(abs((on - one).days) > NEAR for one in taken)]
    if not days or latest.amount is None or latest.amount <= 0:
        return Mapped()
    if context.settings.get("inferred") != "planned":
        return Mapped(problems=(_proposed(latest, found, days[0]),))
    return Mapped(documents=tuple(_plan(latest, on) for on in days))


def rhythm(days: list[date]) -> Rhythm | None:
    """The whole number of weeks or months between the latest days, each within three days; None: there is none."""
    last = sorted(set(days))[-LATEST:]
    if len(last) < FEWEST:
        return None
    tried = [Rhythm(last[0], last[-1], len(last) - 1, count, True) for count in range(1, MONTHS + 1)]
    tried += [Rhythm(last[0], last[-1], len(last) - 1, count, False) for count in range(1, WEEKS + 1)]
    off = {one: [abs((one.on(place) - on).days) for place, on in enumerate(last)] for one in tried}
    fits = [one for one in tried if max(off[one]) <= NEAR]
    return min(fits, key=lambda one: sum(off[one]), default=None)


def _place(payload: Payload) -> tuple[str, int]:
    return str(payload.get("issue_date")), int(payload["id"])


def _plan(latest: Document, on: date) -> Document:
    """The next one is expected to be as the latest was; known since that one was made."""
    return replace(latest, issued_on=on, part=on.isoformat(), due_on=None, open_amount=None, number=None, more=INFERRED)


INFERRED = {"plan": "inferred"}


def _proposed(latest: Document, found: Rhythm, on: date) -> Problem:
    every = (
        say("every {count} months", count=str(found.count))
        if found.is_monthly
        else say("every {count} weeks", count=str(found.count))
    )
    return Problem(
        "PLAN_PROPOSED",
        say(
            "this series comes {every}; the next would be {amount} {currency} on {day}.",
            every=every,
            amount=f"{latest.amount:f}",
            currency=latest.currency or "",
            day=on.isoformat(),
        ),
        say("To plan with all such series, set {setting} of this source.", setting="inferred = planned"),
        is_error=False,
    )
