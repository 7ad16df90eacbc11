"""What do records become? Each through its connector's map, with those beside it that it depends on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from cartera.app.workspace.connecting.forgetting import Forgotten
from cartera.app.workspace.connecting.rows import Naming, result
from cartera.errors import CarteraError
from cartera.sources.kit.contract import Company, Connector, Mapped, Payload, Problem
from cartera.sources.kit.parsing import parsed
from cartera.tongue import say

if TYPE_CHECKING:
    from cartera.ledger.book import Book
    from cartera.ledger.landing.pages import Result
    from cartera.ledger.landing.raw import Arrived, Name
    from cartera.ledger.models import Source

UNREADABLE = (ValueError, KeyError, TypeError, AttributeError, ArithmeticError, IndexError, CarteraError)


@dataclass
class Beside:
    """What a map may look at: the records of this page as they are now, the others as they came last.

    day: today where the workspace is. names: of the records that are being mapped, asked for together.
    """

    book: Book
    source: Source
    day: date
    page: Mapping[Name, Arrived]
    names: Collection[Name]

    @cached_property
    def company(self) -> Company:
        """The books that the records are of."""
        one = self.source
        return Company(one.company, one.label, one.currency, one.time_zone, one.country)

    @cached_property
    def erased(self) -> Forgotten:
        """Who of the source was erased."""
        return Forgotten(self.book, str(self.source.name))

    @cached_property
    def settings(self) -> Mapping[str, Any]:
        """What the user chose for this source."""
        return dict(self.source.settings)

    @cached_property
    def zone(self) -> ZoneInfo:
        """The time zone of the workspace."""
        return ZoneInfo(str(self.book.workspace.time_zone) or "UTC")

    def day_of(self, at: datetime) -> date:
        """The calendar day of a moment, where the workspace is."""
        return at.astimezone(self.zone).date()

    def seen_on(self, stream: str, key: str) -> date:
        """The day on which the record was first seen; today for one of this page that is new."""
        row = self._row(stream, key)
        return row.seen_on if row is not None else self.day

    def record(self, stream: str, key: str) -> Payload | None:
        """A record as it is now; None when there is none, or it is gone."""
        if (stream, key) in self.page:
            found = self.page[stream, key]
            return None if found.is_deleted or not found.payload else parsed(found.payload)
        row = self._row(stream, self.erased.key(stream, key))
        return parsed(row.payload) if row is not None and row.payload and row.deleted_at is None else None

    def is_taken(self, stream: str, key: str) -> bool:
        """Whether what the record said was taken away: its facts stay as they are."""
        if (stream, key) in self.page:
            return not self.page[stream, key].payload and not self.page[stream, key].is_deleted
        row = self._row(stream, key)
        return row is not None and not row.payload and row.deleted_at is None

    def earlier(self, stream: str, key: str) -> Iterator[Payload]:
        """What the record said before what it says now, the newest first."""
        from cartera.ledger.landing.raw import earlier

        now = self._said_now(stream, key)
        for payload in earlier(self.book, self.source, stream, key):
            if payload and payload != now:
                yield parsed(payload)

    def _said_now(self, stream: str, key: str) -> str:
        """The payload that the record is mapped from; empty for one that is gone."""
        if (stream, key) in self.page:
            return self.page[stream, key].payload
        row = self._row(stream, key)
        return str(row.payload) if row is not None and row.deleted_at is None else ""

    def touching(self, stream: str, key: str, by: str) -> Iterator[tuple[str, Payload]]:
        """Key and payload of the records of stream `by` that touch this one, in the order of their keys."""
        rows = self._touching(by, (stream, key)).get((stream, key), ())
        found = {row.key: row.payload for row in rows if row.payload and row.deleted_at is None}
        found = {one: payload for one, payload in found.items() if (by, one) not in self.page}
        found |= {
            name[1]: one.payload
            for name, one in self.page.items()
            if name[0] == by and (stream, key) in one.touches and not one.is_deleted
        }
        for one in sorted(found):
            yield one, parsed(found[one])

    def is_touched(self, stream: str, key: str, by: str) -> bool:
        """Whether a record of stream `by` that is there touches this one."""
        from cartera.ledger.landing.raw import touched_by

        if by not in self._touched:
            own = {name: one for name, one in self.page.items() if name[0] == by}
            found = touched_by(self.book, self.source, self.names, by, but=[key for _, key in own])
            self._touched[by] = found | {to for one in own.values() if not one.is_deleted for to in one.touches}
        return (stream, key) in self._touched[by]

    @cached_property
    def _touched(self) -> dict[str, set[Name]]:
        return {}

    def _touching(self, by: str, name: Name) -> Mapping[Name, Sequence[Any]]:
        """Asked for all that are being mapped together; for another record, by itself."""
        from cartera.ledger.landing.raw import touching

        if by not in self._found:
            self._found[by] = touching(self.book, self.source, self.names, by)
        if name not in self._named and (by, name) not in self._alone:
            self._alone[by, name] = touching(self.book, self.source, [name], by)
        return self._found[by] if name in self._named else self._alone[by, name]

    @cached_property
    def _named(self) -> frozenset[Name]:
        return frozenset(self.names)

    @cached_property
    def _alone(self) -> dict[tuple[str, Name], Mapping[Name, Sequence[Any]]]:
        return {}

    @cached_property
    def _found(self) -> dict[str, Mapping[Name, Sequence[Any]]]:
        return {}

    @cached_property
    def _rows(self) -> dict[str, dict[str, Any]]:
        return defaultdict(dict)

    def _row(self, stream: str, key: str) -> Any:
        """The record as it came last, of all that are being mapped in one question, of others one by one."""
        from cartera.ledger.landing.raw import known

        if stream not in self._rows:
            own = [one for named, one in self.names if named == stream]
            self._rows[stream] = known(self.book, self.source, stream, own) | dict.fromkeys(())
            self._rows[stream] |= {one: None for one in own if one not in self._rows[stream]}
        if key not in self._rows[stream]:
            self._rows[stream][key] = known(self.book, self.source, stream, [key]).get(key)
        return self._rows[stream][key]


def mapped(
    book: Book, source: Source, connector: Connector, stream: str, records: Sequence[Arrived], *, day: date
) -> dict[Name, Result]:
    """What the records become, and those that depend on them."""
    from cartera.ledger.landing.raw import looking, touched

    page = {(stream, one.key): one for one in records}
    dependent = {name for one in records for name in one.touches}
    dependent |= touched(book, source, stream, [one.key for one in records])
    if any(one.name == stream and one.is_looked_up for one in connector.streams):
        dependent |= looking(book, source, stream, [one.key for one in records])
    return again(book, source, connector, [*page, *sorted(dependent - set(page))], day=day, page=page)


def again(
    book: Book,
    source: Source,
    connector: Connector,
    names: Sequence[Name],
    *,
    day: date,
    page: Mapping[Name, Arrived] | None = None,
) -> dict[Name, Result]:
    """What these records become today, from what was kept of them: without a request."""
    from cartera.ledger.landing.pages import Result

    beside = Beside(book, source, day, page or {}, names)
    is_own = bool(source.currency) and source.currency == book.workspace.currency
    own = Naming(source.name, has_own_currency=is_own, erased=beside.erased)
    gathered = {one.name for one in connector.streams if one.is_gathered}
    found: dict[Name, Result] = {}
    for stream, key in names:
        payload, failure = ({}, None) if stream in gathered else _payload(beside, stream, key)
        if failure is not None:
            found[stream, key] = failure
        elif payload is None:
            found[stream, key] = Result()
        else:
            found[stream, key] = _one(connector, beside, own, (stream, key), payload)
    return found


def _payload(beside: Beside, stream: str, key: str) -> tuple[Payload | None, Result | None]:
    from cartera.ledger.landing.pages import Result

    try:
        if beside.is_taken(stream, key):
            return None, Result(is_unread=True)
        return beside.record(stream, key), None
    except ValueError:
        return None, _unread(say("it is no JSON."))


def _one(connector: Connector, beside: Beside, naming: Naming, name: Name, payload: Payload) -> Result:
    """What one record becomes. A map that fails leaves its facts as they were, and the page goes on."""
    stream, key = name
    try:
        made = connector.facts(stream, key, payload, beside)
        made = replace(made, problems=(*made.problems, *_client_changed(connector, beside, naming, name, made)))
        return result(naming, stream, key, made, seen_on=beside.seen_on(stream, key), day=beside.day)
    except UNREADABLE as problem:
        return _unread(f"{type(problem).__name__}: {problem}")


def _client_changed(
    connector: Connector, beside: Beside, naming: Naming, name: Name, made: Mapped
) -> Iterator[Problem]:
    """The same document now names another client: an id that was used again. The new version is taken."""
    if not made.documents or made.documents[0].state == "planned":
        return
    before = next(iter(beside.earlier(*name)), None)
    if before is None:
        return
    try:
        was = connector.facts(*name, before, beside).documents
    except UNREADABLE:  # it was a problem then
        return
    first, then = made.documents[0].client, was[0].client if was else None
    if first is not None and then is not None and naming.client(first) != naming.client(then):
        yield Problem(
            "CLIENT_CHANGED",
            say("it was of client {before} and is of client {now}.", before=then, now=first),
            say("The new one is taken. Look in the source whether its id was used again."),
            is_error=False,
        )


def _unread(told: str) -> Result:
    from cartera.ledger.landing.pages import Result, Said

    fix = say("Its facts stay as they were. Please report it; the record is kept and will be read again.")
    return Result(problems=(Said("MAP_FAILED", told, fix, True),), is_unread=True)
