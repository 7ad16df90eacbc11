"""How does a page let people decide? The verbs of a row, their addresses, and what is told when one was done."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import TYPE_CHECKING, Any
from urllib.parse import quote_plus, urlencode

from django.utils.safestring import SafeString, mark_safe

from cartera.tongue import say, spoken, text
from cartera.web.addresses import address as page_address
from cartera.web.door import narrow

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cartera.web.door import Visit

FROM, CLIENT, TOAST, WHOLE = "from", "client", "toast", "whole"
START = "today"
OWN = (FROM, CLIENT, WHOLE, "plan", "change", "outcome", "step")  # words of ours in the address of a verb
MARKED = ("lost", "cancelled")
EMPTY = ("no_activity", "prospect")
ANYBODY = secrets.token_hex(16)  # stands for the client where a row is made for all


@dataclass(frozen=True)
class Offer:
    """A verb that is offered for a client. word: as in the address. may: what it needs of a role."""

    word: str
    label: str
    icon: str
    may: str
    href: str = ""


PLAN = Offer("plan", text("Plan invoice"), "calendar-plus", "plan")
LOST = Offer("lost", text("Mark lost"), "unlink", "mark")
CANCELLED = Offer("cancelled", text("Mark cancelled"), "ban", "mark")
REACTIVATE = Offer("reactivate", text("Reactivate"), "repeat", "mark")
NOTE = Offer("note", text("Note"), "sticky-note", "note")
LOG = Offer("log", text("Log a contact"), "phone", "log")
STEP = Offer("step", text("Remind me"), "alarm-clock", "note")
CONTACT = Offer("contact", text("Add a contact"), "users", "contact")
ASSIGN = Offer("assign", text("Assign a sales rep"), "user-check", "assign")


def offers(visit: Visit, clients: Sequence[str], segment: str = "") -> list[Offer]:
    """What this person may decide about these clients on the day of the page, the likeliest first.

    On a day that is over nothing is offered, on one to come only plans are.
    """
    when = standing(visit)
    marks = (REACTIVATE,) if segment in MARKED else (CANCELLED,) if segment in EMPTY else (LOST,)
    shown = {"over": (), "ahead": (PLAN,)}.get(when, (PLAN, *marks, NOTE, STEP, LOG, CONTACT, ASSIGN))
    if segment in MARKED and when == "now":
        shown = (REACTIVATE, PLAN, NOTE, STEP, LOG, CONTACT, ASSIGN)
    return [
        replace(one, href=address(visit, one.word, clients), label=spoken(one.label))
        for one in shown
        if visit.scope.allows(one.may)
    ]


def bar(visit: Visit, client_id: str, segment: str = "") -> SafeString:
    """The verbs for a client as they stand in its row."""
    kind = next((one for one in (MARKED, EMPTY) if segment in one), ())
    if kind not in visit.stamps:  # made once for all rows that offer the same: only the client in the addresses differs
        from django.template.loader import render_to_string

        visit.stamps[kind] = render_to_string("acts/bar.html", {"offers": offers(visit, (ANYBODY,), segment)})
    return mark_safe(visit.stamps[kind].replace(ANYBODY, quote_plus(client_id)))  # noqa: S308 - quoted for an address


def standing(visit: Visit) -> str:
    """`over` for a page about the past, `ahead` for one about days to come, `now` else."""
    asked = visit.asked
    if asked.known or (asked.day and asked.day < visit.today):
        return "over"
    return "ahead" if asked.day and asked.day > visit.today else "now"


def why_not(visit: Visit) -> str:
    """Why nothing can be decided on this page, empty where something can."""
    if standing(visit) != "over":
        return ""
    return say("Decisions are made today: this page shows an earlier day.")


def address(visit: Visit, word: str, clients: Sequence[str] = (), **more: str) -> str:
    """The address of a verb about these clients, which knows the page that it was asked on."""
    kept = {name: value for name, value in visit.asked.more.items() if name not in OWN}
    given = kept | {FROM: origin(visit), **more}
    href = page_address(visit, f"do/{word}", asked=visit.asked.but(page=visit.asked.page, more=given))
    return f"{href}&{urlencode([(CLIENT, one) for one in clients])}" if clients else href


def origin(visit: Visit) -> str:
    """The page on which the verb was asked for."""
    return visit.asked.more.get(FROM, "") if visit.route.startswith("do/") else visit.route


def asked_on(visit: Visit) -> Visit:
    """The visit of the page on which a verb was asked for, with its day, scope and words."""
    kept = {name: value for name, value in visit.asked.more.items() if name not in OWN}
    return narrow(replace(visit, route=origin(visit), asked=replace(visit.asked, more=kept)))


def back(visit: Visit) -> str:
    """The address of the page on which a verb was asked for; the page of the day where none is known."""
    here = asked_on(visit)
    return page_address(here if here.route else replace(here, route=START))


def row_id(client_id: str) -> str:
    """The id of a client's row in a page, of letters and digits whatever the client's is."""
    return f"row-{sha256(client_id.encode()).hexdigest()[:12]}"


def new_id() -> str:
    """A number for one sending of a form."""
    return secrets.token_urlsafe(12)


@dataclass(frozen=True)
class Toast:
    """What was done, and the address that takes it back; empty where that cannot be."""

    text: str
    undo: str = ""
    change: int = 0
    request_id: str = ""


def toast(visit: Visit, told: str, change: int, **more: str) -> Toast:
    """The toast of a change; with undo where this person may, in an address that says this more."""
    undo = address(visit, "undo", change=str(change), **more) if change and visit.scope.allows("undo") else ""
    return Toast(told, undo, change, new_id())


def keep_toast(visit: Visit, told: str, change: int) -> None:
    """Show it on the next page."""
    visit.request.session[TOAST] = [told, change]


def kept_toast(visit: Visit) -> Toast | None:
    """What was done on the page before, once. Its undo loads the page anew: the row may have no place on this one."""
    session: Any = visit.request.session
    if TOAST not in session:
        return None
    told, change = session.pop(TOAST)
    return toast(visit, told, change, **{WHOLE: "1"})
