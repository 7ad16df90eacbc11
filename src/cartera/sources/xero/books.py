"""Which books does a pretended Xero hold? Lists of records as they are sent, with the moment of their last change."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from cartera.sources.kit.parsing import moment
from cartera.sources.xero.lists import LISTS

KEYS = {one.name: one.key for one in LISTS.values()}
CHANGED, TICK = "UpdatedDateUTC", timedelta(minutes=7)
UNTIMED = ("RepeatingInvoices",)  # says nowhere when it changed


@dataclass
class Books:
    """The records of each list by their keys. clock: what time it is there, an hour at which all is quiet."""

    clock: datetime
    name: str = "Pretend Ltd"
    currency: str = "NZD"
    country: str = "NZ"
    zone: str = "NEWZEALANDSTANDARDTIME"
    tenant: str = "70784a63-d24b-46a9-a4db-0e70a274b056"
    records: dict[str, dict[str, dict[str, Any]]] = field(default_factory=lambda: {name: {} for name in KEYS})

    def put(self, name: str, payload: Mapping[str, Any]) -> None:
        """A record word for word, in place of the one with its key."""
        self.records[name][str(payload[KEYS[name]])] = dict(payload)

    def put_all(self, name: str, payloads: Iterable[Mapping[str, Any]]) -> None:
        """Several of them."""
        for one in payloads:
            self.put(name, one)

    def edit(self, name: str, key: str, **values: Any) -> None:
        """A record changed now, which is some minutes later than before."""
        self.clock += TICK
        changed = {} if name in UNTIMED else {CHANGED: net(self.clock)}
        self.put(name, {KEYS[name]: key, **self.records[name].get(key, {}), **changed, **values})

    def remove(self, name: str, key: str) -> None:
        """A record that is gone without a word."""
        del self.records[name][key]

    def changed_at(self, payload: Mapping[str, Any]) -> datetime:
        """When a record changed last; the beginning of time where it does not say."""
        return moment(payload.get(CHANGED)) or datetime.min.replace(tzinfo=UTC)


def net(at: datetime) -> str:
    """A moment as Xero writes it."""
    return f"/Date({int(at.timestamp()) * 1000 + at.microsecond // 1000}+0000)/"


def net_day(day: date) -> str:
    """A day as Xero writes it."""
    return net(datetime.combine(day, time(), UTC))


def dated(name: str, day: date) -> dict[str, str]:
    """A day in both ways in which Xero writes it."""
    return {name: net_day(day), f"{name}String": f"{day.isoformat()}T00:00:00"}


def made_id(*words: object) -> str:
    """The id of a record, the same for the same words."""
    return str(uuid5(NAMESPACE_URL, " ".join(map(str, ("cartera", *words)))))
