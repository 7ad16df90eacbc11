"""Do the shipped windows fit these clients? Others, proposed from their own rhythm, put in force by a person."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from cartera.app.workspace.settings import workspace_policy
from cartera.app.workspace.steering import draft, publish
from cartera.errors import CarteraError
from cartera.tongue import say

if TYPE_CHECKING:
    from cartera.app.scope import Scope
    from cartera.ledger.book import Book
    from cartera.views.view import Answer

NAME, NOTE = "Own windows", "Proposed from the gaps between the clients' own invoices."


def proposed(book: Book, answer: Answer) -> Any:
    """The rules in force with the windows that the view `windows` proposes; None where those in force fit."""
    rows = answer.rows.to_pylist()
    numbers = {row["number"]: row["proposed"] for row in rows if row["proposed"] != row["current"]}
    return replace(workspace_policy(book.workspace), **numbers) if numbers else None


def adopt(scope: Scope, book: Book, answer: Answer, *, by: str) -> str:
    """The name under which the proposed windows are in force from now on. CarteraError: nothing else is proposed."""
    wanted = proposed(book, answer)
    if wanted is None:
        raise CarteraError(say("the windows in force fit: nothing else is proposed."), fix=say("Keep them."))
    made = draft(scope, book, wanted, name=NAME, by=by)
    published = publish(scope, book, made.key, note=NOTE, by=by)
    return f"{published.name} v{published.number}"
