"""Whom does a request mean? A client with all that was linked to it, or one contact at a client."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cartera.app.workspace.identity.who import Who, held, who
from cartera.errors import CarteraError, UnknownNameError
from cartera.tongue import say

if TYPE_CHECKING:
    from cartera.app.scope import Scope
    from cartera.ledger.book import Book
    from cartera.ledger.privacy.subject import Subject


def subject_called(scope: Scope, book: Book, client: str, contact: str | None = None) -> tuple[Subject, str]:
    """The person, and how they are called in a sentence. UnknownNameError: the client has no such contact."""
    from cartera.ledger.links import links
    from cartera.ledger.privacy.subject import client_subject, contact_subject

    found = who(scope, book, client)
    if contact is None:
        return client_subject(book, [found.client_id, *links(book).followers(found.client_id)]), found.called
    return contact_subject(book, _contact(book, found, contact)), f"{contact} at {found.called}"


def _contact(book: Book, found: Who, text: str) -> object:
    from cartera.ledger.links import links
    from cartera.ledger.models import Contact

    ids = [found.client_id, *links(book).followers(found.client_id)]
    rows = list(held(book, Contact).filter(client_id__in=ids).order_by("name"))
    wanted = text.strip().casefold()
    fits = [row for row in rows if wanted in (row.name.casefold(), row.email.casefold())]
    if len(fits) == 1:
        return fits[0]
    if fits:
        both = ", ".join(row.email or row.client_id for row in fits)
        told = say("{count} contacts are called {name} ({both}).", count=len(fits), name=repr(text), both=both)
        raise CarteraError(told, fix=say("Give the mail address."))
    raise UnknownNameError("contact", text, [row.name for row in rows] or ["none yet"])
