"""What changed after a version of the facts? One entry per change, for whoever follows the workspace."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from cartera.app.scope import Scope
    from cartera.ledger.book import Book


def changes_after(scope: Scope, book: Book, version: int, *, limit: int) -> list[dict[str, Any]]:
    """The changes that led to a later facts version, the oldest first; of one client's only where it may be seen.

    change (its number), kind, facts_version, made_at, by, client_id (null where it is about several or none).
    """
    from cartera.ledger.models import Change

    scope.require("show")
    made = Change.objects.using(book.alias).filter(workspace_id=book.workspace_id, is_made=True)
    later = made.filter(facts_version__gt=version).order_by("facts_version", "number")
    if scope.clients is not None:
        later = later.filter(subject__in=scope.clients)
    rows = later.values("number", "kind", "facts_version", "made_at", "by", "subject")[:limit]
    return [
        {
            "change": row["number"], "kind": row["kind"], "facts_version": row["facts_version"],
            "made_at": row["made_at"], "by": row["by"], "client_id": row["subject"] or None,
        }
        for row in rows
    ]  # fmt: skip
