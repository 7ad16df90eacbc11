"""What does a repeating invoice of Xero become? The invoices that it will make, for two years ahead."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from itertools import count, takewhile

from cartera.calendar import add_days, add_months
from cartera.sources.kit.contract import Context, Document, Mapped, Payload, Problem
from cartera.sources.kit.parsing import day
from cartera.sources.xero.amounts import money
from cartera.sources.xero.invoices import SALE, SUPPLIER, client_of, unknown, written
from cartera.sources.xero.tracking import tracked
from cartera.tongue import say

AHEAD = 24  # months
MONTHLY, WEEKLY = "MONTHLY", "WEEKLY"
WEEK = 7
ACTIVE = ("DRAFT", "AUTHORISED")  # what its invoices are made as; a template that ended is DELETED


def template(key: str, payload: Payload, context: Context) -> Mapped:
    """The occurrences after today; one that an invoice of this template and date stands for already is none."""
    if payload.get("Type") != SALE:
        return Mapped(left_out=SUPPLIER)
    if payload.get("Status") not in ACTIVE:
        return Mapped(problems=(unknown(str(payload.get("Status"))),))
    own, (rep, more, unclear) = money(payload, context), tracked(payload, context)
    schedule = payload["Schedule"]
    # A template names its contact, and its invoices may be of another one: only template and date tell.
    made = {written(one, "Date") for _, one in context.touching("templates", key, "invoices")}
    one = Document(
        context.day, own.net, own.currency, client_of(payload), state="planned", base_amount=own.base, rep=rep,
        lines=own.lines, more=more | {"plan": "recurring"},
    )  # fmt: skip
    following = day(schedule.get("NextScheduledDate"))
    said = (*own.problems, *unclear)
    if following is not None and following <= context.day:
        said = (*said, _stale(following))
    dates = _dates(payload, context.day)
    return Mapped(
        documents=tuple(replace(one, issued_on=on, part=on.isoformat()) for on in dates if on not in made),
        problems=said,
    )


def _dates(payload: Payload, today: date) -> Iterator[date]:
    """The days after today on which it is due, up to its end or two years from today."""
    schedule = payload["Schedule"]
    following, ends = day(schedule.get("NextScheduledDate")), day(schedule.get("EndDate"))
    if following is None:  # it has made its last one
        return
    last = min(ends or date.max, add_months(today, AHEAD))
    every = _every(day(schedule.get("StartDate")) or following, following, int(schedule["Period"]), schedule["Unit"])
    after = max(following - timedelta(days=1), today)
    yield from (on for on in takewhile(lambda on: on <= last, every) if on > after)


def _every(start: date, following: date, period: int, unit: str) -> Iterator[date]:
    """The days of a schedule from its start; from the next one on where that is not in step with the start."""
    anchor = start if start <= following and following in _steps(start, following, period, unit) else following
    return (_step(anchor, period * number, unit) for number in count())


def _steps(start: date, following: date, period: int, unit: str) -> list[date]:
    days = (_step(start, period * number, unit) for number in count())
    return list(takewhile(lambda on: on <= following, days))


def _step(anchor: date, periods: int, unit: str) -> date:
    """The anchor's own day of the month, clamped in each month: 31 January, 28 February, 31 March."""
    if unit == MONTHLY:
        return add_months(anchor, periods)
    if unit == WEEKLY:
        return add_days(anchor, WEEK * periods)
    raise ValueError(f"a schedule by {unit!r} is not known")


def _stale(following: date) -> Problem:
    told = say("its next date {day} is past.", day=following.isoformat())
    return Problem("SCHEDULE_STALE", told, say("Later dates of its schedule are taken."), is_error=False)
