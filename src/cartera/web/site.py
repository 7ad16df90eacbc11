"""What does this server serve? The workspaces of one folder or database, each under a word of its own in addresses."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import chain, count
from threading import Lock
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.text import slugify

from cartera.app.workspace.desk import Desk
from cartera.app.workspace.place import named, open_server, place, server_key
from cartera.ledger.book import Book, seen

if TYPE_CHECKING:
    from collections.abc import Container

    from cartera.ledger.models import Workspace


@dataclass
class Site:
    """text: the folder or address that is served. alias: its database as Django knows it. url: what people type.

    secret: signs cookies and links. is_demo: made-up data, no account asked for.
    """

    text: str
    alias: str
    key: bytes
    secret: str
    url: str = ""
    is_demo: bool = False
    _desks: dict[int, Desk] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def workspaces(self) -> dict[str, Workspace]:
        """Word in addresses -> workspace, in the order in which they were made."""
        from cartera.ledger.models import Workspace

        found: dict[str, Workspace] = {}
        for one in Workspace.objects.using(self.alias).order_by("pk"):
            found[free_word(slugify(one.name) or "workspace", one.pk, {*found, *RESERVED})] = one
            seen(self.alias, one)
        return found

    def book(self, workspace: Workspace) -> Book:
        """The workspace as a ledger that is open."""
        return Book(self.alias, workspace.pk, workspace.name, self.key)

    def word(self, workspace: Workspace) -> str:
        """The word that means the workspace in addresses."""
        return next(word for word, one in self.workspaces().items() if one.pk == workspace.pk)

    def forget(self, workspace: Workspace) -> None:
        """Open the workspace anew when it is asked for next: it is called otherwise."""
        with self._lock:
            self._desks.pop(workspace.pk, None)

    def desk(self, workspace: Workspace) -> Desk:
        """The workspace, open for questions; the same desk for everybody."""
        with self._lock:
            if workspace.pk not in self._desks:
                text = named(self.text, workspace.name)
                book = self.book(workspace)
                where = place(self.text if len(self.workspaces()) == 1 else text)
                self._desks[workspace.pk] = Desk(where.text, book, where)
            return self._desks[workspace.pk]


RESERVED = ("api", "static", "sign-in", "sign-out", "welcome", "enter", "join", "reset", "account", "help", "health")
_served: list[Site] = []


def free_word(word: str, number: int, taken: Container[str]) -> str:
    """The word, or the first of word-number, word-number-2 ... that is not taken."""
    named = f"{word}-{number}"
    return next(one for one in chain((word, named), (f"{named}-{n}" for n in count(2))) if one not in taken)


def serve(site: Site) -> None:
    """From now on this process serves this site; its key signs cookies and links."""
    settings.SECRET_KEY = site.secret
    _served[:] = [site]


def served() -> Site:
    """The site of this process."""
    return _served[0]


def is_served() -> bool:
    """Whether this process serves a site yet."""
    return bool(_served)


def site_at(text: str, *, url: str = "", is_demo: bool = False) -> Site:
    """The workspaces of a folder or database as a site. CarteraError: there is none."""
    key, secret = server_key(text)
    return Site(text, open_server(text), key, secret, url, is_demo)
