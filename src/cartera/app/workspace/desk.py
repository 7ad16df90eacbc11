"""How does a program that stays ask the same workspace again and again? Columns stay open, answers are remembered."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from threading import Lock, RLock
from typing import TYPE_CHECKING, Any

from cartera.app.workspace.place import Place, open_workspace, place
from cartera.tongue import in_force, say

if TYPE_CHECKING:
    from datetime import date

    from cartera.app.opened import Opened
    from cartera.app.scope import Scope
    from cartera.app.show import Ask
    from cartera.app.workspace.columns.opening import WorkspaceFacts
    from cartera.ledger.book import Book
    from cartera.ledger.models import Membership
    from cartera.views.view import Answer, View

KEPT_ANSWERS = 256
KEPT_FACTS = 3  # today's and two as known earlier
SEES_ALL, SEES_TEAM = "all", "team"
State = tuple[Any, ...]


@dataclass
class Desk:
    """One workspace, open for many questions of many people at once. text: as a person names it."""

    text: str
    book: Book
    where: Place

    def __post_init__(self) -> None:
        self._facts: OrderedDict[State, WorkspaceFacts] = OrderedDict()
        self._answers: OrderedDict[State, Any] = OrderedDict()
        self._asking = RLock()  # one connection of the engine answers one question at a time
        self._keeping = Lock()

    def state(self) -> State:
        """What every answer depends on beside the question: the facts version, and the settings in force."""
        held = self.book.workspace
        told = held.currency, held.time_zone, held.fiscal_year_start, repr(held.policy), repr(held.settings)
        return held.facts_version, *told

    def ask(self, scope: Scope, view: View, ask: Ask, *, known: date | None = None, told: bool = True) -> Answer:
        """The view answered for whoever asks; a second time without any work, until facts or settings change."""
        from cartera.app.show import show

        scope.require("show")
        key = key_of(scope, view, ask, known, told=told)
        found: Answer = self.remembered(key, lambda: show(scope, self.source(scope, known), view, ask, told=told))
        return found

    def has(self, scope: Scope, view: View, ask: Ask, *, known: date | None = None) -> bool:
        """Whether `ask` answers without any work."""
        return self.remembers(key_of(scope, view, ask, known, told=True))

    def usual_day(self, known: date | None = None) -> tuple[date, str | None]:
        """The day that is meant where nobody names one, and the sentence that says so when it is not today."""
        from cartera.app.scope import EVERYTHING

        found: tuple[date, str | None] = self.remembered(("day", known), lambda: usual(self.source(EVERYTHING, known)))
        return found

    def remembered(self, key: State, make: Any) -> Any:
        """What `make()` gave for the key since the facts, the settings or the day last changed."""
        whole = self._whole(key)
        with self._keeping:
            if whole in self._answers:
                self._answers.move_to_end(whole)
                return self._answers[whole]
        with self._asking:
            with self._keeping:
                if whole in self._answers:  # somebody asked the same meanwhile
                    return self._answers[whole]
            made = make()
            self._keep(self._answers, whole, made, KEPT_ANSWERS)
        return made

    def remembers(self, key: State) -> bool:
        """Whether `remembered` gives what it has for the key."""
        whole = self._whole(key)
        with self._keeping:
            return whole in self._answers

    def _whole(self, key: State) -> State:
        from cartera.app.workspace.day import day_there

        return self.state(), day_there(self.book), in_force().language, *key

    def source(self, scope: Scope, known: date | None = None) -> Opened:
        """The facts that whoever asks may see, as a source to be asked; hold `asking` while using it."""
        from cartera.app.workspace.columns.source import source_of

        with self._asking:
            return source_of(scope, self.text, self._open(known), known)

    @property
    def asking(self) -> RLock:
        """Held by whoever uses the engine of `source`."""
        return self._asking

    def clients_of(self, member: Membership, sees: str = "") -> frozenset[str] | None:
        """The clients that a member sees: None for all, those of its rep, or those of all reps of its team.

        sees: as if the member saw these.
        """
        sees = sees or str(member.sees)
        if sees == SEES_ALL:
            return None
        reps = self._reps(member, sees)
        owners: dict[str, str] = self.remembered(("owners",), self._owners)
        return frozenset(client for client, rep in owners.items() if rep in reps)

    def _reps(self, member: Membership, sees: str) -> frozenset[str]:
        """The names in the facts whose clients are this member's."""
        own = {str(member.rep)} - {""}
        if sees == SEES_TEAM and str(member.team):
            from cartera.ledger.models import Membership

            team = Membership.objects.using(self.book.alias).filter(workspace_id=self.book.workspace_id)
            own |= set(team.filter(team=member.team).exclude(rep="").values_list("rep", flat=True))
        return frozenset(own)

    def _owners(self) -> dict[str, str]:
        """Client -> its rep, where it has one."""
        from cartera.app.scope import EVERYTHING
        from cartera.app.show import Ask, show, view_called

        rows = show(EVERYTHING, self.source(EVERYTHING), view_called("clients"), Ask(), told=False).rows
        pairs = zip(rows.column("client_id").to_pylist(), rows.column("rep").to_pylist(), strict=True)
        return {client: rep for client, rep in pairs if rep}

    def _open(self, known: date | None) -> WorkspaceFacts:
        from cartera.app.workspace.columns.opening import facts_in
        from cartera.app.workspace.day import day_there, decided_on

        state = self.state(), known
        found = self._facts.get(state)
        if found is None:
            found = facts_in(self.book, self.where, known=known)
            self._keep(self._facts, state, found, KEPT_FACTS)
        if known is not None:
            return found
        from cartera.app.clock import now

        return replace(found, today=day_there(self.book), decided_on=decided_on(self.book, now()))

    def _keep(self, kept: OrderedDict[State, Any], key: State, value: Any, most: int) -> None:
        with self._keeping:
            kept[key] = value
            while len(kept) > most:
                kept.popitem(last=False)


def usual(source: Opened) -> tuple[date, str | None]:
    """The day for which a source answers unless told otherwise."""
    from cartera.app.day import default_day

    return default_day(source.whole, source.today, source.decided_on, option=f"“{say('today')}”")


def desk(text: str) -> Desk:
    """The desk of the workspace that is called so. CarteraError: there is none."""
    return Desk(text, open_workspace(text), place(text))


def key_of(scope: Scope, view: View, ask: Ask, known: date | None, *, told: bool) -> State:
    """The key under which the answer is remembered."""
    return "view", view.name, scope.clients, frozen(ask), known, told


def frozen(value: Any) -> Any:
    """A question as something that can be compared and counted."""
    from cartera.app.show import Ask

    if isinstance(value, Ask):
        options = tuple(sorted((name, frozen(one)) for name, one in value.options.items()))
        return (
            repr(value.policy), repr(value.against), value.day, value.since, value.by, value.where, value.every, options
        )  # fmt: skip
    if isinstance(value, Mapping):
        return tuple(sorted((name, frozen(one)) for name, one in value.items()))
    return repr(value)
