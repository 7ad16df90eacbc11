"""Which invoices will a recurring template make? Those of the next 24 months that have not been made already."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from cartera.calendar import add_months
from cartera.sources.kit.contract import Context, Document, Mapped, Payload, Problem
from cartera.sources.kit.parsing import day
from cartera.sources.quickbooks.documents import INVOICES, RECEIPTS, plain
from cartera.sources.quickbooks.fields import net, ref
from cartera.sources.quickbooks.schedule import Schedule, schedule
from cartera.sources.quickbooks.worth import worth
from cartera.tongue import say

MADE = {"Invoice": INVOICES, "SalesReceipt": RECEIPTS}  # what a template of this kind makes
KINDS = ("automated", "reminded")  # of templates with a schedule; an unscheduled one is only copied from
UNSCHEDULED, DAILY = "unscheduled", "daily"
AHEAD, NEAR = 24, timedelta(days=3)  # months that are planned; days by which an invoice may be off its plan


def inside(payload: Payload) -> tuple[str, dict[str, Any]]:
    """Kind and content of a template: QuickBooks wraps it in its kind."""
    found = payload.get("RecurringTransaction", payload)
    return next(((str(kind), one) for kind, one in found.items() if isinstance(one, dict) and "RecurringInfo" in one))


def template(key: str, payload: Payload, context: Context) -> Mapped:
    """A plan for each day on which the template makes an invoice or a sales receipt."""
    kind, body = inside(payload)
    if kind not in MADE:
        return Mapped(left_out=say("templates of other documents"))
    info = body.get("RecurringInfo") or {}
    how = str(info.get("RecurType") or KINDS[0]).casefold()
    if info.get("Active") not in (True, "true") or how == UNSCHEDULED:
        return Mapped()
    told = schedule(info.get("ScheduleInfo") or {})
    if how not in KINDS or (told is not None and not told.is_known):
        return Mapped(problems=(_unknown(told.unit if how in KINDS and told else how),))
    return _planned(key, MADE[kind], body, told, context) if told else Mapped()


def _planned(key: str, stream: str, body: Payload, told: Schedule, context: Context) -> Mapped:
    own = worth(body, context)
    base = replace(plain({**body, "TxnDate": told.next_on.isoformat()}, context, own), state="planned", known_on=None)
    base = replace(base, due_on=None, open_amount=None, number=None)
    near = NEAR if told.unit != DAILY else timedelta(0)
    made = list(_made(key, stream, body, context, near))
    days = told.days(context.day, add_months(context.day, AHEAD))
    plans = tuple(_at(base, one) for one in days if not any(_is_kept(one, *each) for each in made))
    return Mapped(documents=plans, problems=(*own.problems, *_stale(told, context.day)))


def _at(base: Document, on: date) -> Document:
    return replace(base, issued_on=on, part=on.isoformat())


def _made(key: str, stream: str, body: Payload, context: Context, near: timedelta) -> Iterator[tuple[date, timedelta]]:
    """Day of each document that may be of this template, and how far from its plan that day may be.

    QuickBooks names the template on what it made; of what carries no such name, client and net amount must be the same.
    """
    client, keys = ref(body, "CustomerRef"), {key, ref(body, "RecurDataRef")}
    if client is None:
        return
    for _, one in context.touching("clients", client, stream):
        on, of = day(one.get("TxnDate")), ref(one, "RecurDataRef")
        if on is not None and of is not None and of in keys:
            yield on, timedelta(0)
        elif on is not None and of is None and net(one) == net(body):
            yield on, near


def _is_kept(planned: date, made: date, within: timedelta) -> bool:
    return abs(planned - made) <= within


def _stale(told: Schedule, today: date) -> Iterator[Problem]:
    if told.next_on <= today:
        yield Problem(
            "SCHEDULE_STALE",
            say("its next day {day} has passed.", day=told.next_on.isoformat()),
            say("The days after it are planned. Look whether QuickBooks still makes these invoices."),
            is_error=False,
        )


def _unknown(word: str) -> Problem:
    return Problem(
        "STATUS_UNKNOWN",
        say("its status {status} is not known.", status=repr(word)),
        say("It counts for nothing. Please report the word."),
    )
