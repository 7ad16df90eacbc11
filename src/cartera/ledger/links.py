"""Which clients are one, which belong to a parent, and which are surely different, as people said?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from cartera.ledger.book import Book
from cartera.ledger.models import Link

SAME, PARENT, DIFFERENT = "same", "parent", "different"
ROLL_UP = "roll_up"  # the workspace's setting: whether children count as their top parent


@dataclass(frozen=True)
class Links:
    """What is said. same: replaced client -> leading one. parents: child -> parent. different: pairs in text order."""

    same: Mapping[str, str] = field(default_factory=dict)
    parents: Mapping[str, str] = field(default_factory=dict)
    different: frozenset[tuple[str, str]] = frozenset()

    def leading(self, client_id: str) -> str:
        """The id under which a client is kept: itself, or the one it is the same as in the end."""
        return _end(self.same, client_id)

    def shown(self, client_id: str, *, roll_up: bool) -> str:
        """The id under which a client stands in a portfolio: the leading one or, with roll_up, its top parent."""
        return _end(dict(self.parents) | dict(self.same), client_id) if roll_up else self.leading(client_id)

    def moved(self, *, roll_up: bool) -> dict[str, str]:
        """client_id -> id in the portfolio, of every client that stands under another id than its own."""
        ids = {*self.same, *(self.parents if roll_up else ())}
        shown = {one: self.shown(one, roll_up=roll_up) for one in ids}
        return {one: other for one, other in shown.items() if one != other}

    def followers(self, client_id: str) -> list[str]:
        """The clients that are kept under this one's id."""
        return sorted(one for one in self.same if one != client_id and self.leading(one) == client_id)


def links(book: Book) -> Links:
    """What holds now."""
    return read(rows(book))


def read(found: list[Any]) -> Links:
    """The rows as relations; each has client_id, to_id and relation."""
    told: dict[str, dict[str, str]] = {SAME: {}, PARENT: {}}
    for row in found:
        told.setdefault(row.relation, {})[row.client_id] = row.to_id
    apart = frozenset(pair(row.client_id, row.to_id) for row in found if row.relation == DIFFERENT)
    return Links(told[SAME], told[PARENT], apart)


def shown_circle(told: Links, client_id: str) -> bool:
    """Whether the client would in the end belong to itself."""
    steps, here = dict(told.parents) | dict(told.same), client_id
    seen: set[str] = set()
    while here in steps and here not in seen:
        seen.add(here)
        here = steps[here]
    return here in seen


def rows(book: Book, relation: str = "") -> list[Any]:
    """The link rows that hold now."""
    held = Link.objects.using(book.alias).filter(workspace_id=book.workspace_id, until_version=None, is_deleted=False)
    return list((held.filter(relation=relation) if relation else held).order_by("client_id", "to_id"))


def rolls_up(book: Book) -> bool:
    """Whether children count as their top parent."""
    return bool(book.workspace.settings.get(ROLL_UP, True))


def key(relation: str, client_id: str, to_id: str) -> str:
    """The key of a link: one leading client, one parent each; a difference is about both."""
    return "\x1f".join((relation, *(pair(client_id, to_id) if relation == DIFFERENT else (client_id,))))


def pair(one: str, other: str) -> tuple[str, str]:
    """Both in text order."""
    return (min(one, other), max(one, other))


def _end(steps: Mapping[str, str], client_id: str) -> str:
    """Where the steps lead. Undoing undos may close a circle that nobody could say: then its first id leads."""
    seen: list[str] = []
    while client_id in steps:
        if client_id in seen:
            return min(seen[seen.index(client_id) :])
        seen.append(client_id)
        client_id = steps[client_id]
    return client_id
