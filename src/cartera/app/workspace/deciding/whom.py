"""About which clients is a decision? One by its id or name, or all that filters leave."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cartera.errors import SOURCE, CarteraError, suggested
from cartera.tongue import joined, listed, say, say_many

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cartera.app.scope import Scope
    from cartera.app.show import Ask
    from cartera.ledger.book import Book

MOST_NAMED = 5


@dataclass(frozen=True)
class Whom:
    """Clients by id with their names, in the order of their names."""

    names: dict[str, str]

    @property
    def ids(self) -> tuple[str, ...]:
        """Their ids."""
        return tuple(self.names)

    @property
    def text(self) -> str:
        """Acme; or 12 clients."""
        if len(self.names) == 1:
            return next(iter(self.names.values()))
        return say_many("{count} client", "{count} clients", count=len(self.names))

    @property
    def listed(self) -> str:
        """The first of them by name and how many more: Acme, Bolt and 10 more."""
        shown, more = list(self.names.values())[:MOST_NAMED], len(self.names) - MOST_NAMED
        if more > 0:
            return say("{names} and {count} more", names=listed(shown), count=more)
        return joined(shown)

    def without(self, others: set[str]) -> Whom:
        """The rest of them."""
        return Whom({one: name for one, name in self.names.items() if one not in others})

    def only(self, some: set[str]) -> Whom:
        """Those of them."""
        return Whom({one: name for one, name in self.names.items() if one in some})


def client_called(scope: Scope, book: Book, text: str) -> Whom:
    """The one client with this id, this name, or a name that begins so. CarteraError: nobody, or several.

    Of a client that was linked to another, the one that leads.
    """
    from cartera.app.workspace.identity.who import who

    found = who(scope, book, text)
    return Whom({found.client_id: the_client(book, found.client_id)})


def clients_here(scope: Scope, book: Book, ids: Sequence[str]) -> Whom | None:
    """The clients with these ids, None when the scope sees one of them not: absent and foreign alike."""
    from cartera.app.workspace.identity.who import held
    from cartera.ledger.links import links
    from cartera.ledger.models import Client, Invoice

    if not ids or (scope.clients is not None and not scope.clients.issuperset(ids)):
        return None
    known: set[str] = set()
    for model in (Client, Invoice):
        known |= set(held(book, model).filter(client_id__in=ids).values_list("client_id", flat=True).distinct())
    if not known.issuperset(ids):
        return None
    told = links(book)
    return Whom({told.leading(one): the_client(book, one) for one in dict.fromkeys(ids)})


def clients_where(scope: Scope, book: Book, place: str, ask: Ask) -> Whom:
    """The clients that the filters of `ask` leave on its day. CarteraError: nobody, or a filter that is none."""
    from cartera.app.restrict import restricted
    from cartera.app.show import asked_of, view_called
    from cartera.app.workspace.columns.source import workspace_source
    from cartera.app.workspace.identity.who import names
    from cartera.portfolio.activity import standing

    opened = workspace_source(scope, place, {})
    query, _ = asked_of(opened, ask)
    facts = restricted(opened.facts, query, view_called("clients"))
    rows = facts.room.rows(standing(facts, day=query.day, policy=query.policy).select("client_id"))
    if not rows:
        told = ", ".join(f"{name}={value}" for name, value in ask.where)
        raise CarteraError(
            say("no client fits {clients} on {day}.", clients=told, day=query.day),
            fix=say("Look at them first: {command}.", command=suggested("show", "clients", SOURCE)),
        )
    known = names(scope, book)
    found = {row["client_id"]: known.get(row["client_id"], row["client_id"]) for row in rows}
    return Whom(dict(sorted(found.items(), key=lambda pair: (pair[1].casefold(), pair[0]))))


def the_client(book: Book, client_id: str) -> str:
    """The name of a client, its id where it has none."""
    from cartera.app.workspace.identity.who import held
    from cartera.ledger.entry import MANUAL
    from cartera.ledger.models import Client

    rows = held(book, Client).filter(client_id=client_id).exclude(name=None).order_by("source")
    return min(rows, key=lambda row: row.source != MANUAL).name if rows else client_id
