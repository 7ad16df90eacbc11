"""What do the verbs about next steps and calls do? As `verbs`, for what reminds people and what came of a call."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cartera.app.workspace.deciding import stepping
from cartera.app.workspace.deciding.act import acting
from cartera.app.workspace.deciding.sending import Told
from cartera.app.workspace.people.contacts import add_contact
from cartera.tongue import say
from cartera.web.pages.do.saying import long, named

if TYPE_CHECKING:
    from datetime import date

    from cartera.app.workspace.deciding.whom import Whom
    from cartera.web.door import Visit

Typed = dict[str, Any]


def contact(visit: Visit, whom: Whom, given: Typed) -> Told:
    """A person at the client added, or changed where the name is known."""
    (client,) = whom.ids
    told = {name: given[name].strip() or None for name in ("role", "email", "phone", "preferred_channel", "consent")}
    number, _ = add_contact(visit.scope, visit.desk.book, client, given["name"], by=visit.by, **told)
    return Told(number, say("{person} is kept at {name}.", person=given["name"].strip(), name=whom.text), whom.ids)


def step(visit: Visit, whom: Whom, given: Typed) -> Told:
    """A reminder on a day to come."""
    book = visit.desk.book
    done = stepping.step(visit.scope, book, whom, given["text"], acting(book, visit.by), on=given["day"])
    return Told(done.number, say("{name} comes back on {day}.", name=named(whom), day=long(given["day"])), whom.ids)


def finish(visit: Visit, whom: Whom, _given: Typed) -> Told:
    """The open step done."""
    (client,) = whom.ids
    done = stepping.finish(visit.scope, visit.desk.book, client, acting(visit.desk.book, visit.by))
    return Told(done.number, say("Done: the next step of {name}.", name=whom.text), whom.ids)


def reached(visit: Visit, whom: Whom, _given: Typed) -> Told:
    """A call that reached somebody."""
    return _called(visit, whom, stepping.REACHED, say("Logged: {name} reached.", name=whom.text))


def no_answer(visit: Visit, whom: Whom, _given: Typed) -> Told:
    """A call that nobody answered."""
    return _called(visit, whom, stepping.NO_ANSWER, say("Logged: no answer from {name}.", name=whom.text))


def meeting(visit: Visit, whom: Whom, given: Typed) -> Told:
    """A meeting agreed on."""
    on: date = given["day"]
    told = say("Meeting with {name} on {day}.", name=whom.text, day=long(on))
    return _called(visit, whom, stepping.MEETING, told, on)


def _called(visit: Visit, whom: Whom, came: str, told: str, on: date | None = None) -> Told:
    act = acting(visit.desk.book, visit.by)
    return Told(stepping.outcome(visit.scope, visit.desk.book, whom, came, act, on=on).number, told, whom.ids)
