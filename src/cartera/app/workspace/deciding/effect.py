"""What did a decision move? The segments of the clients it is about, before and after it."""

from __future__ import annotations

from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from cartera.words import SEGMENT_LABELS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cartera.app.workspace.deciding.act import Act
    from cartera.app.workspace.deciding.whom import Whom
    from cartera.ledger.book import Book

NOBODY = "no client yet"
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
            f"{count:,} {'moves' if count == 1 else 'move'} from {label(old)} to {label(new)}"
            for (old, new), count in ways.most_common()
            if old != new
        ]
        return f"{'; '.join(moves)}." if moves else "None of them changes segment."

    def _of_one(self, old: str | None, new: str | None) -> str:
        if old == new:
            return f"It stays {label(new)}."
        return f"It moves from {label(old)} to {label(new)}." if old else f"It is {label(new)} now."


def label(segment: str | None) -> str:
    """A segment inside a sentence."""
    return NOBODY if segment is None else SEGMENT_LABELS[segment].lower()


@contextmanager
def told_moves(book: Book, whom: Whom, act: Act) -> Iterator[Moved]:
    """The moves that what happens inside makes."""
    moved = Moved(whom, before=_asked(book, whom, act))
    yield moved
    moved.after = _asked(book, whom, act)


def _asked(book: Book, whom: Whom, act: Act) -> dict[str, str]:
    from cartera.app.workspace.deciding.standing import segments

    return segments(book, whom.ids, act.day) if 0 < len(whom.ids) <= MOST else {}
