"""Where is somebody signed in? Rows that can be listed and ended; a copy of an ended one's cookie opens nothing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from hmac import digest as hmac_digest
from typing import TYPE_CHECKING, Any

from cartera.app.clock import now
from cartera.app.workspace.access.told import PEOPLE, tell

if TYPE_CHECKING:
    from datetime import datetime

    from cartera.app.scope import Scope
    from cartera.ledger.book import Book

LASTS = timedelta(days=14)  # after that everybody signs in anew, however busy
RESTS = timedelta(days=3)  # so long may nobody look before it ends by itself
SEEN_EVERY = timedelta(minutes=5)  # it is no row to rewrite on every click


@dataclass(frozen=True)
class SignedIn:
    """A sign-in. handle: names it in addresses and opens nothing. address: of the network from which it came."""

    handle: str
    email: str
    browser: str
    address: str
    begun_at: datetime | None
    seen_at: datetime | None
    is_here: bool = False


def sign_ins(alias: str, people: Iterable[int], *, here: str | None = None) -> list[SignedIn]:
    """The sign-ins in force of these people, the latest first. here: the key of the one that asks."""
    return [_told(row, here) for row in _in_force(alias, people)]


def of_workspace(scope: Scope, book: Book, *, here: str | None = None) -> list[SignedIn]:
    """The sign-ins in force of everybody in the workspace."""
    scope.require(PEOPLE)
    return sign_ins(book.alias, _members(book), here=here)


def end(alias: str, people: Iterable[int], handle: str) -> str | None:
    """End one of these people's sign-ins for good; whose it was, None where there is no such sign-in."""
    row = next((one for one in _in_force(alias, people) if handle_of(one.session_key) == handle), None)
    if row is None:
        return None
    row.delete(using=alias)
    return str(row.user.email)


def end_of_workspace(scope: Scope, book: Book, handle: str, *, by: str) -> str | None:
    """The same for somebody of the workspace, with a line of the audit."""
    from django.db import transaction

    scope.require(PEOPLE)
    with transaction.atomic(using=book.alias):
        whose = end(book.alias, _members(book), handle)
        if whose is not None:
            tell(book, "end_sign_in", by=by, person=whose)
    return whose


def end_all(alias: str, user_id: int, *, but: str | None = None) -> int:
    """End all sign-ins of a person but one; how many those were."""
    from cartera.ledger.models import SignIn

    rows = SignIn.objects.using(alias).filter(user_id=user_id).exclude(session_key=but or "")
    return int(rows.delete()[0])


def last_seen(alias: str) -> dict[int, datetime]:
    """Person -> when it was last seen, of all who are signed in."""
    from django.db.models import Max

    from cartera.ledger.models import SignIn

    rows = SignIn.objects.using(alias).exclude(user_id=None).values_list("user_id").annotate(Max("seen_at"))
    return {user: seen for user, seen in rows if seen is not None}


def is_over(begun_at: datetime | None, seen_at: datetime | None, at: datetime) -> bool:
    """Whether a sign-in ended by itself: too old, or too long without a look."""
    return begun_at is None or at - begun_at >= LASTS or at - (seen_at or begun_at) >= RESTS


def handle_of(session_key: str) -> str:
    """What names a sign-in without opening it."""
    return hmac_digest(session_key.encode(), b"handle of a sign-in", sha256).hex()[:16]


def _in_force(alias: str, people: Iterable[int]) -> list[Any]:
    from cartera.ledger.models import SignIn

    at = now()
    rows = SignIn.objects.using(alias).filter(user_id__in=list(people), expire_date__gt=at).select_related("user")
    return [one for one in rows.order_by("-seen_at") if not is_over(one.begun_at, one.seen_at, at)]


def _members(book: Book) -> list[int]:
    from cartera.ledger.models import Membership

    return list(
        Membership.objects.using(book.alias).filter(workspace_id=book.workspace_id).values_list("user_id", flat=True)
    )


def _told(row: Any, here: str | None) -> SignedIn:
    return SignedIn(
        handle_of(row.session_key), str(row.user.email), str(row.browser), str(row.address), row.begun_at, row.seen_at,
        is_here=row.session_key == here,
    )  # fmt: skip
