"""How does a page of a source land? What it says anew is mapped, then everything is written at once."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from hashlib import blake2b
from typing import TYPE_CHECKING, Any

from cartera.app.workspace.connecting.forgetting import Forgotten
from cartera.app.workspace.connecting.mapping import again, mapped
from cartera.sources.kit.contract import Connector, Record, Stream
from cartera.sources.kit.parsing import parsed

if TYPE_CHECKING:
    from cartera.ledger.book import Book
    from cartera.ledger.entry import Entry
    from cartera.ledger.landing.pages import Landing, Result
    from cartera.ledger.landing.raw import Arrived, Name
    from cartera.ledger.models import Position, Source, Sync

SIZE = 16
AT_ONCE = 500  # records that are mapped again in one transaction
TRIES = 5  # of one page, each spoiled by an erasure


@dataclass(frozen=True)
class Ground:
    """Where pages land: one source of one workspace, in one run. left_out: records that are none of ours, and why."""

    book: Book
    source: Source
    connector: Connector
    sync: Sync | None
    now: Callable[[], datetime]
    today: date
    left_out: dict[Name, str] = field(default_factory=dict)
    renew: Callable[[], None] = lambda: None  # holds the lease of the run on

    @property
    def erased(self) -> Forgotten:
        """Who was erased until now."""
        return Forgotten(self.book, str(self.source.name))

    def count_requests(self, made: int) -> None:
        """Written down while it runs: a run that is killed has made them as well."""
        from cartera.ledger.models import Sync

        if self.sync is not None:
            Sync.objects.using(self.book.alias).filter(pk=self.sync.pk).update(requests=made)

    def land(self, stream: Stream, records: Sequence[Record], position: Position | None) -> int:
        """The records of a page as facts, with the position; how many said something new."""
        from cartera.ledger.landing.pages import Landing
        from cartera.ledger.landing.raw import news

        def page() -> Landing:
            erased = self.erased
            known = erased.known
            came = (erased.arrived(stream.name, arrived(self.connector, stream, one)) for one in records)
            new = news(self.book, self.source, stream.name, came)
            results = mapped(self.book, self.source, self.connector, stream.name, new, day=self.today) if new else {}
            kept = erased.bare(stream.name, new, results)
            return Landing(stream.name, kept, results, position, known, len(records), then=self._plans)

        return len(self._landed(page).records)

    def land_again(self, stream: str, keys: Iterable[str]) -> None:
        """Records that are kept, mapped anew: by other maps than before, or on another day. No request is made."""
        from cartera.ledger.landing.pages import Landing

        left = list(keys)
        for start in range(0, len(left), AT_ONCE):
            self.renew()
            names: list[Name] = [(stream, key) for key in left[start : start + AT_ONCE]]

            def page(names: Sequence[Name] = names) -> Landing:
                known = self.erased.known
                results = again(self.book, self.source, self.connector, names, day=self.today)
                return Landing(stream, (), results, None, known, then=self._plans)

            self._landed(page)

    def _landed(self, page: Callable[[], Landing], left: int = TRIES) -> Landing:
        """The page as it landed: made again when somebody was erased while it was made."""
        from cartera.ledger.landing.pages import ErasedMeanwhileError, land

        made = page()
        try:
            land(self.book, self.source, made, self.sync, at=self.now(), on=self.today)
        except ErasedMeanwhileError:
            if left == 1:
                raise
            return self._landed(page, left - 1)
        self._leave_out(made.results)
        return made

    def _leave_out(self, results: Mapping[Name, Result]) -> None:
        """A contact that is no client yet may become one with its first invoice, on a later page."""
        for name, one in results.items():
            self.left_out.pop(name, None)
            if one.left_out:
                self.left_out[name] = one.left_out

    def _plans(self, made: Entry) -> None:
        """Plans that people made are closed by the invoices that keep them."""
        from cartera.app.workspace.deciding.matching import match_new

        match_new(made, day=self.today)


def arrived(connector: Connector, stream: Stream, record: Record) -> Arrived:
    """A record with the hash of what it says; fields that change by themselves are left out of it."""
    from cartera.ledger.landing.raw import Arrived

    try:
        value = parsed(record.payload)
    except ValueError:
        value = record.payload
    touches = () if record.is_deleted or not isinstance(value, dict) else _touches(connector, stream.name, value)
    said = _without(value, frozenset(stream.volatile)) if stream.volatile else value
    text = json.dumps(said, sort_keys=True, default=str, ensure_ascii=False)
    mark = blake2b(text.encode("utf-8", "surrogatepass"), digest_size=SIZE).hexdigest()
    return Arrived(record.key, record.payload, mark, record.updated_at, record.is_deleted, touches)


def _touches(connector: Connector, stream: str, value: dict[str, Any]) -> tuple[Name, ...]:
    """The records that depend on this one; of one that cannot be read none, and its map will say so."""
    try:
        return tuple(dict.fromkeys(connector.touches(stream, value)))
    except (KeyError, TypeError, ValueError, AttributeError):
        return ()


def _without(value: Any, names: frozenset[str]) -> Any:
    if isinstance(value, dict):
        return {name: _without(one, names) for name, one in value.items() if name not in names}
    return [_without(one, names) for one in value] if isinstance(value, list) else value
