"""What did a decision move? The segments of the clients it is about, before and after it."""

from __future__ import annotations

from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from cartera.tongue import say, say_many, spoken, text
from cartera.words import segment_said

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cartera.app.workspace.deciding.act import Act
    from cartera.app.workspace.deciding.whom import Whom
    from cartera.ledger.book import Book

NOBODY = text("no client yet", "value")
MOST = 1_000  # clients for whom a decision waits to tell what it moved


@dataclass
class Moved:
    """client_id -> segment before and after; empty until the decision is made."""

    whom: Whom
    before: dict[str, str] = field(default_factory=dict)
    after: dict[str, str] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """A sentence: it moves from leaving to hibernating. Empty for nobody and for too many."""
        if not 0 < len(self.whom.ids) <= MOST:
            return ""
        ways = Counter((self.before.get(one), self.after.get(one)) for one in self.whom.ids)
        if len(self.whom.ids) == 1:
            return self._of_one(*next(iter(ways)))
        moves = [
            say_many(
                "{count} moves from {before} to {after}", "{count} move from {before} to {after}",
                count=count, before=label(old), after=label(new),
            )
            for (old, new), count in ways.most_common()
            if old != new
        ]  # fmt: skip
        return f"{'; '.join(moves)}." if moves else say("None of them changes segment.")

    def _of_one(self, old: str | None, new: str | None) -> str:
        if old == new:
            return say("It stays {segment}.", segment=label(new))
        if old is None:
            return say("It is {segment} now.", segment=label(new))
        return say("It moves from {before} to {after}.", before=label(old), after=label(new))


def label(segment: str | None) -> str:
    """A segment inside a sentence."""
    return spoken(NOBODY, "value") if segment is None else segment_said(segment).lower()


@contextmanager
def told_moves(book: Book, whom: Whom, act: Act) -> Iterator[Moved]:
    """The moves that what happens inside makes."""
    moved = Moved(whom, before=_asked(book, whom, act))
    yield moved
    moved.after = _asked(book, whom, act)


def _asked(book: Book, whom: Whom, act: Act) -> dict[str, str]:
    from cartera.app.workspace.deciding.standing import segments

    return segments(book, whom.ids, act.day) if 0 < len(whom.ids) <= MOST else {}
