"""Who works with a workspace, and as what? The last owner stays one; nobody else is indispensable."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from cartera.app.workspace.access import place_given, signins
from cartera.app.workspace.access.place_given import OWNER, Given
from cartera.app.workspace.access.told import PEOPLE, tell
from cartera.errors import CarteraError, UnknownNameError, suggested
from cartera.tongue import say

if TYPE_CHECKING:
    from datetime import datetime

    from cartera.app.scope import Scope
    from cartera.ledger.book import Book
    from cartera.ledger.models import Membership


@dataclass(frozen=True)
class Person:
    """A member. number: names it in addresses. seen_at: when it was last signed in here, None for never."""

    number: int
    email: str
    name: str
    place: Given
    is_active: bool
    seen_at: datetime | None


def people(scope: Scope, book: Book) -> list[Person]:
    """Everybody with a place in the workspace, by name; those who may not come in any more last."""
    scope.require(PEOPLE)
    seen = signins.last_seen(book.alias)
    found = [_person(one, seen.get(one.user_id)) for one in _members(book).select_related("user")]
    return sorted(found, key=lambda one: (not one.is_active, one.name.casefold() or one.email.casefold()))


def member_called(scope: Scope, book: Book, email: str) -> int:
    """The number of the member with this address. UnknownNameError: nobody has it, with the nearest."""
    scope.require(PEOPLE)
    known = {str(one.user.email): one.pk for one in _members(book).select_related("user")}
    found = next((number for one, number in known.items() if one.lower() == email.strip().lower()), None)
    if not known:
        raise CarteraError(
            say("nobody has a place in this workspace yet."),
            fix=say("Invite somebody: {command}.", command=suggested("people", "invite")),
        )
    if found is None:
        raise UnknownNameError("person", email, sorted(known))
    return int(found)


def change(
    scope: Scope, book: Book, number: int, *, by: str, role: str, sees: str = "", team: str = "", rep: str = "",
    grants: Iterable[str] = (),
) -> Person:  # fmt: skip
    """The member in its new place, in force with its next click.

    CarteraError: it is the last owner, or the place is none. LookupError: there is no such member.
    """
    wanted = place_given.given(role, sees=sees, team=team, rep=rep, grants=grants)

    def done(member: Membership) -> None:
        """Write the place and what it was."""
        before = place_given.of(member)
        if before.role == OWNER and wanted.role != OWNER:
            _keep_an_owner(book, member)
        placed(member, wanted)
        member.save(using=book.alias)
        if wanted != before:
            tell(book, "role", by=by, before=before.told(), person=member.user.email, **wanted.told())

    return _changed(scope, book, number, done)


def disable(scope: Scope, book: Book, number: int, *, by: str) -> Person:
    """The member, who may not come in from now on; whatever it did stays.

    CarteraError: it is the last owner. LookupError: there is no such member.
    """

    def done(member: Membership) -> None:
        """Shut the door and end the sign-ins."""
        _keep_an_owner(book, member)
        _shut(book, member)
        tell(book, "disable", by=by, person=member.user.email)

    return _changed(scope, book, number, done)


def enable(scope: Scope, book: Book, number: int, *, by: str) -> Person:
    """The member, who may come in again. LookupError: there is no such member."""

    def done(member: Membership) -> None:
        """Open the door."""
        member.is_active = True
        member.save(using=book.alias, update_fields=["is_active"])
        tell(book, "enable", by=by, person=member.user.email)

    return _changed(scope, book, number, done)


def remove(scope: Scope, book: Book, number: int, *, by: str) -> Person:
    """The member as it was; its place and its keys are gone, its account and what it did are not.

    CarteraError: it is the last owner. LookupError: there is no such member.
    """
    from cartera.app.workspace.access.keys import revoke_all

    def done(member: Membership) -> None:
        """Take the place away."""
        _keep_an_owner(book, member)
        _shut(book, member)
        revoke_all(book, member.user_id)
        tell(book, "remove", by=by, before=place_given.of(member).told(), person=member.user.email)
        member.delete(using=book.alias)

    return _changed(scope, book, number, done)


def owners(book: Book) -> Any:
    """The members who own the workspace and may come in."""
    return _members(book).filter(role=OWNER, is_active=True, user__is_active=True)


def placed(member: Any, wanted: Given) -> None:
    """Give the member its place; it is not saved yet."""
    member.role, member.sees, member.team, member.rep = wanted.role, wanted.sees, wanted.team, wanted.rep
    member.grants = list(wanted.grants)


def _changed(scope: Scope, book: Book, number: int, done: Callable[[Membership], None]) -> Person:
    """The member after the act, in one transaction in which nobody else changes the workspace's people."""
    from django.db import transaction

    from cartera.ledger.entry import locked

    scope.require(PEOPLE)
    with transaction.atomic(using=book.alias):
        locked(book)
        member = _members(book).select_related("user").filter(pk=number).first()
        if member is None:
            raise LookupError(number)
        as_it_was = _person(member, None)
        done(member)
    return _person(member, None) if member.pk else replace(as_it_was, is_active=False)


def _keep_an_owner(book: Book, member: Membership) -> None:
    if member.role == OWNER and not owners(book).exclude(pk=member.pk).exists():
        raise CarteraError(
            say("{person} is the last owner of this workspace.", person=str(member.user.email)),
            fix=say("Make somebody else an owner first."),
        )


def _shut(book: Book, member: Membership) -> None:
    """The member may not come in; who may come in nowhere else is signed out everywhere."""
    from cartera.ledger.models import Membership

    member.is_active = False
    member.save(using=book.alias, update_fields=["is_active"])
    if not Membership.objects.using(book.alias).filter(user_id=member.user_id, is_active=True).exists():
        signins.end_all(book.alias, member.user_id)


def _members(book: Book) -> Any:
    from cartera.ledger.models import Membership

    return Membership.objects.using(book.alias).filter(workspace_id=book.workspace_id)


def _person(member: Membership, seen_at: datetime | None) -> Person:
    is_active = bool(member.is_active and member.user.is_active)
    return Person(member.pk, str(member.user.email), str(member.user.name), place_given.of(member), is_active, seen_at)
