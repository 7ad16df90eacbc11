"""What do the rules of activity say, read slowly and plainly? The engine's answers are compared with this file.

A client is a dict: `created_on`, `invoices` and `marks`, each row a dict with the columns of the fact tables (a column
left out is missing). Nothing here is fast and nothing is shared with the product, not even the calendar.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

Row = dict[str, Any]
Client = dict[str, Any]
Answer = tuple[str, str]
Interval = tuple[str, str, date, "date | None"]
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Kopilot:
    """The numbers of the policy with seven segments."""

    active_months: int = 4
    sleeping_months: int = 8
    lifespan_days: int = 365 + 35
    notice_days: int = 30
    horizon_months: int = 12
    no_activity_days: int = 400
    boundary: str = "warm"


@dataclass(frozen=True)
class Salescope:
    """The numbers of the policy with two periods; what is coming is shown, it decides nothing."""

    inactive_months: int = 18
    alert_months: int = 6
    horizon_months: int = 12


Policy = Kopilot | Salescope


def add_months(start: date, months: int) -> date:
    """The same day so many calendar months later, or that month's last day when it is shorter."""
    count = start.year * 12 + (start.month - 1) + months
    year, month = count // 12, count % 12 + 1
    return date(year, month, min(start.day, monthrange(year, month)[1]))


def amount(row: Row) -> Any:
    """The net amount, 0 when it is missing."""
    return row.get("amount") or 0


def is_issued(row: Row) -> bool:
    """A document that was sent out; one voided on a known day was issued until then, one without the day never was."""
    state = row.get("state") or "issued"
    return state == "issued" or (state == "void" and row.get("void_on") is not None)


def is_plan(row: Row) -> bool:
    """A row that announces an invoice."""
    return row.get("state") == "planned"


def is_sale(row: Row) -> bool:
    """An invoice with an amount above zero, whatever its state."""
    return row.get("kind") != "credit_note" and amount(row) > 0


def is_credit_note(row: Row) -> bool:
    """A negative document, whatever its kind says; a credit note with a positive amount is ignored."""
    return amount(row) < 0


def stands(row: Row, day: date) -> bool:
    """Whether the row is not yet voided or dropped on the day."""
    return row.get("void_on") is None or day < row["void_on"]


def currency(row: Row) -> str:
    """The row's currency, XXX when it is missing."""
    return row.get("currency") or "XXX"


def born(client: Client) -> date | None:
    """The day from which the client is one; None: on no day."""
    days = [client.get("created_on")]
    for row in client["invoices"]:
        if is_sale(row) and is_issued(row):
            days += [row["issued_on"], row.get("known_on")]
        if is_sale(row) and is_plan(row):
            days += [row.get("known_on")]
    return min((day for day in days if day is not None), default=None)


def credited(client: Client, invoice: Row, day: date) -> bool:
    """Whether the credit notes that name the invoice reach its amount on the day."""
    total = 0
    for row in client["invoices"]:
        if not (is_credit_note(row) and is_issued(row) and stands(row, day)):
            continue
        if row.get("credits") is None or row["credits"] != invoice["invoice_id"]:
            continue
        if currency(row) == currency(invoice) and row["issued_on"] <= day:
            total -= amount(row)
    return total >= amount(invoice)


def counts(client: Client, row: Row, day: date) -> bool:
    """Whether the row is a counted invoice as seen on the day, whatever its date."""
    return is_sale(row) and is_issued(row) and stands(row, day) and not credited(client, row, day)


def counted(client: Client, day: date) -> list[date]:
    """The issue dates up to the day of the invoices counted on it, in order."""
    rows = client["invoices"]
    return sorted(row["issued_on"] for row in rows if row["issued_on"] <= day and counts(client, row, day))


def known_on(row: Row) -> date:
    """The day the row became known; a plan without one is known on every day."""
    if row.get("known_on") is not None:
        return row["known_on"]
    return date.min if is_plan(row) else row["issued_on"]


