"""What do decisions leave, read in plain Python? A list of changes, each with the facts that it said anew."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

NEAR = 13
Fact = tuple[str, str]  # what kind, and its key


@dataclass
class Plainly:
    """changes: what each said, or the number that it undid. undone: the numbers that are out of force."""

    day: date
    changes: list[dict[Fact, Any] | int] = field(default_factory=list)
    undone: set[int] = field(default_factory=set)

    @property
    def facts(self) -> dict[Fact, Any]:
        """What the newest change in force said of each fact."""
        found: dict[Fact, Any] = {}
        for number, said in enumerate(self.changes, 1):
            if isinstance(said, dict) and number not in self.undone:
                found |= said
        return found

    @property
    def next(self) -> int:
        """The number of the next change."""
        return len(self.changes) + 1

    def plan(self, client: str, on: date) -> bool:
        """One plan more."""
        return self._say({("plan", f"plan-{self.next}"): (client, on, None, None)})

    def move(self, plan: str, on: date) -> bool:
        """An open plan on another day."""
        now = self._open(plan)
        return now is not None and now[1] != on and self._say({("plan", plan): (now[0], on, None, None)})

    def drop(self, plan: str) -> bool:
        """An open plan closed today."""
        now = self._open(plan)
        return now is not None and self._say({("plan", plan): (now[0], now[1], self.day, None)})

    def bring(self, client: str, on: date) -> bool:
        """An invoice, and the one open plan of its client near it closed."""
        invoice, said = f"i{self.next}", {}
        near = [
            key
            for (kind, key), value in self.facts.items()
            if kind == "plan" and value[0] == client and value[2] is None and abs((value[1] - on).days) <= NEAR
        ]
        said[("invoice", invoice)] = (client, on)
        if len(near) == 1:
            said[("plan", near[0])] = (client, self._open(near[0])[1], min(on, self.day), invoice)
        return self._say(said)

    def mark(self, client: str, word: str) -> bool:
        """A mark; reactivated needs one before it, cancelled a client that never bought."""
        before = [value[1] for (kind, _), value in self.facts.items() if kind == "mark" and value[0] == client]
        if word == "cancelled" and client == "acme":
            return False
        if word == "reactivated" and (not before or before[-1] == "reactivated"):
            return False
        return self._say({("mark", f"{self.next}.1"): (client, word)})

    def note(self, client: str, text: str) -> bool:
        """A note."""
        return self._say({("note", f"{self.next}.1"): (client, text)})

    def assign(self, client: str, rep: str) -> bool:
        """Another rep."""
        return self.facts.get(("assign", client)) != rep and self._say({("assign", client): rep})

    def undo(self, number: int) -> bool:
        """A change out of force or in it again; whether there was anything to undo."""
        if not 0 < number < self.next or number in self.undone:
            return False
        base, depth = number, 0
        while isinstance(said := self.changes[base - 1], int):
            base, depth = said, depth + 1
        if (base in self.undone) != (depth % 2 == 1):
            return False
        self.undone ^= {base}
        if base != number:
            self.undone |= {number}
        self.changes.append(number)
        return True

    def _say(self, said: dict[Fact, Any]) -> bool:
        self.changes.append(said)
        return True

    def _open(self, plan: str) -> Any:
        now = self.facts.get(("plan", plan))
        return now if now is not None and now[2] is None else None
