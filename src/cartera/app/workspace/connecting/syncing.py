"""How is a source read? The newest documents first, every list to its end, each page at once; stopped, it goes on.

Edits made while the first load runs are read again: the first incremental reading begins where the load began.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from cartera.app.workspace.connecting.landing import Ground
from cartera.app.workspace.connecting.remembering import keep_mapping, keep_setting
from cartera.app.workspace.connecting.sweeping import ManyGoneError, take_away
from cartera.app.workspace.source_states import ENDED, INCOMPLETE, PAUSED, RECONNECT
from cartera.errors import CarteraError
from cartera.sources.kit import contract
from cartera.sources.kit.contract import Connector, Record, Stream, Window
from cartera.sources.kit.oauth import RefusedError
from cartera.sources.kit.refusals import (
    ForeignHostError,
    IncompleteError,
    PausedError,
    RefusedStreamError,
    UnauthorisedError,
    UnreachableError,
)
from cartera.tongue import say

if TYPE_CHECKING:
    from cartera.sources.kit.http import Http

RECENT, OLDER, DONE = "recent", "older", "done"  # phases of a stream
RECENT_DAYS = 765  # the longest window of the rules and a year before
OVERLAP = timedelta(minutes=5)
SPLIT = "split_on"  # the source's setting: the first day of what is loaded first
UNREADABLE = (ValueError, KeyError, TypeError, AttributeError, ArithmeticError, IndexError)
Told = Callable[[str, int], object]


@dataclass
class Outcome:
    """What a run did. outcome: done, incomplete, paused, reconnect. new: records that said something new.

    left_out: why records are none of ours, and how many. is_through: whether every list was asked for. refused: lists
    that could not be read.
    """

    outcome: str = ENDED
    records: int = 0
    new: int = 0
    requests: int = 0
    problems: list[str] = field(default_factory=list)
    left_out: dict[str, int] = field(default_factory=dict)
    seconds: float | None = None  # after which to go on, of one that is paused
    is_through: bool = False
    refused: set[str] = field(default_factory=set)
    is_asking: bool = False  # whether a person must say if what vanished is really gone


@dataclass
class Run:
    """One run over a source. http: the way to it. told: is given the stream and how many records have come."""

    ground: Ground
    http: Http
    told: Told
    outcome: Outcome = field(default_factory=Outcome)

    @property
    def connector(self) -> Connector:
        """Of the source."""
        return self.ground.connector

    def go(self) -> Outcome:
        """Everything that is to be read now; problems of one list keep no other from being read."""
        try:
            self._mapped_anew()
            for stream, window, phase in self._steps():
                with self._list(stream):
                    self._read(stream, window, phase)
                self._told_complete()
            self.outcome.is_through = True
        except UnauthorisedError as problem:
            self._ended(RECONNECT, problem)
        except PausedError as problem:
            self.outcome.seconds = problem.seconds
            self._ended(PAUSED, problem)
        except (UnreachableError, RefusedError) as problem:  # no token this time is no lost connection
            self._ended(INCOMPLETE, problem)
        self.outcome.requests = self.http.requests
        self.outcome.left_out = dict(Counter(self.ground.left_out.values()))
        return self.outcome

    def _ended(self, outcome: str, problem: CarteraError) -> None:
        self.outcome.outcome = outcome
        self.outcome.problems.append(problem.sentence)

    def _steps(self) -> Iterator[tuple[Stream, Window, str]]:
        """What to read, in order: clients, recent documents, templates, then what is older; later what is new."""
        split = self._split()
        places = {stream.name: self._position(stream).phase for stream in self.connector.streams}
        for stream in self.connector.streams:
            if places[stream.name] in ("", RECENT):
                yield stream, Window(split) if stream.is_dated else Window(), RECENT
            elif places[stream.name] == DONE:
                yield stream, Window(), DONE
        for stream in self.connector.streams:
            if stream.is_dated and places[stream.name] in ("", RECENT, OLDER):
                yield stream, Window(None, split - timedelta(days=1)), OLDER

    def _split(self) -> date:
        """The first day of the documents that are loaded first, the same for a load that is stopped and goes on."""
        source = self.ground.source
        if SPLIT not in source.settings:
            first = self.ground.today - timedelta(days=RECENT_DAYS)
            keep_setting(self.ground.book, source, SPLIT, first.isoformat())
        return date.fromisoformat(source.settings[SPLIT])

    def _read(self, stream: Stream, window: Window, phase: str) -> None:
        """One list from its position to its end."""
        place = self._position(stream)
        if phase == OLDER and place.phase in ("", RECENT):
            return  # what is newer was refused, so that this waits as well
        place.phase = phase
        keys, erased = set[str](), self.ground.erased
        start = contract.Position() if stream.is_whole else contract.Position(place.updated_at, place.step, place.link)
        began = place.begun_at
        for page in self.connector.pull(self.http, stream, start, window):
            began = place.begun_at = began or self.http.at or self.ground.now()
            now = page.position
            place.updated_at, place.step, place.link = now.updated_at, now.step, now.link
            keys |= {erased.key(stream.name, one.key) for one in page.records if not one.is_deleted}
            self._land(stream, page.records, place)
        if stream.is_whole:
            self._gone(stream, keys)
        self._finished(stream, place, phase, began or self.http.at or self.ground.now())

    def _land(self, stream: Stream, records: tuple[Record, ...], place: Any) -> None:
        """The page; records of other lists first, so that the position never runs ahead of them."""
        for other in self.connector.streams:
            if told := tuple(one for one in records if one.stream == other.name != stream.name):
                self.outcome.new += self.ground.land(other, told, None)
        own = tuple(one for one in records if one.stream in ("", stream.name))
        self.outcome.new += self.ground.land(stream, own, place)
        self.outcome.records += len(records)
        self.ground.count_requests(self.http.requests)
        self.told(stream.name, self.outcome.records)

    def _finished(self, stream: Stream, place: Any, phase: str, began: datetime) -> None:
        """The position after the whole list. No advance by our own clock, nor by one that is ahead of its records."""
        from cartera.ledger.landing.raw import newest

        place.step, place.link, place.problem = 0, "", ""
        if phase == RECENT and stream.is_dated:
            place.phase, place.updated_at = OLDER, None
        else:
            is_timed = place.updated_at and (phase == DONE or not stream.is_dated)
            last = place.updated_at if is_timed else newest(self.ground.book, self.ground.source, stream.name)
            place.phase, place.begun_at = DONE, None
            place.updated_at = min(last or began, began) - OVERLAP
            place.done_at = self.ground.now()
        place.save(using=self.ground.book.alias)

    def _gone(self, stream: Stream, keys: set[str]) -> None:
        """What a list that is read whole no longer holds, is gone."""
        from cartera.ledger.landing.raw import gone

        missing = gone(self.ground.book, self.ground.source, stream.name, keys)
        take_away(self.ground, self.http, stream, missing)

    @contextmanager
    def _list(self, stream: Stream) -> Iterator[None]:
        """A list that is refused is told, and the others are read."""
        try:
            yield
        except (RefusedStreamError, ForeignHostError, IncompleteError) as problem:
            self._refused(stream, problem)
        except UNREADABLE as problem:  # an answer of a form that nobody expected
            reason = f"{type(problem).__name__}: {problem}"
            self._refused(stream, IncompleteError(say("the list cannot be understood: {reason}.", reason=reason)))

    def _refused(self, stream: Stream, problem: CarteraError) -> None:
        self._ended(INCOMPLETE, problem)
        self.outcome.is_asking = self.outcome.is_asking or isinstance(problem, ManyGoneError)
        self.outcome.refused.add(stream.name)
        place = self._position(stream)
        place.problem = problem.sentence
        place.save(using=self.ground.book.alias)

    def _mapped_anew(self) -> None:
        """With other maps than before everything is mapped anew; what depends on the day, every day."""
        from cartera.ledger.landing.raw import gathered, keys

        source, book = self.ground.source, self.ground.book
        is_new = source.mapping != self.connector.version
        for stream in self.connector.streams:
            if is_new or stream.is_daily:
                of = gathered if stream.is_gathered else keys
                self.ground.land_again(stream.name, of(book, source, stream.name))
        if is_new:
            keep_mapping(book, source, self.connector.version)

    def _position(self, stream: Stream) -> Any:
        """How far the list has been read."""
        from cartera.ledger.models import Position

        own = {"source": self.ground.source, "stream": stream.name}
        return Position.objects.using(self.ground.book.alias).filter(**own).first() or Position(**own)

    def _told_complete(self) -> None:
        """From which day on all documents are there."""
        source, book = self.ground.source, self.ground.book
        phases = {self._position(one).phase for one in self.connector.streams if one.is_dated}
        since = None if phases & {"", RECENT} else self._split() if OLDER in phases else date.min
        if since != source.complete_since:
            source.complete_since = since
            source.save(using=book.alias, update_fields=["complete_since"])