def coming(client: Client, day: date, policy: Policy) -> list[Row]:
    """The invoices and plans that lie ahead on the day, within the horizon, and are known."""
    ahead = []
    for row in client["invoices"]:
        plan = is_plan(row) and is_sale(row) and stands(row, day)
        if not (plan or counts(client, row, day)):
            continue
        if day < row["issued_on"] <= add_months(day, policy.horizon_months) and known_on(row) <= day:
            ahead.append(row)
    return ahead


STRENGTH = {"reactivated": 0, "lost": 1, "cancelled": 2}


def latest_mark(client: Client, day: date) -> Row | None:
    """The mark that speaks on the day, before asking whether something lifted it."""
    marks = [mark for mark in client["marks"] if mark["marked_on"] <= day]

    def order(mark: Row) -> tuple[Any, ...]:
        recorded = mark.get("recorded_at")
        return mark["marked_on"], recorded is not None, recorded or 0, STRENGTH[mark["mark"]]

    return max(marks, key=order, default=None)


def mark_in_force(client: Client, day: date, policy: Kopilot) -> str | None:
    """`cancelled` or `lost` while a person's statement holds on the day."""
    mark = latest_mark(client, day)
    if mark is None or mark["mark"] == "reactivated":
        return None
    if any(issued_on > mark["marked_on"] for issued_on in counted(client, day)):
        return None
    if any(known_on(row) > mark["marked_on"] for row in coming(client, day, policy)):
        return None
    return mark["mark"]


def segment_on(client: Client, day: date, policy: Policy) -> Answer | None:
    """Segment and reason of the client on the day; None before it is one."""
    start = born(client)
    if start is None or day < start:
        return None
    if isinstance(policy, Salescope):
        return _salescope(client, day, policy)
    mark = mark_in_force(client, day, policy)
    if mark is not None:
        return mark, "marked"
    dates = counted(client, day)
    is_coming = bool(coming(client, day, policy))
    if dates:
        return _invoiced(dates[-1], is_coming, day, policy)
    if is_coming:
        return "new", "first"
    return ("no_activity", "empty") if (day - start).days < policy.no_activity_days else ("lost", "never_invoiced")


def _invoiced(last: date, is_coming: bool, day: date, policy: Kopilot) -> Answer:
    # The boundary day belongs to the warmer side under `warm`; shifting the day by one says the same for `cold`.
    seen = day if policy.boundary == "warm" else day + DAY
    age = (seen - last).days
    if seen <= add_months(last, policy.active_months):
        return "active", "invoiced"
    if seen <= add_months(last, policy.sleeping_months):
        return "sleeping_away", "cooling"
    if age <= policy.lifespan_days - policy.notice_days:
        return "hibernating", "cooling"
    if age <= policy.lifespan_days:
        return ("hibernating", "planned") if is_coming else ("leaving", "leaving")
    return ("new", "returning") if is_coming else ("lost", "expired")


def _salescope(client: Client, day: date, policy: Salescope) -> Answer:
    dates = counted(client, day)
    alert = policy.inactive_months - policy.alert_months
    if not dates:
        return "prospect", "never_invoiced"
    if day >= add_months(dates[-1], policy.inactive_months):
        return "inactive", "expired"
    if day >= add_months(dates[-1], alert):
        return "almost_inactive", "cooling"
    earlier = [issued_on for issued_on in dates if issued_on < dates[-1]]
    if earlier and dates[-1] >= add_months(earlier[-1], policy.inactive_months):
        return "recovered", "returned"
    if day < add_months(dates[0], alert):
        return "new", "first"
    return "active", "invoiced"


def visible(client: Client, day: date) -> Client:
    """The client as somebody sees it on the day: what is dated or known later, voiding included, has not happened."""
    rows = []
    for row in client["invoices"]:
        seen = row["issued_on"] <= day or (not is_credit_note(row) and known_on(row) <= day)
        seen = known_on(row) <= day if is_plan(row) else seen
        if seen and row.get("void_on") is not None and row["void_on"] > day:
            rows.append(row | {"void_on": None, "state": "planned" if is_plan(row) else "issued"})
        elif seen:
            rows.append(row)
    marks = [mark for mark in client["marks"] if mark["marked_on"] <= day]
    return client | {"invoices": rows, "marks": marks}


