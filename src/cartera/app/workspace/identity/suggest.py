"""Which clients of the workspace could be one? Suggestions with their reasons, without those that were answered."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from cartera.app.workspace.identity.who import held

if TYPE_CHECKING:
    from cartera.app.scope import Scope
    from cartera.facts.likeness import Pair
    from cartera.ledger.book import Book

OWN = ("client_id", "name", "email", "phone", "website", "postcode")


def suggest(scope: Scope, book: Book) -> list[Pair]:
    """Pairs of clients that could be one, the likeliest first; not those linked or said to be different."""
    from cartera.facts.likeness import suggestions
    from cartera.ledger.links import links, pair

    scope.require("link")
    told = links(book)
    return [
        found
        for found in suggestions(known(scope, book))
        if (first := told.leading(found.first)) != (second := told.leading(found.second))
        and pair(first, second) not in told.different
        and second != told.parents.get(first)
        and first != told.parents.get(second)
    ]


def known(scope: Scope, book: Book) -> list[dict[str, str | None]]:
    """What is known of each client, its further columns included; of several sources the first that says something."""
    from django.db.models import Case, When

    from cartera.ledger.entry import MANUAL
    from cartera.ledger.models import Client

    found: dict[str, dict[str, str | None]] = {}
    said = Case(When(source=MANUAL, then=0), default=1)  # a person's word goes first
    rows = held(book, Client).order_by("client_id", said, "source").values_list(*OWN, "more")
    for *own, more in rows.iterator(2_000):
        further = {name: str(value) for name, value in json.loads(more).items() if value is not None}
        given = {**further, **{name: value for name, value in zip(OWN, own, strict=True) if value}}
        if scope.clients is None or given["client_id"] in scope.clients:
            found[given["client_id"]] = {**given, **found.get(given["client_id"], {})}
    return list(found.values())
