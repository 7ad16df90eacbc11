"""Note something about clients, or say whose they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cartera.app.workspace.deciding.act import Act, Done, change
from cartera.errors import CarteraError, suggested
from cartera.tongue import say, spoken, text

if TYPE_CHECKING:
    from datetime import date

    from cartera.app.scope import Scope
    from cartera.app.workspace.deciding.whom import Whom
    from cartera.ledger.book import Book

NOBODY = text("nobody", "value")


def note(scope: Scope, book: Book, whom: Whom, text: str, act: Act) -> Done:
    """The text remembered about these clients, with its author and moment. CarteraError: it is empty."""
    scope.require("note")
    said = text.strip()
    if not said:
        raise CarteraError(
            say("the note is empty."),
            fix=say("For example {command}.", command=suggested("note", "Acme", "asked for a quote")),
        )
    from cartera.ledger.models import Note

    with change(book, "note", act, whom.ids) as made:
        for ordinal, one in enumerate(whom.ids, 1):
            made.put(Note, f"{made.change.number}.{ordinal}", client_id=one, at=act.at, by=act.by, text=said)
            made.after[one] = {"note": said}
    return Done(made.change.number, say("Noted about {clients}", clients=whom.text), "", whom.ids)


def assign(scope: Scope, book: Book, whom: Whom, rep: str, act: Act, *, since: date) -> Done:
    """These clients given to a rep, whatever their sources say; an empty rep is nobody."""
    scope.require("assign")
    from cartera.ledger.models import Assignment

    name = rep.strip()
    held = Assignment.objects.using(book.alias).filter(
        workspace_id=book.workspace_id, until_version=None, is_deleted=False
    )
    before = {row.client_id: row for row in held if row.client_id in whom.names}
    if all(one in before and (before[one].rep, before[one].since_on) == (name, since) for one in whom.ids):
        raise CarteraError(
            say(
                "{name} was assigned to {rep} from {since} already.",
                name=whom.text,
                rep=name or NOBODY,
                since=since,
            )
        )
    with change(book, "assign", act, whom.ids, {"rep": name}) as made:
        for one in whom.ids:
            if one in before:
                made.before[one] = {"rep": before[one].rep or NOBODY, "since": before[one].since_on.isoformat()}
            made.put(Assignment, one, client_id=one, rep=name, since_on=since)
            made.after[one] = {"rep": name or NOBODY, "since": since.isoformat()}
    told = say(
        "Assigned {clients} to {rep} from {day}",
        clients=whom.text, rep=name or spoken(NOBODY, "value"), day=since,
    )  # fmt: skip
    return Done(made.change.number, told, "", whom.ids)
