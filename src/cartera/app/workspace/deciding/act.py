"""Who decides, when and why? What every decision begins with, and what it leaves."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cartera.app import clock
from cartera.app.workspace.author import author
from cartera.app.workspace.day import day_there

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date, datetime

    from cartera.ledger.book import Book
    from cartera.ledger.entry import Entry


@dataclass(frozen=True)
class Act:
    """One decision about to be made. day: today in the workspace; at: the moment, for the journal."""

    by: str
    at: datetime
    day: date
    reason: str = ""
    note: str = ""


@dataclass(frozen=True)
class Done:
    """What a decision became. number: of its change, by which it is undone. text: what was done, without the full stop.

    effect: what it moved, in sentences. clients: ids of those it is about. plans: of those it made or changed.
    """

    number: int
    text: str
    effect: str = ""
    clients: tuple[str, ...] = ()
    plans: tuple[str, ...] = ()


def acting(book: Book, by: str | None = None, reason: str = "", note: str = "") -> Act:
    """A decision made here and now, on the day that it is in the workspace."""
    at = clock.now()
    return Act(author(by), at, day_there(book, at), reason.strip(), note.strip())


@contextmanager
def change(
    book: Book, kind: str, act: Act, clients: tuple[str, ...], told: Mapping[str, Any] | None = None
) -> Iterator[Entry]:
    """The entry of this decision; its subject is the client when it is about one."""
    from cartera.ledger.entry import entry

    subject = clients[0] if len(clients) == 1 else ""
    counted = {"clients": len(clients)} | dict(told or {})
    with entry(
        book, kind, at=act.at, by=act.by, subject=subject, reason=act.reason, note=act.note, told=counted
    ) as made:
        yield made
