"""Whose is a change, about whom is it, and may whoever asks take it back?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cartera.app.roles import who_may
from cartera.app.scope import NotAllowedError
from cartera.tongue import say

if TYPE_CHECKING:
    from cartera.app.scope import Scope
    from cartera.ledger.book import Book
    from cartera.ledger.models import Change

OTHERS = "undo_others"
NEEDS = {"import": "import", "link": "link", "rate": "rates"}  # kind of change -> the verb that takes it back
DECISIONS = ("plan", "move", "drop", "match", "mark", "note", "assign", "log", "contact", "step")
OWNED = "settings"  # a verb of owners alone


def undoable_by(scope: Scope, book: Book, number: int, user_id: int) -> tuple[str, ...] | None:
    """The clients of a change that this person may take back; None where the scope sees none, or not all, of them.

    NotAllowedError: it is somebody else's decision, or no decision, and the role does not allow that.
    """
    from cartera.ledger.models import Change
    from cartera.ledger.undo import origin

    made = Change.objects.using(book.alias).filter(workspace_id=book.workspace_id, number=number, is_made=True)
    change = made.select_related("undoes").first()
    if change is None:
        return None
    base = origin(change)
    clients = clients_of(book, base)
    if scope.clients is not None and not (clients and scope.clients.issuperset(clients)):
        return None
    needed = "undo" if base.kind in DECISIONS else NEEDS.get(base.kind, OWNED)
    if needed == "undo" and change.user_id != user_id:
        needed = OTHERS
    if not scope.allows(needed):
        raise NotAllowedError(say("this was decided by somebody else."), fix=say("Ask {who}.", who=who_may(needed)))
    return clients


def clients_of(book: Book, change: Change) -> tuple[str, ...]:
    """The clients about whom it says something, under the ids that lead."""
    from cartera.ledger.links import links
    from cartera.ledger.models import FACTS

    told, found = links(book), {str(change.subject)} - {""}
    for model in FACTS:
        if "client_id" in model.COLUMNS:
            rows: Any = model._default_manager.using(book.alias)  # noqa: SLF001 - documented by Django
            mine = rows.filter(workspace_id=book.workspace_id, change=change).exclude(client_id=None)
            found |= set(mine.values_list("client_id", flat=True).distinct())
    return tuple(sorted({told.leading(one) for one in found}))


def brings_back(book: Book, number: int) -> bool:
    """Whether undoing this change lets an earlier one hold again: so for an undo."""
    from cartera.ledger.undo import brings_back as back
    from cartera.ledger.undo import found

    return back(found(book, number))
