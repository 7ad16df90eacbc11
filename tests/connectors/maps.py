"""What does a map see in a test? Payloads laid beside each other, without a ledger and without a server."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from cartera.app.workspace.connecting.rows import problems
from cartera.sources.kit.contract import Company, Connector, Document, Mapped
from cartera.sources.kit.parsing import elements

TODAY = date(2026, 3, 31)
BOOKS = Company("1", "Books", "EUR", "UTC")


@dataclass
class World:
    """The records of some books. was: what they said before, the newest first."""

    connector: Connector
    records: dict[str, dict[str, Any]] = field(default_factory=dict)
    settings: Mapping[str, Any] = field(default_factory=dict)
    day: date = TODAY
    company: Company = BOOKS
    zone: str = "UTC"
    was: dict[tuple[str, str], list[Any]] = field(default_factory=dict)

    def put(self, stream: str, *payloads: Any, key: str = "id") -> World:
        """The records, beside those that are there."""
        self.records.setdefault(stream, {}).update({str(one[key]): one for one in payloads})
        return self

    def read(self, stream: str, text: str, *path: str, key: str = "id") -> World:
        """The records of an answer, beside those that are there."""
        return self.put(stream, *(value for _, value in elements(text, path)), key=key)

    def mapped(self, stream: str, key: str) -> Mapped:
        """What a record becomes."""
        return self.connector.facts(stream, key, self.records.get(stream, {}).get(key, {}), self)

    def documents(self, stream: str) -> dict[str, Document]:
        """Key, and part where there is one -> the documents of a list."""
        return {
            f"{key}#{one.part}" if one.part else key: one
            for key in self.records[stream]
            for one in self.mapped(stream, key).documents
        }

    def codes(self, stream: str, key: str) -> list[str]:
        """The problems of a record by their codes, those that every document is looked at for too."""
        made = self.mapped(stream, key)
        odd = [found for one in made.documents for found in problems(one, self.day)]
        return [one.code for one in (*made.problems, *odd)]

    def day_of(self, at: datetime) -> date:
        return at.astimezone(ZoneInfo(self.zone)).date()

    def seen_on(self, _stream: str, _key: str) -> date:
        return self.day

    def record(self, stream: str, key: str) -> Any:
        return self.records.get(stream, {}).get(key)

    def earlier(self, stream: str, key: str) -> Iterator[Any]:
        return iter(self.was.get((stream, key), ()))

    def touching(self, stream: str, key: str, by: str) -> Iterator[tuple[str, Any]]:
        for own, payload in sorted(self.records.get(by, {}).items()):
            if (stream, key) in self.connector.touches(by, payload):
                yield own, payload

    def is_touched(self, stream: str, key: str, by: str) -> bool:
        return any(True for _ in self.touching(stream, key, by))


def at(text: str) -> datetime:
    """A moment in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)
