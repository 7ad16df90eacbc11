"""Forget one person: in the ledger, on the disk, and in everything derived from it."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from cartera.app.clock import now
from cartera.app.workspace.place import place
from cartera.app.workspace.privacy.whom import subject_called

if TYPE_CHECKING:
    from cartera.app.scope import Scope
    from cartera.ledger.book import Book
    from cartera.ledger.privacy.erase import Erased
    from cartera.ledger.privacy.subject import Subject

ERASE = "erase"


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
    """Whether the columns of every version and the free pages of the database are gone."""
    from cartera.ledger.privacy.erase import shred as shredded

    shutil.rmtree(place(text).columns, ignore_errors=True)
    return shredded(book)


def erased_again(book: Book, *, by: str) -> int:
    """How many clients of a restored backup were forgotten once more, because the list of erasures names them."""
    from cartera.ledger.models import Client
    from cartera.ledger.privacy.erase import erase
    from cartera.ledger.privacy.subject import client_subject, mask, masks, versions

    known = masks(book)
    named = versions(book, Client).values_list("client_id", "key").distinct() if known else ()
    back = {client_id for client_id, key in named if {mask(book, client_id), mask(book, key)} & known}
    subjects: list[Subject] = [client_subject(book, [one]) for one in sorted(back)]
    for subject in subjects:
        erase(subject, at=now(), by=by, reason="restored")
    return len(subjects)
