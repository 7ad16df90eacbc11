"""What does each verb do? It hands what was typed to the verb of app, and tells in words what was done."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cartera.app.workspace.deciding import marking, planning, replanning, saying, typed, undoing
from cartera.app.workspace.deciding import matching as pairs
from cartera.app.workspace.deciding.act import Act, Done, acting
from cartera.app.workspace.deciding.sending import Told
from cartera.app.workspace.deciding.whose import brings_back
from cartera.app.workspace.people.interactions import log as log_with
from cartera.errors import CarteraError
from cartera.tongue import money, say, say_many, text
from cartera.web.pages.do import contacting as calls
from cartera.web.pages.do import forms
from cartera.web.pages.do.saying import long, named

if TYPE_CHECKING:
    from cartera.app.workspace.deciding.whom import Whom
    from cartera.web.door import Visit

Typed = dict[str, Any]
Does = Callable[["Visit", "Whom", Typed], Told]


@dataclass(frozen=True)
class Verb:
    """A decision. word: in its address. title: over its form. button: what sends it. may: what it needs of a role.

    about: `client`, `plan` or `change`. several: whether it may be about many clients at once.
    """

    word: str
    title: str
    button: str
    may: str
    form: type[forms.Act]
    does: Does
    about: str = "client"
    several: bool = False


def plan(visit: Visit, whom: Whom, given: Typed) -> Told:
    """One invoice, a series, or all of last year again."""
    book, act = visit.desk.book, _act(visit, given)
    if given["like"]:
        planned = planning.like_last_year(book, whom, act)
    else:
        days = typed.series(given["day"], given["every"] or None, given["times"] if given["every"] else None)
        planned = planning.alike(book, whom, days, given["amount"])
    about = whom.only({one.client_id for one in planned})
    done = planning.plan(visit.scope, book, about, planned, act)
    first = min(one.on for one in planned)
    if len(planned) == 1:
        worth = money(planned[0].amount, planned[0].currency, places=2)
        return _told(done, say("Planned {amount} for {name} on {day}.", amount=worth, name=whom.text, day=long(first)))
    told = say_many(
        "Planned {count} invoice for {name}, the first on {day}.",
        "Planned {count} invoices for {name}, the first on {day}.",
        count=len(planned), name=named(about), day=long(first),
    )  # fmt: skip
    return _told(done, told)


def move(visit: Visit, whom: Whom, given: Typed) -> Told:
    """A plan on another day."""
    done = replanning.move(visit.scope, visit.desk.book, given["plan"], given["day"], _act(visit, given))
    return _told(done, say("Moved the plan of {name} to {day}.", name=whom.text, day=long(given["day"])))


def drop(visit: Visit, whom: Whom, given: Typed) -> Told:
    """A plan dropped."""
    done = replanning.drop(visit.scope, visit.desk.book, given["plan"], _act(visit, given))
    return _told(done, say("Dropped the plan of {name}.", name=whom.text))


def match(visit: Visit, whom: Whom, given: Typed) -> Told:
    """A plan kept by an invoice."""
    done = pairs.match(visit.scope, visit.desk.book, given["plan"], given["invoice"], _act(visit, given))
    return _told(
        done, say("Matched the plan of {name} with invoice {invoice}.", name=whom.text, invoice=given["invoice"])
    )


def lost(visit: Visit, whom: Whom, given: Typed) -> Told:
    """Marked lost, to be looked at again on a day or never."""
    return _told(_mark(visit, whom, "lost", given), say("{name} marked lost.", name=named(whom)))


def cancelled(visit: Visit, whom: Whom, given: Typed) -> Told:
    """Marked cancelled; not where anything was invoiced."""
    act = _act(visit, given)
    for one in marking.refused(visit.desk.book, whom, "cancelled", act.day):
        name = whom.names[one]
        raise CarteraError(say("{name} was invoiced, so it was a client. Mark it lost instead.", name=name))
    return _told(_mark(visit, whom, "cancelled", given), say("{name} marked cancelled.", name=named(whom)))


def reactivate(visit: Visit, whom: Whom, given: Typed) -> Told:
    """The mark lifted; not where there is none."""
    act = _act(visit, given)
    for one in marking.refused(visit.desk.book, whom, "reactivated", act.day):
        name = whom.names[one]
        told = say("{name} carries no mark that could be lifted. An invoice or a plan brings it back.", name=name)
        raise CarteraError(told)
    return _told(_mark(visit, whom, "reactivated", given), say("{name} reactivated.", name=named(whom)))


def note(visit: Visit, whom: Whom, given: Typed) -> Told:
    """Something remembered."""
    done = saying.note(visit.scope, visit.desk.book, whom, given["text"], _act(visit, given))
    return _told(done, say("Noted about {name}.", name=named(whom)))


def log(visit: Visit, whom: Whom, given: Typed) -> Told:
    """A call, an e-mail, a meeting, a chat or a visit."""
    (client,) = whom.ids
    act = _act(visit, given)
    on = None if given["on"] == act.day else given["on"].isoformat()
    number, _ = log_with(
        visit.scope, visit.desk.book, client, given["channel"], by=visit.by, on=on, about=given["about"],
        direction=given["direction"] or None,
    )  # fmt: skip
    return Told(number, say("Logged a contact with {name}.", name=whom.text), whom.ids)


def assign(visit: Visit, whom: Whom, given: Typed) -> Told:
    """Given to a rep, or to nobody."""
    done = saying.assign(
        visit.scope, visit.desk.book, whom, given["rep"], _act(visit, given), since=given["since"]
    )  # fmt: skip
    if not given["rep"].strip():
        return _told(done, say("{name} has no sales rep now.", name=named(whom)))
    return _told(done, say("{name} assigned to {rep}.", name=named(whom), rep=given["rep"].strip()))


def undo(visit: Visit, whom: Whom, given: Typed) -> Told:
    """A change taken back, or an undo."""
    is_back = brings_back(visit.desk.book, int(given["change"]))
    done = undoing.undo(visit.scope, visit.desk.book, given["change"], _act(visit, given))
    name = named(whom) if whom.names else say("the workspace")
    if is_back:
        return Told(done.number, say("Back in force: what was decided about {name}.", name=name), whom.ids)
    return Told(done.number, say("Taken back: what was decided about {name}.", name=name), whom.ids)


VERBS = (
    Verb("plan", text("Plan an invoice for {name}"), text("Plan invoice"), "plan", forms.Plan, plan, several=True),
    Verb("move", text("Move the plan of {name}"), text("Move"), "plan", forms.Move, move, "plan"),
    Verb("drop", text("Drop the plan of {name}"), text("Drop"), "plan", forms.Drop, drop, "plan"),
    Verb("match", text("Which invoice kept the plan of {name}?"), text("Match"), "plan", forms.Match, match, "plan"),
    Verb("lost", text("Mark {name} lost"), text("Mark lost"), "mark", forms.Lost, lost, several=True),
    Verb(
        "cancelled", text("Mark {name} cancelled"), text("Mark cancelled"), "mark", forms.Cancelled, cancelled,
        several=True,
    ),
    Verb(
        "reactivate", text("Reactivate {name}"), text("Reactivate"), "mark", forms.Reactivate, reactivate, several=True
    ),
    Verb("note", text("Note something about {name}"), text("Note"), "note", forms.Note, note, several=True),
    Verb("log", text("Log a contact with {name}"), text("Log"), "log", forms.Log, log),
    Verb("step", text("When to come back to {name}?"), text("Remind me"), "note", forms.Step, calls.step, several=True),
    Verb("finish", text("Next step of {name}"), text("Done"), "note", forms.Bare, calls.finish),
    Verb("reached", text("{name} was reached"), text("Reached"), "log", forms.Bare, calls.reached),
    Verb("no-answer", text("No answer from {name}"), text("No answer"), "log", forms.Bare, calls.no_answer),
    Verb("meeting", text("Meeting with {name}"), text("Log"), "log", forms.Meeting, calls.meeting),
    Verb("contact", text("Who is to be asked at {name}?"), text("Keep"), "contact", forms.Contact, calls.contact),
    Verb("assign", text("Whose client is {name}?"), text("Assign"), "assign", forms.Assign, assign, several=True),
    Verb("undo", text("Take back what was decided about {name}"), text("Undo"), "undo", forms.Bare, undo, "change"),
)  # fmt: skip


def _mark(visit: Visit, whom: Whom, word: str, given: Typed) -> Done:
    act = _act(visit, given)
    return marking.mark(visit.scope, visit.desk.book, whom, word, act, on=act.day, review=given.get("review"))


def _act(visit: Visit, given: Typed) -> Act:
    return acting(visit.desk.book, visit.by, given.get("reason", ""), given.get("note", ""))


def _told(done: Done, words: str) -> Told:
    return Told(done.number, words, done.clients)
