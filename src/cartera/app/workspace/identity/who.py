"""Which client of the workspace does a person mean? By id, by an id that was linked away, by name or its beginning."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cartera.app.client import MOST_OFFERED, fitting, hint
from cartera.app.scope import EVERYTHING, Scope
from cartera.errors import CarteraError
from cartera.tongue import say

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable

    from cartera.ledger.book import Book
    from cartera.ledger.links import Links

FEW = 500  # ids that a database is asked for by name; beyond, all clients are read


@dataclass(frozen=True)
class Who:
    """A client of the workspace. client_id: the leading one. own_id: the one that was named. name: as it is shown."""

    client_id: str
    own_id: str
    name: str

    @property
    def called(self) -> str:
        """The name with the id, or the id alone where it is the name."""
        return self.name if self.name == self.own_id else f"{self.name} ({self.own_id})"


def who(scope: Scope, book: Book, text: str) -> Who:
    """The one client with this id or name. CarteraError: nobody, or several; names the nearest, or all that fit."""
    from cartera.ledger.links import links

    known, told = names(scope, book), links(book)
    own = text if text in known else _one(known, text, told)
    return Who(told.leading(own), own, known[own])


def names(scope: Scope, book: Book, ids: Collection[str] | None = None) -> dict[str, str]:
    """client_id -> name, the id where there is none, of every client that the scope may see.

    ids: only these matter; others may be among them.
    """
    from cartera.ledger.entry import MANUAL
    from cartera.ledger.models import Client, Invoice

    these = {"client_id__in": sorted(ids)} if ids is not None and len(ids) <= FEW else {}
    rows = list(held(book, Client).filter(**these).values_list("client_id", "name", "source"))
    said = {one: name for one, name, source in rows if source == MANUAL}
    named = {one: name or one for one, name, source in rows if source != MANUAL}
    named |= {one: name or named.get(one, one) for one, name in said.items()}  # a person's word goes first
    invoices = held(book, Invoice).filter(**these)
    invoiced = invoices.exclude(client_id=None).values_list("client_id", flat=True).distinct()
    known = {one: one for one in invoiced} | named
    return known if scope.clients is None else {one: name for one, name in known.items() if one in scope.clients}


def id_now(book: Book, scope: Scope = EVERYTHING) -> Callable[[str], str]:
    """An id -> the one under which the client stands in the portfolio; the id itself where the scope sees it not."""

    def now(client_id: str) -> str:
        """The id itself for a client that nobody linked."""
        from cartera.ledger.links import links, rolls_up

        shown = links(book).shown(client_id, roll_up=rolls_up(book))
        return shown if scope.clients is None or shown in scope.clients else client_id

    return now


def sees(scope: Scope, book: Book) -> Callable[[str], bool]:
    """An id -> whether the scope sees the client that it names, also where that stands under another id by now."""
    from cartera.ledger.links import links, rolls_up

    told, clients, roll_up = links(book), scope.clients, rolls_up(book)

    def seen(client_id: str) -> bool:
        """Whether it is one of them."""
        return clients is None or bool(clients & {client_id, told.shown(client_id, roll_up=roll_up)})

    return seen


def under(book: Book, client_id: str) -> list[str]:
    """The client and every client that stands under it in the portfolio: the same one, or its children."""
    from cartera.ledger.links import links, rolls_up

    moved = links(book).moved(roll_up=rolls_up(book))
    return [client_id, *sorted(one for one, shown in moved.items() if shown == client_id)]


def held(book: Book, model: Any) -> Any:
    """The rows of a fact that hold now."""
    from cartera.ledger.laid import LAID, holds

    rows = model.objects.using(book.alias).filter(workspace_id=book.workspace_id, is_deleted=False)
    return rows.filter(holds(book)) if model in LAID else rows.filter(until_version=None)


def _one(known: dict[str, str], text: str, told: Links) -> str:
    fits = fitting(known, text.strip().casefold())
    if len(fits) == 1:
        return fits[0]
    if fits and len(leading := {told.leading(one) for one in fits}) == 1 and leading <= known.keys():
        return leading.pop()
    if fits:
        raise CarteraError(
            say("{count} clients fit {text}.", count=len(fits), text=repr(text)),
            fix=say("Give the id: {ids}.", ids=listed(known, fits)),
        )
    raise CarteraError(say("there is no client {text} in this workspace.", text=repr(text)), fix=hint(known, text))


def listed(known: dict[str, str], ids: Iterable[str]) -> str:
    """Some clients as a person reads them."""
    return ", ".join(f"{known[one]} ({one})" for one in list(ids)[:MOST_OFFERED])
