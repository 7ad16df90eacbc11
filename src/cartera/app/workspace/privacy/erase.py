"""Forget one person: in the ledger, on the disk, and in everything derived from it."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from cartera.app.clock import now
from cartera.app.workspace.jobs.files import thrown_away
from cartera.app.workspace.place import place
from cartera.app.workspace.privacy.whom import subject_called
from cartera.errors import CarteraError
from cartera.tongue import say

if TYPE_CHECKING:
    from cartera.app.scope import Scope
    from cartera.ledger.book import Book
    from cartera.ledger.privacy.erase import Erased

ERASE, RESTORED = "erase", "restored"


def erase_person(
    scope: Scope, book: Book, text: str, client: str, *, by: str, contact: str | None = None, reason: str = ""
) -> tuple[Erased, bool]:
    """What was forgotten, and whether every byte is gone; if not, another program has the ledger open: `shred` again.

    text: the workspace as a person names it.
    """
    from cartera.ledger.privacy.erase import erase

    scope.require(ERASE)
    subject, _ = subject_called(scope, book, client, contact)
    erased = erase(subject, at=now(), by=by, reason=reason)
    return erased, shred(book, text)


def shred(book: Book, text: str) -> bool:
    """Whether the columns of every version, files that jobs made, and the free pages of the database are gone."""
    from cartera.ledger.privacy.erase import shred as shredded

    shutil.rmtree(place(text).columns, ignore_errors=True)
    thrown_away(book, place(text))
    return shredded(book)


def erased_again(scope: Scope, book: Book, earlier: Book, *, by: str) -> int:
    """How many persons of a restored backup were forgotten once more, because the earlier workspace forgot them.

    CarteraError: the two are not one workspace, so that a pseudonym of one means nothing in the other.
    """
    from cartera.ledger.models import Client, Contact
    from cartera.ledger.privacy.erase import erase
    from cartera.ledger.privacy.subject import client_subject, contact_subject, is_contact, mask, masks, versions

    scope.require(ERASE)
    if book.key != earlier.key:
        raise CarteraError(
            say("the two workspaces have different keys: one is no backup of the other."),
            fix=say("Name the workspace from which the backup was made."),
        )
    known = masks(book) | masks(earlier)
    named = versions(book, Client).values_list("client_id", "key").distinct()
    back = {client_id for client_id, key in named if {mask(book, client_id), mask(book, key)} & known}
    for one in sorted(back):
        erase(client_subject(book, [one]), at=now(), by=by, reason=RESTORED)
    count = len(back)
    while (row := next((row for row in versions(book, Contact) if is_contact(book, row, known)), None)) is not None:
        erase(contact_subject(book, row), at=now(), by=by, reason=RESTORED)
        count += 1
    return count
