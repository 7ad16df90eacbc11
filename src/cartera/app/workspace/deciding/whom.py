"""About which clients is a decision? One by its id or name, or all that filters leave."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cartera.app.client import MOST_OFFERED, fitting, hint
from cartera.app.scope import EVERYTHING
from cartera.errors import CarteraError

if TYPE_CHECKING:
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
        return next(iter(self.names.values())) if len(self.names) == 1 else f"{len(self.names):,} clients"

    @property
    def listed(self) -> str:
        """The first of them by name and how many more: Acme, Bolt and 10 more."""
        shown, more = list(self.names.values())[:MOST_NAMED], len(self.names) - MOST_NAMED
        if more > 0:
            return f"{', '.join(shown)} and {more:,} more"
        return " and ".join(filter(None, (", ".join(shown[:-1]), shown[-1] if shown else "")))

    def without(self, others: set[str]) -> Whom:
        """The rest of them."""
        return Whom({one: name for one, name in self.names.items() if one not in others})

    def only(self, some: set[str]) -> Whom:
        """Those of them."""
        return Whom({one: name for one, name in self.names.items() if one in some})


def client_called(scope: Scope, book: Book, text: str) -> Whom:
    """The one client with this id, this name, or a name that begins so. CarteraError: nobody, or several."""
    known = everybody(scope, book, text) or everybody(scope, book)
    if text in known:
        return Whom({text: known[text]})
    fits = fitting(known, text.strip().casefold())
    if len(fits) == 1:
        return Whom({fits[0]: known[fits[0]]})
    if fits:
        some = ", ".join(f"{known[one]} ({one})" for one in fits[:MOST_OFFERED])
        raise CarteraError(f"{len(fits)} clients fit {text!r}.", fix=f"Give the id: {some}.")
    raise CarteraError(f"there is no client {text!r}.", fix=hint(known, text))


def everybody(scope: Scope, book: Book, client_id: str | None = None) -> dict[str, str]:
    """client_id -> name (the id where there is none) of every client that may be seen; or of one alone."""
    from cartera.ledger.models import Client, Invoice

    def rows(model: Any) -> Any:
        held = model.objects.using(book.alias).filter(
            workspace_id=book.workspace_id, until_version=None, is_deleted=False
        )
        return held.exclude(client_id=None) if client_id is None else held.filter(client_id=client_id)

    names = {one: one for one in rows(Invoice).values_list("client_id", flat=True).distinct()}
    names |= {one: name or names.get(one) or one for one, name in rows(Client).values_list("client_id", "name")}
    return names if scope.clients is None else {one: name for one, name in names.items() if one in scope.clients}


def clients_where(scope: Scope, book: Book, place: str, ask: Ask) -> Whom:
    """The clients that the filters of `ask` leave on its day. CarteraError: nobody, or a filter that is none."""
    from cartera.app.restrict import restricted
    from cartera.app.show import asked_of, view_called
    from cartera.app.sources import open_source
    from cartera.portfolio.activity import standing

    opened = open_source(scope, place, day=ask.day)
    query, _ = asked_of(opened, ask)
    facts = restricted(opened.facts, query, view_called("clients"))
    rows = facts.room.rows(standing(facts, day=query.day, policy=query.policy).select("client_id"))
    if not rows:
        told = ", ".join(f"{name}={value}" for name, value in ask.where)
        raise CarteraError(f"no client fits {told} on {query.day}.", fix="Look at them first: cartera show clients.")
    names = everybody(scope, book)
    found = {row["client_id"]: names.get(row["client_id"], row["client_id"]) for row in rows}
    return Whom(dict(sorted(found.items(), key=lambda pair: (pair[1].casefold(), pair[0]))))


def the_client(book: Book, client_id: str) -> str:
    """The name of a client, its id where it has none."""
    return everybody(EVERYTHING, book, client_id).get(client_id, client_id)
