"""Who works alone? One owner per name and workspace, for a while; a lease whose owner is gone can be taken over."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import uuid4

from django.db import IntegrityError, transaction

from cartera.errors import CarteraError
from cartera.ledger.book import Book
from cartera.ledger.models import Lease
from cartera.tongue import say

LASTS = timedelta(minutes=5)  # longer than any step between two renewals
Clock = Callable[[], datetime]


class BusyError(CarteraError):
    """Somebody else works on it."""


@dataclass(frozen=True)
class Held:
    """A lease that this process holds."""

    book: Book
    name: str
    owner: str
    now: Clock

    def renew(self) -> None:
        """Hold it for longer. CarteraError: somebody else took it because it had run out."""
        mine = Lease.objects.using(self.book.alias).filter(
            workspace_id=self.book.workspace_id, name=self.name, owner=self.owner
        )
        if not mine.update(until=self.now() + LASTS):
            raise CarteraError(
                say("the {name} took too long and was given up.", name=self.name), fix=say("Start it again.")
            )


@contextmanager
def held(book: Book, name: str, now: Clock) -> Iterator[Held]:
    """Work alone on `name` in this workspace while the block runs. BusyError: somebody else does."""
    mine = Held(book, name, f"{socket.gethostname()}:{os.getpid()}:{uuid4().hex}", now)
    if not (_taken(mine) or _taken_over(mine)):
        raise BusyError(
            say("another {name} is running in this workspace.", name=name), fix=say("Try again when it has ended.")
        )
    try:
        yield mine
    finally:
        Lease.objects.using(book.alias).filter(workspace_id=book.workspace_id, name=name, owner=mine.owner).delete()


def _taken(mine: Held) -> bool:
    """Whether nobody held it, so that it is ours now."""
    try:
        with transaction.atomic(using=mine.book.alias):
            Lease.objects.using(mine.book.alias).create(
                workspace_id=mine.book.workspace_id, name=mine.name, owner=mine.owner, until=mine.now() + LASTS
            )
    except IntegrityError:
        return False
    return True


def _taken_over(mine: Held) -> bool:
    """Whether it had run out, or its owner is no more, and nobody was quicker."""
    rows = Lease.objects.using(mine.book.alias).filter(workspace_id=mine.book.workspace_id, name=mine.name)
    other = rows.first()
    if other is None:
        return _taken(mine)
    if other.until > mine.now() and not is_gone(other.owner):
        return False
    return rows.filter(owner=other.owner, until=other.until).update(owner=mine.owner, until=mine.now() + LASTS) == 1


def is_gone(owner: str) -> bool:
    """Whether the owner was a process of this machine that has ended: a killed import must not block the next one."""
    host, _, rest = owner.partition(":")
    if host != socket.gethostname():
        return False
    try:
        os.kill(int(rest.partition(":")[0]), 0)
    except ProcessLookupError:
        return True
    except (PermissionError, ValueError):
        return False
    return False
