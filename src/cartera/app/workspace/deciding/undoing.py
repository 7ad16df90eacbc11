"""Take a change back by its number, whatever it was; and say what stands all the same."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from cartera.app.workspace.deciding.act import Act, Done
from cartera.app.workspace.deciding.effect import told_moves
from cartera.app.workspace.deciding.whom import Whom, the_client
from cartera.errors import CarteraError, suggested
from cartera.tongue import filled, say, say_many, spoken, text

if TYPE_CHECKING:
    from cartera.app.scope import Scope
    from cartera.ledger.book import Book
    from cartera.ledger.entry import Entry
    from cartera.ledger.models import Change

DID = {
    "plan": text("planned for {clients}"), "move": text("moved a plan of {clients}"),
    "drop": text("dropped a plan of {clients}"), "match": text("matched a plan of {clients}"),
    "mark": text("marked {clients}"), "note": text("noted something about {clients}"),
    "assign": text("assigned {clients}"), "import": text("imported"), "link": text("linked {clients}"),
    "log": text("logged a contact with {clients}"), "step": text("set a next step of {clients}"),
    "contact": text("kept a contact of {clients}"),
}  # fmt: skip


def undo(scope: Scope, book: Book, text: str, act: Act) -> Done:
    """Change `text` taken back; of an undo, the change in force again. See `ledger.undo` for what is refused."""
    scope.require("undo")
    from cartera.ledger.undo import found, origin
    from cartera.ledger.undo import undo as undone

    target = found(book, _number(text))
    base: Any = origin(target)
    whom = Whom({base.subject: the_client(book, base.subject)} if base.subject else {})
    with told_moves(book, whom if whom.names else _decided(book, base), act) as moved:
        made = undone(book, target.number, at=act.at, by=act.by, note=act.note)
    is_back = made.after["in_force"]
    head = _head(base, whom, is_back=is_back)
    effect = " ".join(filter(None, (moved.text if made.is_changed else _later(book, base), _kept(book, made, base))))
    return Done(made.change.number, head, effect, whom.ids)


def _decided(book: Book, base: Any) -> Whom:
    """The clients that a decision about several planned for or marked."""
    from cartera.ledger.entry import MANUAL
    from cartera.ledger.models import Invoice, Mark

    found: set[str] = set()
    for model in (Invoice, Mark):
        rows: Any = model.objects.using(book.alias).filter(workspace_id=book.workspace_id, change=base, source=MANUAL)
        found |= set(rows.values_list("client_id", flat=True))
    return Whom({one: one for one in sorted(found)})


def _number(text: str) -> int:
    if not re.fullmatch(r"\d+", text.strip(), re.ASCII):
        raise CarteraError(
            say("{text} is no number of a change.", text=repr(text)),
            fix=say(
                "For example {command}; {listing} lists them.",
                command=suggested("undo", "12"),
                listing=suggested("audit"),
            ),
        )
    return int(text)


def _head(base: Change, whom: Whom, *, is_back: bool) -> str:
    """Took back change 12, which marked Acme."""
    named = {"change": str(base.number), "did": _did(base, whom)}
    if base.kind not in DID and "file" not in base.told:
        return (
            say("Brought back change {change} ({did})", **named)
            if is_back
            else say("Took back change {change} ({did})", **named)
        )
    if is_back:
        return say("Brought back change {change}, which {did}", **named)
    return say("Took back change {change}, which {did}", **named)


def _did(base: Change, whom: Whom) -> str:
    """What the change did: marked Acme."""
    if "file" in base.told:
        return say("imported {file}", file=base.told["file"])
    if base.kind not in DID:
        return str(base.kind)
    count = base.told.get("clients", 0)
    some = say_many("{count} clients", "{count} clients", count=count) if count else say("clients")
    return filled(spoken(DID[base.kind]), {"clients": whom.text if whom.names else some})


def _later(book: Book, base: Change) -> str:
    """Why nothing changes: the facts that it wrote say what a later change said."""
    numbers: set[int] = set()
    for rows in _own(book, base):
        numbers |= {one for one in rows.values_list("content_of__number", flat=True) if one > base.number}
    if not numbers:
        return say("No fact changes.")
    later = ", ".join(map(str, sorted(numbers)))
    return say("No fact changes: what it said was said anew by change {later}, which stands.", later=later)


def _own(book: Book, base: Change) -> list[Any]:
    """Per kind of fact, the rows that hold now of the facts that a change wrote."""
    from cartera.ledger.models import FACTS

    found = []
    for model in FACTS:
        rows: Any = model._default_manager.using(book.alias).filter(workspace_id=book.workspace_id)  # noqa: SLF001
        keys = rows.filter(change=base).values_list("key", flat=True)
        found.append(rows.filter(until_version=None, key__in=keys))
    return found


def _kept(book: Book, made: Entry, base: Change) -> str:
    """The clients that stay without facts because somebody decided about them."""
    from cartera.ledger.models import Client

    if base.kind != "import" or made.after["in_force"]:
        return ""
    rows = Client.objects.using(book.alias).filter(workspace_id=book.workspace_id, until_version=None, content_of=base)
    decided = _decided_about(book)  # others stay because a later import found them as they were
    kept = Whom({r.client_id: r.name or r.client_id for r in rows if not r.is_deleted and r.client_id in decided})
    if not kept.names:
        return ""
    return say_many(
        "{clients} stays: somebody decided about it.", "{clients} stay: somebody decided about them.",
        count=len(kept.names), clients=kept.listed,
    )  # fmt: skip


def _decided_about(book: Book) -> set[str]:
    """The clients of whom a person said something that holds."""
    from cartera.app.workspace.identity.who import held
    from cartera.ledger.entry import MANUAL
    from cartera.ledger.undo import DECIDING

    said = [held(book, model).filter(source=MANUAL).values_list("client_id", flat=True) for model in DECIDING]
    return {one for ids in said for one in ids}
