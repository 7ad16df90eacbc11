"""What is refused about people, invitations, keys, passwords and names of workspaces, with the whole message."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from cartera.app.scope import EVERYTHING, Scope
from cartera.app.workspace.access import audited, invitations, keys, passwords, people
from cartera.app.workspace.access.naming import require_own_name
from cartera.app.workspace.naming import rename
from cartera.errors import CarteraError

if TYPE_CHECKING:
    from cartera.ledger.book import Book


def user(book: Book, name: str = "olga") -> object:
    """An owner of the workspace."""
    from cartera.ledger.models import Membership, User

    made = User.objects.db_manager(book.alias).create_user(f"{name}@acme.example", None, name=name)
    Membership.objects.using(book.alias).create(workspace_id=book.workspace_id, user=made, role="owner")
    return made


def elsewhere(book: Book) -> None:
    """A link for somebody who is in another workspace as well."""
    from cartera.ledger.models import Membership, Workspace

    made = user(book, "sam")
    other = Workspace.objects.using(book.alias).create(name="Rival", created_at=book.workspace.created_at)
    Membership.objects.using(book.alias).create(workspace=other, user=made, role="owner")
    number = people.member_called(EVERYTHING, book, "sam@acme.example")
    passwords.reset_path(EVERYTHING, book, "s", number, by="olga")


def invite(book: Book, email: str, **place: str) -> None:
    """An invitation."""
    user(book)
    invitations.invite(EVERYTHING, book, email, by="olga", **{"role": "viewer"} | place)


def joined_too_late(book: Book) -> None:
    """An invitation whose address got an account meanwhile."""
    user(book, "nina")
    book.workspace.membership_set.using(book.alias).all().delete()
    made = invitations.invite(EVERYTHING, book, "nina@acme.example", by="olga", role="viewer").invitation
    invitations.join(book, made, invitations.Newcomer("Nina", "four words put together"))


def make(book: Book, name: str, days: int) -> None:
    """A key."""
    keys.make(EVERYTHING, book, user(book), name, by="olga", days=days)


LAST = "olga@acme.example is the last owner of this workspace. Make somebody else an owner first."
FOUR = " Take four words that nobody would put together."
REFUSED: list[tuple[Callable[[Book], object], str]] = [
    (lambda book: invite(book, "olga"), "email: 'olga' is no e-mail address. Write one such as ana@example.com."),
    (lambda book: invite(book, "olga@acme.example"),
     "email: olga@acme.example is in this workspace already. Change the role instead."),
    (lambda book: people.change(EVERYTHING, book, 1, by="x", role="rep", rep="Ana", grants=["import"]),
     "grants: import would reach clients that this person does not see. Let the person see all clients, or leave it"
     " out."),
    (lambda book: people.remove(EVERYTHING, book, user(book).memberships.using(book.alias).get().pk, by="x"), LAST),
    (lambda book: people.member_called(EVERYTHING, book, "x"),
     "nobody has a place in this workspace yet. Invite somebody: cartera people invite."),
    (lambda book: make(book, " ", 30),
     "name: the key has no name. Write which program will use it, such as Warehouse."),
    (lambda book: make(book, "Warehouse", 7), "days: a key cannot last 7 days. Choose 30, 90 or 365 days."),
    (lambda book: require_own_name(book.alias, "Olga", [book.workspace_id]) if user(book) else None,
     "name: somebody else here is called Olga. Add what tells you apart, such as a second name."),
    (joined_too_late, "email: nina@acme.example has an account already. Sign in with it."),
    (elsewhere, "sam@acme.example is in another workspace as well. Ask whoever runs the server for a link: cartera"
     " people reset."),
    (lambda _: passwords.require_strong("short"),
     f"password: a password of 5 letters can be guessed; it needs 10.{FOUR}"),
    (lambda _: passwords.require_strong("1234567890"), f"password: the password is one that many people use.{FOUR}"),
    (lambda book: passwords.require_strong("olga@acme.example", user(book)),
     f"password: the password is almost your name or address.{FOUR}"),
    (lambda book: rename(EVERYTHING, book, " ", by="olga"),
     "name: a workspace is called something, in up to 100 letters. Write the company's name."),
    (lambda book: audited.lines(Scope(may=frozenset({"audit_team"})), book, audited.Wanted()),
     "you are in no team whose audit could be shown. Ask an owner to name your team."),
]  # fmt: skip


@pytest.mark.parametrize(("act", "message"), REFUSED)
def test_refused(book: Book, act: Callable[[Book], object], message: str) -> None:
    with pytest.raises(CarteraError) as caught:
        act(book)
    assert str(caught.value) == message


def test_the_name_of_another_workspace(book: Book, ledger_address: str) -> None:
    from tests.ledgers import KEY, MOMENT

    from cartera.ledger.book import create_book

    create_book(ledger_address, "Rival", at=MOMENT, key=KEY)
    with pytest.raises(CarteraError) as caught:
        rename(EVERYTHING, book, "Rival", by="olga")
    assert str(caught.value) == "another workspace is called Rival. Choose another name."
