"""What is a workspace called? A name that no other here has; addresses follow it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from cartera.app.clock import now
from cartera.app.workspace.settings import SETTINGS
from cartera.errors import CarteraError
from cartera.tongue import say

if TYPE_CHECKING:
    from cartera.app.scope import Scope
    from cartera.ledger.book import Book

LONGEST = 100


def rename(scope: Scope, book: Book, name: str, *, by: str) -> None:
    """Give the workspace a name; nothing for the one that it has. CarteraError: it is empty, long, or another's."""
    from django.db import transaction

    from cartera.ledger import audit
    from cartera.ledger.entry import locked
    from cartera.ledger.models import Workspace

    scope.require(SETTINGS)
    wanted = name.strip()
    if not wanted or len(wanted) > LONGEST:
        raise CarteraError(
            say("a workspace is called something, in up to {count} letters.", count=LONGEST),
            where="name", fix=say("Write the company's name."),
        )  # fmt: skip
    with transaction.atomic(using=book.alias):
        held: Any = locked(book)
        if held.name == wanted:
            return
        if Workspace.objects.using(book.alias).filter(name=wanted).exists():
            raise CarteraError(say("another workspace is called {name}.", name=wanted), fix=say("Choose another name."))
        told = {"setting": "name", "before": held.name, "after": wanted}
        held.name = wanted
        held.save(using=book.alias, update_fields=["name"])
        audit.write(book, SETTINGS, at=now(), by=by, value=json.dumps(told, sort_keys=True, ensure_ascii=False))
