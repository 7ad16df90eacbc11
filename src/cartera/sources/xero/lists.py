"""Which lists does Xero have, and how is each asked for? Parameters are those of its specification 16.1.0."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

from cartera.sources.kit.contract import Page, Position, Record, Window
from cartera.sources.kit.http import Answer, Http
from cartera.sources.kit.paging import by_key
from cartera.sources.kit.parsing import elements, moment
from cartera.sources.kit.refusals import IncompleteError, RefusedStreamError
from cartera.tongue import say

API = "/api.xro/2.0"
SIZE = 100  # per page; what is above is unverified, 1,000 is said to be the most
SALES = 'Type=="ACCREC"'
ARCHIVED = {"includeArchived": "true"}
DELETED, GONE = "DELETED", 404
# Unverified: whether If-Modified-Since includes its own moment, and whether it counts seconds or less. A second more is
# asked for: what is known already is told by its hash.
SLACK = timedelta(seconds=1)


@dataclass(frozen=True)
class List:
    """One list. name: of the address and of the member in the answer. key: the member by which a record is known.

    where: a filter that always holds. is_dated: it can be filtered by the documents' dates. has_size: the page size may
    be chosen. has_summary: it can be asked for without the heavy members, to learn the keys of all that is there.
    """

    name: str
    key: str
    where: str = ""
    more: Mapping[str, str] = field(default_factory=dict)
    is_dated: bool = False
    is_paged: bool = True
    has_size: bool = True
    has_summary: bool = False

    @property
    def path(self) -> str:
        """Where it is."""
        return f"{API}/{self.name}"

    def pages(self, http: Http, position: Position, window: Window) -> Iterator[Page]:
        """The pages after the position; of an unpaged list one with everything that is there."""
        if not self.is_paged:
            yield Page(tuple(self._records(http.get(self.path))), Position())
            return

        def ask(since: datetime | None, step: int) -> tuple[list[Record], int | None]:
            words = self._words(step // SIZE + 1) | self._filter(window) | {"order": "UpdatedDateUTC"}
            answer = http.get(self.path, words, _since(since))
            return list(self._records(answer)), _expected(answer)

        yield from by_key(ask, position, SIZE)

    def keys(self, http: Http) -> Iterator[str] | None:
        """The keys of all that is there now; None where that takes as long as reading it."""
        return self._keys(http) if self.has_summary else None

    def one(self, http: Http, key: str) -> Record | None:
        """The record of this key; None when Xero does not know it any more."""
        if not self.is_paged:  # a short list, and items are asked for by another key than ours
            return next((one for one in self._records(http.get(self.path)) if one.key == key), None)
        try:
            answer = http.get(f"{self.path}/{key}")
        except RefusedStreamError as problem:
            if problem.status == GONE:
                return None
            raise
        return next(self._records(answer), None)

    def _keys(self, http: Http) -> Iterator[str]:
        """Walked by their ids, which no edit moves."""
        count, page = 1, 1
        while count >= page:
            words = self._words(page) | self._filter(Window()) | {"order": self.key, "summaryOnly": "true"}
            answer = http.get(self.path, words)
            found = list(self._records(answer))
            yield from (one.key for one in found if not one.is_deleted)
            told = _pagination(answer).get("pageCount")
            count = int(told) if told is not None else page + (len(found) >= SIZE)
            page += 1

    def _words(self, page: int) -> dict[str, str]:
        return {"page": str(page)} | ({"pageSize": str(SIZE)} if self.has_size else {}) | dict(self.more)

    def _filter(self, window: Window) -> dict[str, str]:
        parts = [self.where] if self.where else []
        if self.is_dated and window.from_on:
            parts.append(f"Date>={_net(window.from_on)}")
        if self.is_dated and window.until_on:
            parts.append(f"Date<={_net(window.until_on)}")
        return {"where": " AND ".join(parts)} if parts else {}

    def _records(self, answer: Answer) -> Iterator[Record]:
        for text, value in elements(answer.text, [self.name]):
            if not value.get(self.key):
                raise IncompleteError(say("a record of {list} has no {key}.", list=self.name, key=self.key))
            is_deleted = value.get("Status") == DELETED
            yield Record(str(value[self.key]), text, moment(value.get("UpdatedDateUTC")), is_deleted)


LISTS: Mapping[str, List] = {
    "products": List("Items", "Code", is_paged=False),  # lines name their item by its code
    "clients": List("Contacts", "ContactID", more=ARCHIVED, has_summary=True),
    "invoices": List("Invoices", "InvoiceID", SALES, ARCHIVED, is_dated=True, has_summary=True),
    "credit_notes": List("CreditNotes", "CreditNoteID", is_dated=True),
    "templates": List("RepeatingInvoices", "RepeatingInvoiceID", is_paged=False),
    "estimates": List("Quotes", "QuoteID", has_size=False),
    "payments": List("Payments", "PaymentID"),
    "overpayments": List("Overpayments", "OverpaymentID"),
    "prepayments": List("Prepayments", "PrepaymentID"),
}


def named(found: Iterable[Any], member: str, key: str) -> Iterator[str]:
    """The keys that the records of a member name: the invoices of allocations."""
    for one in found:
        inner = one.get(member) if member else one
        if isinstance(inner, Mapping) and inner.get(key):
            yield str(inner[key])


def _since(since: datetime | None) -> dict[str, str]:
    if since is None:
        return {}
    return {"If-Modified-Since": (since.astimezone(UTC) - SLACK).strftime("%Y-%m-%dT%H:%M:%SZ")}


def _expected(answer: Answer) -> int | None:
    """How many records it says there are. IncompleteError: its pages are smaller than asked for and hide their end."""
    told = _pagination(answer)
    if (size := told.get("pageSize")) is not None and int(size) < SIZE:
        raise IncompleteError(say("a page holds {found} records instead of {asked}.", found=str(size), asked=str(SIZE)))
    count = told.get("itemCount")
    return None if count is None else int(count)


def _pagination(answer: Answer) -> Mapping[str, Any]:
    told = answer.json()
    found = told.get("pagination") if isinstance(told, Mapping) else None
    return found if isinstance(found, Mapping) else {}


def _net(day: date) -> str:
    return f"DateTime({day.year},{day.month:02},{day.day:02})"
