"""Which pairs of clients deserve a look? Suggestions with names, where there are not too many clients to compare."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cartera.app.workspace.identity.suggest import suggest
from cartera.app.workspace.identity.who import held, names

if TYPE_CHECKING:
    from cartera.app.scope import Scope
    from cartera.ledger.book import Book

MOST_CLIENTS = 20_000  # more take longer than a page may


@dataclass(frozen=True)
class Likely:
    """Two clients that could be one. why: what agrees and what differs, in words."""

    first: str
    second: str
    first_name: str
    second_name: str
    why: tuple[str, ...]


def likely(scope: Scope, book: Book) -> list[Likely]:
    """The pairs, the likeliest first; none where there are more than `MOST_CLIENTS` clients."""
    from cartera.ledger.models import Client

    scope.require("link")
    if held(book, Client).count() > MOST_CLIENTS:
        return []
    called = names(scope, book)
    return [
        Likely(
            pair.first, pair.second, called.get(pair.first, pair.first), called.get(pair.second, pair.second),
            tuple(reason.text for reason in pair.reasons),
        )
        for pair in suggest(scope, book)
    ]  # fmt: skip
