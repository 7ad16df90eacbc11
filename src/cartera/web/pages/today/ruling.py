"""Which clients stand elsewhere since other rules were published? Told until the person has read it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpResponseRedirect

from cartera.app.workspace.steering.announced import Announced, announced, read
from cartera.tongue import say, say_many
from cartera.web import acts, frame
from cartera.web.asking import ask

if TYPE_CHECKING:
    from django.http import HttpResponse

    from cartera.web.door import Visit

VERSION = "version"
LONGEST = 9  # digits of a version


def news(visit: Visit) -> Announced | None:
    """The rules to be told of, on the page of the day itself."""
    if visit.asked.policy or acts.standing(visit) != "now":
        return None
    return announced(visit.scope, visit.desk.book, user=visit.user.pk, today=visit.today)


def ruling(visit: Visit) -> dict[str, Any] | None:
    """What is told of them: who changed them, how many clients moved by it, and the way to both rules side by side."""
    found = news(visit)
    if found is None:
        return None
    asked = visit.asked.along().but(policy=found.key)
    return {
        "text": sentence(visit, found), "note": found.note, "version": found.number,
        "href": frame.address(visit, "rules", asked=asked),
        "read": frame.address(visit, "today/rules", asked=visit.asked),
    }  # fmt: skip


def sentence(visit: Visit, found: Announced) -> str:
    """Rules changed by Ana on 3 Dec: 12 clients stand elsewhere because of the rules."""
    if found.before is None:
        return say("Rules changed by {by} on {day}.", by=found.by, day=found.on)
    moved = ask(visit, "whatif", policy=found.before, against=found.rules).rows.num_rows
    if not moved:
        return say(
            "Rules changed by {by} on {day}: no client stands elsewhere because of it.", by=found.by, day=found.on
        )
    return say_many(
        "Rules changed by {by} on {day}: {count} client stands elsewhere because of the rules, not of the client.",
        "Rules changed by {by} on {day}: {count} clients stand elsewhere because of the rules, not of the clients.",
        count=moved, by=found.by, day=found.on,
    )  # fmt: skip


def dismiss(visit: Visit) -> HttpResponse:
    """Back to the day, which tells of these rules no more."""
    number = str(visit.request.POST.get(VERSION, ""))
    if number.isdecimal() and len(number) <= LONGEST:
        read(visit.scope, visit.desk.book, int(number), user=visit.user.pk)
    return HttpResponseRedirect(frame.address(visit, "today", asked=visit.asked))
