"""Say otherwise than the source what a client is called or where it is reached; no import takes that back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cartera.app.clock import now
from cartera.app.workspace.identity.who import held, who
from cartera.errors import CarteraError, suggested
from cartera.tongue import say

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cartera.app.scope import Scope
    from cartera.ledger.book import Book

RECTIFY = "rectify"
TELLING = ("name", "email", "phone", "website", "street", "city", "postcode", "country")


def rectify(
    scope: Scope, book: Book, client: str, given: Mapping[str, str | None], *, by: str, reason: str = ""
) -> tuple[int, str, dict[str, str]]:
    """The number of the change, the client in words, and what is said of it from now on.

    given: column -> text; None leaves a column to the source. What was said before stands, column by column.
    CarteraError: nothing is given, or it was said like this already.
    """
    from cartera.ledger.entry import MANUAL, entry
    from cartera.ledger.models import Client

    scope.require(RECTIFY)
    found = who(scope, book, client)
    said = {name: text.strip() for name, text in given.items() if text is not None and text.strip()}
    if not said:
        example = suggested("person", RECTIFY, client, "--email", "jo@example.org")
        raise CarteraError(say("nothing is said otherwise."), fix=say("For example: {example}.", example=example))
    rows = held(book, Client).filter(source=MANUAL, key=found.own_id)
    before = rows.first()
    kept = {name: getattr(before, name) if before else None for name in Client.COLUMNS}
    values: dict[str, Any] = {**kept, **said, "client_id": found.own_id, "more": kept["more"] or "{}"}
    with entry(book, RECTIFY, at=now(), by=by, subject=found.own_id, reason=reason) as made:
        if not made.put(Client, found.own_id, **values):
            told = say("{name} stands like this already.", name=found.called)
            raise CarteraError(told, fix=say("See: {command}.", command=suggested("audit")))
        made.before = {found.own_id: {name: kept[name] for name in said}}
        made.after = {found.own_id: said}
        return made.change.number, found.called, said