def turning_days(client: Client, policy: Policy) -> list[date]:
    """Every day on which the answer can differ from the day before, and many more, in order."""
    days = [client.get("created_on")] + [mark["marked_on"] for mark in client["marks"]]
    for row in client["invoices"]:
        days += [row["issued_on"], row.get("known_on"), row.get("void_on")]
    turns: set[date] = set()
    for day in {day for day in days if day is not None}:
        turns.update(day + DAY * n for n in (0, 1))
        if isinstance(policy, Salescope):
            months, spans = (policy.inactive_months, policy.inactive_months - policy.alert_months), ()
        else:
            months = (policy.active_months, policy.sleeping_months)
            spans = (policy.lifespan_days, policy.lifespan_days - policy.notice_days, policy.no_activity_days)
            enters = add_months(day, -policy.horizon_months)
            turns.update(enters + DAY * n for n in range(-4, 5))
        turns.update(add_months(day, n) + DAY * extra for n in months for extra in (0, 1))
        turns.update(day + DAY * (n + extra) for n in spans for extra in (0, 1))
    return sorted(turns)


def walk(client: Client, policy: Policy, days: Iterable[date]) -> list[Interval]:
    """Contiguous intervals [from, until) of one segment and reason, from the answers on the days given, in order."""
    changes: list[tuple[Answer, date]] = []
    for day in days:
        answer = segment_on(client, day, policy)
        if answer is not None and (not changes or changes[-1][0] != answer):
            changes.append((answer, day))
    ends = [day for _, day in changes[1:]]
    return [(*answer, day, until) for (answer, day), until in zip(changes, [*ends, None], strict=False)]


def timeline(client: Client, policy: Policy, until: date) -> list[Interval]:
    """The intervals seen by asking on every single day from born to `until`."""
    start = born(client)
    if start is None:
        return []
    return walk(client, policy, (start + DAY * n for n in range((until - start).days + 1)))


def whole_timeline(client: Client, policy: Policy) -> list[Interval]:
    """The same for all time, asking only on the days that can differ from the one before."""
    return walk(client, policy, turning_days(client, policy))


def since_on(client: Client, day: date, policy: Policy) -> date | None:
    """The first day of the unbroken stay in the segment that the client has on the day."""
    stay = None
    for segment, _, start, _ in walk(client, policy, [d for d in turning_days(client, policy) if d <= day]):
        if stay is None or stay[0] != segment:
            stay = segment, start
    return stay[1] if stay else None


def change_after(client: Client, day: date, policy: Policy) -> tuple[str, date] | None:
    """The next segment and its first day if nobody acts, from what is visible on the day; None: it stays for ever."""
    now = segment_on(client, day, policy)
    seen = visible(client, day)
    for later in turning_days(seen, policy):
        answer = segment_on(seen, later, policy) if later > day else None
        if now is not None and answer is not None and answer[0] != now[0]:
            return answer[0], later
    return None


def days_left(client: Client, day: date, policy: Policy) -> int | None:
    """Days until the client is lost by time, while it is leaving."""
    answer = segment_on(client, day, policy)
    if answer != ("leaving", "leaving") or isinstance(policy, Salescope):
        return None
    age = (day - counted(client, day)[-1]).days
    return policy.lifespan_days - age + (1 if policy.boundary == "warm" else 0)


def activity(client: Client, day: date, policy: Policy) -> Row | None:
    """The client's row of the portfolio on the day; None: no row."""
    answer = segment_on(client, day, policy)
    if answer is None:
        return None
    change = change_after(client, day, policy) or (None, None)
    ahead = [row["issued_on"] for row in coming(client, day, policy)]
    return {
        "segment": answer[0],
        "reason": answer[1],
        "since_on": since_on(client, day, policy),
        "next_segment": change[0],
        "next_on": change[1],
        "days_left": days_left(client, day, policy),
        "last_issued_on": max(counted(client, day), default=None),
        "next_planned_on": min(ahead, default=None),
        "is_planned": bool(ahead),
    }
