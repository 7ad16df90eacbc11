"""How does somebody get a place? By a link that an owner hands on: it is good once, for a week, for one address."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from cartera.app.clock import now
from cartera.app.workspace.access import place_given
from cartera.app.workspace.access.digest import digest
from cartera.app.workspace.access.naming import require_own_name
from cartera.app.workspace.access.people import placed
from cartera.app.workspace.access.told import PEOPLE, called, tell
from cartera.errors import CarteraError
from cartera.tongue import say

if TYPE_CHECKING:
    from cartera.app.scope import Scope
    from cartera.ledger.book import Book
    from cartera.ledger.models import Invitation, Membership, User

LASTS = timedelta(days=7)
JOIN = "join"


@dataclass(frozen=True)
class Invited:
    """An invitation that was made. path: of its link, told this once; only its digest is kept."""

    invitation: Invitation
    path: str


@dataclass(frozen=True)
class Newcomer:
    """Who follows an invitation without an account: what it is called, and its password."""

    name: str
    password: str


def invite(
    scope: Scope, book: Book, email: str, *, by: str, role: str, sees: str = "", team: str = "", rep: str = "",
    grants: Iterable[str] = (),
) -> Invited:  # fmt: skip
    """A new invitation; an earlier one to the same address ends.

    CarteraError: it is no address, somebody who is in already, or a place that is none.
    """
    from django.db import transaction

    from cartera.ledger.models import Invitation

    scope.require(PEOPLE)
    address, place = known_address(email), place_given.given(role, sees=sees, team=team, rep=rep, grants=grants)
    token = secrets.token_urlsafe(32)
    with transaction.atomic(using=book.alias):
        _refuse_member(book, address)
        open_ones(book).filter(email__iexact=address).delete()
        made = Invitation.objects.using(book.alias).create(
            workspace_id=book.workspace_id, email=address, role=place.role, sees=place.sees, team=place.team,
            rep=place.rep, grants=list(place.grants), token_hash=digest(token), made_by=by, made_at=now(),
            expires_at=now() + LASTS,
        )  # fmt: skip
        tell(book, "invite", by=by, person=address, **place.told())
    return Invited(made, f"/{JOIN}/{token}")


def invitations(scope: Scope, book: Book) -> list[Invitation]:
    """Those that somebody may still follow, the newest first."""
    scope.require(PEOPLE)
    return list(open_ones(book).order_by("-made_at"))


def withdraw(scope: Scope, book: Book, number: int, *, by: str) -> None:
    """The link is worth nothing from now on. LookupError: there is no such invitation."""
    from django.db import transaction

    scope.require(PEOPLE)
    with transaction.atomic(using=book.alias):
        found = open_ones(book).filter(pk=number).first()
        if found is None:
            raise LookupError(number)
        tell(book, "withdraw", by=by, before={"person": found.email})
        found.delete(using=book.alias)


def invited(alias: str, token: str) -> Invitation | None:
    """The invitation of a link, None for one that was followed, withdrawn, has ended, or never was."""
    from cartera.ledger.models import Invitation

    rows = Invitation.objects.using(alias).select_related("workspace").filter(used_at=None, expires_at__gt=now())
    found: Invitation | None = rows.filter(token_hash=digest(token)).first()
    return found


def join(book: Book, invitation: Invitation, who: User | Newcomer) -> Membership:
    """The place, taken by this person, who keeps a higher role that it got meanwhile; the link is worth nothing then.

    LookupError: it is so already. CarteraError: the address has got an account meanwhile, or somebody has the name.
    """
    from django.db import transaction

    from cartera.ledger.entry import locked
    from cartera.ledger.models import Invitation, Membership

    with transaction.atomic(using=book.alias):
        locked(book)
        unused = Invitation.objects.using(book.alias).filter(pk=invitation.pk, used_at=None)
        if not unused.update(used_at=now()):
            raise LookupError(invitation.pk)
        require_own_name(book.alias, str(who.name), [book.workspace_id], user=getattr(who, "pk", None))
        user = _created(book.alias, str(invitation.email), who) if isinstance(who, Newcomer) else who
        found = Membership.objects.using(book.alias).filter(workspace_id=book.workspace_id, user_id=user.pk).first()
        member = found or Membership(workspace_id=book.workspace_id, user_id=user.pk)
        place = place_of(invitation)
        if found is not None and found.is_active and rank(str(found.role)) > rank(place.role):
            place = place_given.of(found)
        placed(member, place)
        member.is_active = True
        member.save(using=book.alias)
        tell(book, JOIN, by=called(user), person=user.email, **place.told())
    return member


def rank(role: str) -> int:
    """How much a role may, the more the higher."""
    from cartera.ledger.models.people import ROLES

    return -ROLES.index(role)


def place_of(invitation: Invitation) -> place_given.Given:
    """The place that an invitation offers."""
    return place_given.Given(
        str(invitation.role), str(invitation.sees), str(invitation.team), str(invitation.rep),
        tuple(invitation.grants or ()),
    )  # fmt: skip


def known_address(email: str) -> str:
    """The e-mail address without spaces. CarteraError: it is none."""
    from django.core.exceptions import ValidationError
    from django.core.validators import validate_email

    try:
        validate_email(email.strip())
    except ValidationError:
        raise CarteraError(
            say("{text} is no e-mail address.", text=repr(email)),
            where="email", fix=say("Write one such as ana@example.com."),
        ) from None  # fmt: skip
    return email.strip()


def open_ones(book: Book) -> Any:
    """The invitations that may still be followed."""
    from cartera.ledger.models import Invitation

    rows = Invitation.objects.using(book.alias).filter(workspace_id=book.workspace_id, used_at=None)
    return rows.filter(expires_at__gt=now())


def _created(alias: str, email: str, who: Newcomer) -> User:
    """The account, in the transaction of the place: whoever comes second finds the link used, and leaves none."""
    from cartera.ledger.models import User

    if User.objects.using(alias).filter(email__iexact=email).exists():
        raise CarteraError(
            say("{person} has an account already.", person=email), where="email", fix=say("Sign in with it.")
        )
    made: User = User.objects.db_manager(alias).create_user(email, who.password, name=who.name.strip(), joined_at=now())
    return made


def _refuse_member(book: Book, email: str) -> None:
    from cartera.ledger.models import Membership

    members = Membership.objects.using(book.alias).filter(workspace_id=book.workspace_id, is_active=True)
    if members.filter(user__email__iexact=email).exists():
        raise CarteraError(
            say("{person} is in this workspace already.", person=email),
            where="email", fix=say("Change the role instead."),
        )  # fmt: skip
