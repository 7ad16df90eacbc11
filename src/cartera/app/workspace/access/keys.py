"""Which programs act for a person? Keys of the API: told once, kept as digests, never with more than the person may."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from cartera.app.clock import now
from cartera.app.workspace.access.digest import digest
from cartera.app.workspace.access.told import PEOPLE, tell
from cartera.errors import CarteraError
from cartera.tongue import say

if TYPE_CHECKING:
    from cartera.app.scope import Scope
    from cartera.ledger.book import Book
    from cartera.ledger.models import ApiKey, User

START = "cartera_"
SHOWN = len(START) + 6  # letters by which a person tells keys apart
DAYS = (30, 90, 365)


@dataclass(frozen=True)
class Made:
    """A key that was made. token: told this once."""

    key: ApiKey
    token: str


def make(
    scope: Scope, book: Book, user: User, name: str, *, by: str, days: int = 90, is_read_only: bool = True
) -> Made:
    """A new key that acts for the person in this workspace. CarteraError: it has no name, or lasts too long."""
    from django.db import transaction

    from cartera.ledger.models import ApiKey

    scope.require("show")
    if not name.strip():
        raise CarteraError(
            say("the key has no name."), where="name", fix=say("Write which program will use it, such as Warehouse.")
        )
    if days not in DAYS:
        raise CarteraError(
            say("a key cannot last {days} days.", days=days), where="days", fix=say("Choose 30, 90 or 365 days.")
        )
    token = START + secrets.token_urlsafe(32)
    with transaction.atomic(using=book.alias):
        made = ApiKey.objects.using(book.alias).create(
            workspace_id=book.workspace_id, user_id=user.pk, name=name.strip(), prefix=token[:SHOWN],
            token_hash=digest(token), is_read_only=is_read_only, made_at=now(), expires_at=now() + timedelta(days=days),
        )  # fmt: skip
        tell(book, "key", by=by, key=made.prefix, name=made.name, days=days, read_only=is_read_only)
    return Made(made, token)


def keys(scope: Scope, book: Book, user: User) -> list[ApiKey]:
    """The keys in force: of everybody for whoever looks after people, else the person's own; the newest first."""
    scope.require("show")
    return list(_seen(scope, book, user).select_related("user").order_by("-made_at"))


def revoke(scope: Scope, book: Book, user: User, number: int, *, by: str) -> None:
    """The key is worth nothing from now on. LookupError: there is none, or it is somebody else's."""
    from django.db import transaction

    scope.require("show")
    with transaction.atomic(using=book.alias):
        found = _seen(scope, book, user).filter(pk=number).first()
        if found is None:
            raise LookupError(number)
        found.revoked_at = now()
        found.save(using=book.alias, update_fields=["revoked_at"])
        tell(book, "revoke", by=by, before={"key": found.prefix, "name": found.name})


def revoke_all(book: Book, user_id: int) -> None:
    """The same for every key of a person in this workspace; told by whoever removes the person."""
    _in_force(book).filter(user_id=user_id).update(revoked_at=now())


def revoke_everywhere(alias: str, user_id: int) -> int:
    """How many keys of a person were in force, in whichever workspace; now none is."""
    from cartera.ledger.models import ApiKey

    return int(ApiKey.objects.using(alias).filter(user_id=user_id, revoked_at=None).update(revoked_at=now()))


def _seen(scope: Scope, book: Book, user: User) -> Any:
    rows = _in_force(book)
    return rows if scope.allows(PEOPLE) else rows.filter(user_id=user.pk)


def _in_force(book: Book) -> Any:
    from cartera.ledger.models import ApiKey

    return ApiKey.objects.using(book.alias).filter(workspace_id=book.workspace_id, revoked_at=None)
