"""What happens next with a client, and when? Steps that remind, and what came of an attempt to reach somebody."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cartera.app.workspace.deciding.act import Act, Done, change
from cartera.errors import CarteraError, UnknownNameError
from cartera.tongue import say

if TYPE_CHECKING:
    from datetime import date

    from cartera.app.scope import Scope
    from cartera.app.workspace.deciding.whom import Whom
    from cartera.ledger.book import Book
    from cartera.ledger.entry import Entry

STEP, NOTE, LOG = "step", "note", "log"
REACHED, NO_ANSWER, MEETING = "reached", "no_answer", "meeting"
OUTCOMES = (REACHED, NO_ANSWER, MEETING)


def step(scope: Scope, book: Book, whom: Whom, text: str, act: Act, *, on: date) -> Done:
    """What is to be done about these clients on a day to come; until then nobody is reminded of them.

    CarteraError: the day has come.
    """
    scope.require(NOTE)
    if on <= act.day:
        raise CarteraError(say("{day} has come already.", day=on), fix=say("Give a day to come."))
    with change(book, STEP, act, whom.ids) as made:
        _steps(made, whom, on, text.strip(), act)
    return Done(made.change.number, say("Next step for {clients} on {day}", clients=whom.text, day=on), "", whom.ids)


def finish(scope: Scope, book: Book, client: str, act: Act) -> Done:
    """Every open step of the client done today. CarteraError: there is none."""
    scope.require(NOTE)
    from cartera.app.workspace.deciding.whom import Whom, the_client

    rows = [row for row in open_steps(book) if row.client_id == client]
    if not rows:
        raise CarteraError(say("there is no open step of this client."))
    whom = Whom({client: the_client(book, client)})
    with change(book, STEP, act, whom.ids) as made:
        for row in rows:
            made.replace(row, done_on=act.day)
        made.after[client] = {"done": [row.due_on.isoformat() for row in rows]}
    return Done(made.change.number, say("Done: the next step of {clients}", clients=whom.text), "", whom.ids)


def outcome(scope: Scope, book: Book, whom: Whom, came: str, act: Act, *, on: date | None = None) -> Done:
    """What came of a call today, in one change: the call, and of a meeting agreed on its day as the next step.

    UnknownNameError: `came` is none of OUTCOMES. CarteraError: a meeting without a day to come.
    """
    scope.require(LOG)
    if came not in OUTCOMES:
        raise UnknownNameError("outcome", came, OUTCOMES)
    if came == MEETING and (on is None or on <= act.day):
        raise CarteraError(say("a meeting needs a day to come."))
    from cartera.ledger.models import Interaction

    told = {REACHED: say("Reached"), NO_ANSWER: say("No answer"), MEETING: say("Meeting agreed on")}[came]
    with change(book, LOG, act, whom.ids, {"outcome": came}) as made:
        for ordinal, one in enumerate(whom.ids, 1):
            made.put(
                Interaction, f"log-{made.change.number}.{ordinal}", client_id=one, at=act.at, channel="call",
                direction="out", subject=told, by=act.by,
            )  # fmt: skip
            made.after[one] = {"outcome": came}
        if on is not None:
            _steps(made, whom, on, say("Meeting"), act)
    return Done(made.change.number, f"{came}: {whom.text}", "", whom.ids)


def open_steps(book: Book) -> list[Any]:
    """The steps that are still to be done."""
    from cartera.app.workspace.identity.who import held
    from cartera.ledger.models import Step

    return list(held(book, Step).filter(done_on=None).order_by("due_on", "pk"))


def _steps(made: Entry, whom: Whom, on: date, text: str, act: Act) -> None:
    """The step of each client; those that were open before are done with it."""
    from cartera.ledger.models import Step

    for row in open_steps(made.book):
        if row.client_id in whom.names:
            made.replace(row, done_on=act.day)
    for ordinal, one in enumerate(whom.ids, 1):
        made.put(
            Step, f"{made.change.number}.{ordinal}", client_id=one, due_on=on, text=text, at=act.at, by=act.by
        )  # fmt: skip
        made.after[one] = made.after.get(one, {}) | {"on": on.isoformat(), "step": text}
