"""Which clients did somebody select? Ids, or all that a question leaves, and who joined or left since it was asked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cartera.app.roles import who_may
from cartera.app.scope import NotAllowedError
from cartera.app.workspace.deciding.whom import Whom
from cartera.tongue import say

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date, datetime

    from cartera.app.scope import Scope
    from cartera.ledger.book import Book

FEW = 50  # clients; about more only those may decide who lead


@dataclass(frozen=True)
class Selected:
    """Clients that a decision is to be about. version: of the facts that were looked at, and from which `whom` comes.

    joined, left: clients that the same question gives now and did not give when it was looked at, and the reverse.
    """

    whom: Whom
    version: int
    joined: Whom
    left: Whom

    @property
    def is_moved(self) -> bool:
        """Whether it is not what was looked at any more."""
        return bool(self.joined.names or self.left.names)


def selected(book: Book, seen: int | None, asked: Callable[[datetime | None], dict[str, str]]) -> Selected:
    """What a question leaves now, beside what it left at the facts version that was seen.

    asked: client_id -> name as known at a moment, now for None.
    """
    version = book.facts_version
    now = asked(None)
    moment = moment_of(book, seen) if seen is not None and seen < version else None
    then = now if moment is None else asked(moment)
    joined = {one: name for one, name in now.items() if one not in then}
    left = {one: name for one, name in then.items() if one not in now}
    return Selected(Whom(now), version, Whom(joined), Whom(left))


def moment_of(book: Book, version: int) -> datetime | None:
    """The moment from which on the facts had this version, None where they never had."""
    from cartera.ledger.models import Change

    made = Change.objects.using(book.alias).filter(workspace_id=book.workspace_id, is_made=True, facts_version=version)
    found: datetime | None = made.order_by("-number").values_list("made_at", flat=True).first()
    return found


def check_count(scope: Scope, count: int) -> None:
    """Nothing when the role may decide about so many at once. NotAllowedError: they are too many for it."""
    if count > FEW and not scope.allows("bulk"):
        told = say("{count} clients at once are too many for your role.", count=count)
        raise NotAllowedError(told, fix=say("Ask {who}.", who=who_may("bulk")))


def fitting(book: Book, whom: Whom, word: str, day: date) -> tuple[Whom, Whom]:
    """The clients that a verb of the pages fits, and those that it does not."""
    from cartera.app.workspace.deciding.marking import CANCELLED, REACTIVATED, refused

    mark = {"cancelled": CANCELLED, "reactivate": REACTIVATED}.get(word)
    if mark is None:
        return whom, Whom({})
    wrong = set(refused(book, whom, mark, day))
    return whom.without(wrong), whom.only(wrong)
