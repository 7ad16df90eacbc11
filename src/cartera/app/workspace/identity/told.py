"""Which links hold, in words?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cartera.app.workspace.identity.who import names, sees

if TYPE_CHECKING:
    from cartera.app.scope import Scope
    from cartera.ledger.book import Book

SAYS = {
    "same": "{0} is the same client as {1}",
    "parent": "{0} belongs to {1}",
    "different": "{0} and {1} are two clients",
}


def told_links(scope: Scope, book: Book, client_id: str | None = None) -> list[dict[str, Any]]:
    """client_id, to_id, relation, change (its number), by, made_at and sentence of every link that holds.

    Only links between clients that the scope sees. client_id: only those that name this client.
    """
    from cartera.ledger.links import rows

    seen = sees(scope, book)
    found = [row for row in rows(book) if client_id in (None, row.client_id, row.to_id)]
    known = names(scope, book, {one for row in found for one in (row.client_id, row.to_id)}) if found else {}
    return [
        {
            "client_id": row.client_id, "to_id": row.to_id, "relation": row.relation, "change": row.change.number,
            "by": row.change.by, "made_at": row.change.made_at,
            "sentence": SAYS[row.relation].format(_called(known, row.client_id), _called(known, row.to_id)),
        }
        for row in found
        if seen(row.client_id) and seen(row.to_id)
    ]  # fmt: skip


def _called(known: dict[str, str], client_id: str) -> str:
    name = known.get(client_id, client_id)
    return name if name == client_id else f"{name} ({client_id})"
