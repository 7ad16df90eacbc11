"""Keep the people at a client: one by hand, or those of a file."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cartera.app.clock import now
from cartera.app.workspace.identity.who import held, under, who
from cartera.app.workspace.people.file import Found, placed, taken
from cartera.errors import CarteraError, suggested
from cartera.tongue import say

if TYPE_CHECKING:
    from cartera.app.scope import Scope
    from cartera.ledger.book import Book

CONTACT = "contact"


def add_contact(scope: Scope, book: Book, client: str, name: str, *, by: str, **values: Any) -> tuple[int, str]:
    """A contact added, or the one of this name changed: the number of the change and the sentence.

    values: role, email, phone, is_primary, preferred_channel, consent; those not given stay as they are.
    """
    from cartera.ledger.entry import entry
    from cartera.ledger.models import Contact

    scope.require(CONTACT)
    found, person = who(scope, book, client), name.strip()
    if not person:
        raise CarteraError(
            say("a contact has a name."),
            fix=say("For example: {command}.", command=suggested("contact", "add", "Acme", "Jo Smith")),
        )
    key = contact_key(found.client_id, person)
    before = held(book, Contact).filter(key=key).first()
    kept = {column: getattr(before, column) for column in Contact.COLUMNS} if before else {}
    row = {**kept, "client_id": found.client_id, "name": person, **{k: v for k, v in values.items() if v is not None}}
    with entry(book, CONTACT, at=now(), by=by, subject=found.client_id) as made:
        is_new = made.put(Contact, key, **row)
        if not is_new:
            raise CarteraError(
                say("{person} is known like this already.", person=person),
                fix=say("See: {command}.", command=suggested("contact", "list")),
            )
        made.after = {column: row.get(column) for column in Contact.COLUMNS}
        number = made.change.number
    return number, _told(person, found.called, is_new=not before)


def import_contacts(scope: Scope, book: Book, path: Path, *, by: str) -> Found:
    """The contacts of a file, each row accounted for; a contact of the same name at the same client is changed."""
    from cartera.ledger.models import Contact
    from cartera.ledger.privacy.subject import is_contact, masks
    from cartera.sources.files.people_table import read_contacts

    scope.require(CONTACT)
    people, known = read_contacts(path), masks(book)
    rows: dict[str, Mapping[str, Any]] = {}
    for row, client_id, values in placed(scope, book, people):
        key = contact_key(client_id, values["name"])
        if is_contact(book, Contact(client_id=client_id, name=values["name"], email=values["email"]), known):
            hint = f"They asked to be forgotten. If they agree again, add them: {suggested('contact', 'add')}."
            people.refused.append(people.table.problem(row, "ERASED_PERSON", "name", hint))
        elif key in rows:
            hint = say("Keep one row per contact and client.")
            people.refused.append(people.table.problem(row, "REPEATED_CONTACT", "name", hint))
        else:
            rows[key] = {"client_id": client_id, **values}
    return taken(book, "contacts", Contact, people, rows, by=by)


def contacts(scope: Scope, book: Book, client_id: str | None = None) -> list[dict[str, Any]]:
    """Every contact that holds, or those of one client; the primary one first, then by name."""
    from cartera.ledger.models import Contact

    scope.require("show")
    rows = held(book, Contact).order_by("client_id", "-is_primary", "name").values(*Contact.COLUMNS)
    chosen = rows.filter(client_id__in=under(book, client_id)) if client_id else rows
    return [row for row in chosen if scope.clients is None or row["client_id"] in scope.clients]


def contact_key(client_id: str, name: str) -> str:
    """The key of a contact; the name cannot be read in it, so that nothing of an erased person stays in a key."""
    from cartera.ledger.digest import digest

    return digest([client_id, " ".join(name.split()).casefold()])


def _told(person: str, name: str, *, is_new: bool) -> str:
    if is_new:
        return say("Added {person} at {name}", person=person, name=name)
    return say("Changed {person} at {name}", person=person, name=name)
