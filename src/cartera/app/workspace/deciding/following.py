"""What changed after a version of the facts? One entry per change, for whoever follows the workspace."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cartera.app.scope import Scope
    from cartera.ledger.book import Book


IMPORT = "import"
CLIENTS, NOBODY = {"client_id", "to_id"}, "change_id"  # the columns that name clients; what stands for none
PAGE = 200  # changes that are looked through at a time
SHOWN = ("number", "kind", "facts_version", "made_at", "by", "subject")


def changes_after(scope: Scope, book: Book, version: int, *, limit: int) -> list[dict[str, Any]]:
    """The changes that led to a later facts version, the oldest first; where some clients are seen, those of these.

    change (its number), kind, facts_version, made_at, by, client_id (null where it is about several or none).
    """
    from cartera.ledger.models import Change

    scope.require("show")
    made = Change.objects.using(book.alias).filter(workspace_id=book.workspace_id, is_made=True)
    later = made.filter(facts_version__gt=version).order_by("facts_version", "number")
    found = (
        later.values("pk", *SHOWN)[:limit] if scope.clients is None else islice(_of_those(scope, book, later), limit)
    )
    return [
        {
            "change": row["number"], "kind": row["kind"], "facts_version": row["facts_version"],
            "made_at": row["made_at"], "by": row["by"], "client_id": row["subject"] or None,
        }
        for row in found
    ]  # fmt: skip


def _of_those(scope: Scope, book: Book, later: Any) -> Iterator[dict[str, Any]]:
    """The changes about one client that the scope sees, and those about several, all of whom it sees; no imports."""
    from django.db.models import Q

    mine = later.filter(Q(subject__in=scope.clients) | Q(subject="") & ~Q(kind=IMPORT)).values("pk", *SHOWN)
    start = 0
    while rows := list(mine[start : start + PAGE]):
        several = _all_seen(scope, book, [row["pk"] for row in rows if not row["subject"]])
        yield from (row for row in rows if row["subject"] or row["pk"] in several)
        start += PAGE


def _all_seen(scope: Scope, book: Book, changes: list[int]) -> set[int]:
    """Those of the changes that wrote facts about clients that the scope sees, and about nothing else."""
    from cartera.app.workspace.identity.who import sees
    from cartera.ledger.models import FACTS

    about: dict[int, set[str | None]] = {}
    for model in FACTS:
        held: Any = model._default_manager.using(book.alias)  # noqa: SLF001 - documented by Django
        written = held.filter(workspace_id=book.workspace_id, change_id__in=changes)
        # A fact of no client, such as a rate, is about everybody.
        for column in CLIENTS & set(model.COLUMNS) or {NOBODY}:
            for change, client in written.values_list("change_id", column).distinct():
                about.setdefault(change, set()).add(client if column != NOBODY else None)
    seen = sees(scope, book)
    return {change for change, clients in about.items() if all(one and seen(one) for one in clients)}
