"""Which invoices will a series of Sage bring? Its latest invoice tells the rhythm, when it is asked for by its id."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from cartera.calendar import add_days, add_months
from cartera.sources.kit.contract import Context, Document, Mapped, Page, Payload, Position, Problem, Record, Window
from cartera.sources.kit.http import Http
from cartera.sources.kit.parsing import parsed
from cartera.sources.sage.documents import document
from cartera.sources.sage.people import id_of
from cartera.sources.sage.walks import listed, single, there
from cartera.tongue import say

STREAM, CLIENTS, INVOICES = "templates", "clients", "invoices"
UNFINISHED = "has_unfinished_recurring_invoices"
AHEAD = 12  # months for which plans are made
EVERY = timedelta(hours=20)  # two requests a client: once a day
ENDED = ("finish", "stop", "end", "complet", "cancel")  # in the word for the state of a series; unverified
LATEST = {"sort": "date:desc", "items_per_page": "1"}


def templates(http: Http, position: Position) -> Iterator[Page]:
    """The latest invoice of each client with an unfinished series, under the client's key; the clients on the way."""
    if position.updated_at and http.at and http.at - position.updated_at < EVERY:
        return
    for page in there(http, CLIENTS, Position(link=position.link), Window()):
        clients = tuple(replace(one, stream=CLIENTS) for one in page.records)
        found = tuple(made for one in clients if (made := _latest(http, one)))
        yield Page(
            (*clients, *found),
            Position(position.updated_at if page.position.link else http.at, link=page.position.link),
        )


def _latest(http: Http, client: Record) -> Record | None:
    if client.is_deleted or not parsed(client.payload).get(UNFINISHED):
        return None
    rows = listed(http, "/sales_invoices", {**LATEST, "contact_id": client.key})
    found = single(http, INVOICES, str(rows[0][1]["id"]), show_recurring_invoice="true") if rows else None
    return replace(found, key=client.key) if found else None


def template(_stream: str, key: str, payload: Payload, context: Context) -> Mapped:
    """The plans of a client's series: proposed in a sentence, or made where the user has accepted that."""
    client = context.record(CLIENTS, key) or {}
    told = payload.get("recurring_invoice") or {}
    if not client.get(UNFINISHED) or not told or _is_ended(told):
        return Mapped()
    latest, _ = document(INVOICES, str(payload["id"]), payload, context)
    if latest.state == "void" or latest.amount is None or latest.amount <= 0:
        return Mapped()
    rhythm = _rhythm(told)
    if rhythm is None:
        word = f"{told.get('recurrence_type')} {told.get('frequency')}"
        return Mapped(
            problems=(
                Problem("SCHEDULE_STALE", say("nobody knows the rhythm {rhythm}.", rhythm=repr(word)), is_error=False),
            )
        )
    days = list(_days(latest.issued_on, *rhythm, today=context.day))
    if not days:
        return Mapped(problems=(_stale(latest),))
    if context.settings.get("inferred") != "planned":
        return Mapped(problems=(_proposed(latest, days[0]),))
    return Mapped(documents=tuple(_plan(latest, on) for on in days))


def _is_ended(told: Any) -> bool:
    word = str(told.get("recurrence_status_identifier") or "").lower()
    return any(one in word for one in ENDED)


def _rhythm(told: Any) -> tuple[int, int] | None:
    """Months and days from one invoice to the next; None when nobody knows the word. Unverified: the words."""
    count, word = int(told.get("frequency") or 1), str(told.get("recurrence_type") or "").lower()
    steps = {
        "d": (0, count),
        "w": (0, 7 * count),
        "m": (count, 0),
        "q": (3 * count, 0),
        "y": (12 * count, 0),
        "a": (12 * count, 0),
    }
    return steps.get(word[:1]) if count > 0 else None


def _days(first: date, months: int, days: int, *, today: date) -> Iterator[date]:
    """The occurrences after today for a year, by the latest one's own day of the month; none when two were left out."""

    def on(place: int) -> date:
        return add_days(add_months(first, months * place), days * place)

    if on(2) <= today:
        return
    place, end = 1, add_months(today, AHEAD)
    while (found := on(place)) <= end:
        if found > today:
            yield found
        place += 1


def _plan(latest: Document, on: date) -> Document:
    """The next one is expected to be as the latest was; known since that one was made."""
    return replace(
        latest, issued_on=on, part=on.isoformat(), state="planned", due_on=None, paid_on=None, open_amount=None,
        base_amount=None, number=None, more={"plan": "inferred"},
    )  # fmt: skip


def _stale(latest: Document) -> Problem:
    return Problem(
        "SCHEDULE_STALE",
        say("its series goes on in Sage, and nothing came since {day}.", day=latest.issued_on.isoformat()),
        say("Nothing is planned of it. End the series in Sage, or look why it stopped."),
        is_error=False,
    )


def _proposed(latest: Document, on: date) -> Problem:
    value, currency = f"{latest.amount:f}", latest.currency or ""
    return Problem(
        "PLAN_PROPOSED",
        say(
            "this series would bring {amount} {currency} on {day}.", amount=value, currency=currency, day=on.isoformat()
        ),
        say("To plan with all such series, set {setting} of this source.", setting="inferred = planned"),
        is_error=False,
    )


def of_client(payload: Payload) -> Iterator[tuple[str, str]]:
    """The series whose plans depend on this client."""
    key = id_of(payload)
    if key and payload.get(UNFINISHED):
        yield STREAM, key
