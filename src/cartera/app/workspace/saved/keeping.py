"""How are addresses kept under a name? One per person and name; shared ones are seen by all, in their own scope."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cartera.app.clock import now
from cartera.errors import CarteraError
from cartera.tongue import say

if TYPE_CHECKING:
    from cartera.app.scope import Scope
    from cartera.ledger.book import Book
    from cartera.ledger.models import User

VIEW = "view"
LONGEST = 60  # letters of a name


@dataclass(frozen=True)
class Saved:
    """A page and its address under a name. is_own: made by whoever looks."""

    number: int
    name: str
    page: str
    query: str
    is_shared: bool
    is_own: bool


def kept(scope: Scope, book: Book, user: User) -> list[Saved]:
    """The person's own views and those that others share, by name."""
    from django.db.models import Q

    from cartera.ledger.models import SavedView

    scope.require("show")
    rows = SavedView.objects.using(book.alias).filter(workspace_id=book.workspace_id)
    mine = rows.filter(Q(user=user) | Q(is_shared=True)).order_by("name", "pk")
    return [
        Saved(one.pk, one.name, one.page, one.query, is_shared=one.is_shared, is_own=one.user_id == user.pk)
        for one in mine
    ]


def keep(scope: Scope, book: Book, user: User, *, name: str, page: str, query: str, is_shared: bool) -> Saved:
    """The address under this name, in place of one of the same name. CarteraError: no name, or one that is too long."""
    from django.db import transaction

    from cartera.ledger.models import SavedView

    scope.require("show")
    if is_shared:
        scope.require("share")
    called = " ".join(name.split())
    if not 0 < len(called) <= LONGEST:
        raise CarteraError(
            say("a view needs a name of 1 to {count} letters.", count=LONGEST),
            where="name",
            fix=say("Write one: My clients."),
        )
    with transaction.atomic(using=book.alias):
        made, _ = SavedView.objects.using(book.alias).update_or_create(
            workspace_id=book.workspace_id, user=user, name=called,
            defaults={"page": page, "query": query, "is_shared": is_shared, "made_at": now()},
        )  # fmt: skip
        _note(book, user, {"view": called, "shared": is_shared})
    return Saved(made.pk, called, page, query, is_shared=is_shared, is_own=True)


def forget(scope: Scope, book: Book, user: User, number: int) -> str:
    """The name of the view that is gone. CarteraError: it is not this person's."""
    from django.db import transaction

    from cartera.ledger.models import SavedView

    scope.require("show")
    mine = SavedView.objects.using(book.alias).filter(workspace_id=book.workspace_id, user=user, pk=number).first()
    if mine is None:
        raise CarteraError(say("there is no such view of yours."), fix=say("Only who saved a view can delete it."))
    with transaction.atomic(using=book.alias):
        mine.delete()
        _note(book, user, {"view": mine.name, "deleted": True})
    return str(mine.name)


def _note(book: Book, user: User, told: dict[str, object]) -> None:
    from cartera.ledger import audit

    by = str(user.name) or str(user.email)
    audit.write(book, VIEW, at=now(), by=by, value=json.dumps(told, sort_keys=True, ensure_ascii=False))
