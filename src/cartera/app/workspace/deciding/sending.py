"""How is a decision that was sent done once, and not on top of what somebody else decided meanwhile?"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from cartera.app import clock
from cartera.errors import CarteraError
from cartera.tongue import say

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from cartera.ledger.book import Book

MOST_KEY = 80  # letters
MOST_TOLD = 10  # changes


@dataclass(frozen=True)
class Told:
    """What was done. change: its number, by which it is undone. text: in words. clients: ids of those it is about."""

    change: int
    text: str
    clients: tuple[str, ...] = ()


@dataclass(frozen=True)
class Meanwhile:
    """A change made after a form was filled in. name: its kind."""

    number: int
    kind: str
    by: str
    at: Any


class ChangedError(CarteraError):
    """Facts about these clients changed after the version that was seen."""

    def __init__(self, changes: list[Meanwhile]) -> None:
        super().__init__(say("the client changed meanwhile."), fix=say("Look at it as it is now, and send again."))
        self.changes = changes


class ReusedError(CarteraError):
    """A key was sent again with something else."""

    def __init__(self) -> None:
        super().__init__(
            say("this key was used for something else already."), where="Idempotency-Key",
            fix=say("Make a new key for every decision."),
        )  # fmt: skip


@dataclass(frozen=True)
class Sending:
    """One sending of a form or a program. key: the same when it is sent again. user: who sends; id and name.

    seen: the facts version that was looked at, None for whatever holds. what: a digest of what is sent, empty where the
    key alone tells; another one under the same key is refused.
    """

    key: str
    user_id: int
    by: str
    seen: int | None = None
    clients: tuple[str, ...] = field(default=())
    what: str = ""


def once(book: Book, sent: Sending, do: Callable[[], Told]) -> Told:
    """What `do` told, or what it told when this was sent before. All of it holds, or nothing.

    ChangedError: facts about its clients changed meanwhile. CarteraError: without a key nothing can be done once.
    """
    from django.db import transaction

    from cartera.ledger.entry import locked
    from cartera.ledger.models import Change, Receipt

    if not 0 < len(sent.key) <= MOST_KEY:
        raise CarteraError(say("the form has no number of its own."), fix=say("Load the page and send again."))
    receipts = Receipt.objects.using(book.alias).filter(workspace_id=book.workspace_id, sender=str(sent.user_id))
    with transaction.atomic(using=book.alias):
        locked(book)
        before = receipts.filter(key=sent.key).first()
        if before is not None:
            return _again(before, sent.what)
        if sent.seen is not None and (changes := meanwhile(book, sent.clients, sent.seen)):
            raise ChangedError(changes)
        told = do()
        made = Change.objects.using(book.alias).filter(workspace_id=book.workspace_id, number=told.change)
        made.update(user_id=sent.user_id)
        receipts.create(
            workspace_id=book.workspace_id, sender=str(sent.user_id), key=sent.key, change=told.change,
            answer={"text": told.text, "clients": list(told.clients), "what": sent.what}, at=clock.now(),
        )  # fmt: skip
    return told


def sent_before(book: Book, user_id: int, key: str, what: str = "") -> Told | None:
    """What this sending did when it was sent before, None when it was not. ReusedError: something else was sent."""
    from cartera.ledger.models import Receipt

    rows = Receipt.objects.using(book.alias).filter(workspace_id=book.workspace_id, sender=str(user_id), key=key)
    found = rows.first()
    return _again(found, what) if found else None


def _again(receipt: Any, what: str) -> Told:
    """What was told then. ReusedError: what is sent now is something else; nothing is checked where it is empty."""
    if what and what != receipt.answer.get("what", ""):
        raise ReusedError
    return Told(receipt.change, receipt.answer["text"], tuple(receipt.answer["clients"]))


def meanwhile(book: Book, clients: Collection[str], seen: int) -> list[Meanwhile]:
    """The changes of facts about these clients after a facts version, the newest first."""
    from django.db.models import Q

    from cartera.app.workspace.identity.who import under
    from cartera.ledger.models import FACTS, Change

    version = book.facts_version
    if version <= seen:
        return []
    ids = [own for one in clients for own in under(book, one)]
    later = Q(from_version__gt=seen, from_version__lte=version) | Q(until_version__gt=seen, until_version__lte=version)
    found: set[int] = set()
    for model in FACTS:
        if "client_id" in model.COLUMNS:
            rows: Any = model._default_manager.using(book.alias)  # noqa: SLF001 - documented by Django
            mine = rows.filter(later, workspace_id=book.workspace_id, client_id__in=ids)
            found |= set(mine.filter(from_version__gt=seen).values_list("change_id", flat=True)[:MOST_TOLD])
    made = Change.objects.using(book.alias).filter(pk__in=found).order_by("-number")[:MOST_TOLD]
    return [Meanwhile(one.number, one.kind, one.by, one.made_at) for one in made]
