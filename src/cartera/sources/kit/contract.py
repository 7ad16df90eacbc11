"""What is a connector? A table of streams and pure maps from records to facts; it knows no ledger and no settings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Protocol

from cartera.sources.kit.http import Budget, Http
from cartera.sources.kit.oauth import Grant

Payload = Mapping[str, Any]


@dataclass(frozen=True)
class Record:
    """A record as it came. payload: its JSON text, untouched. updated_at: by the source's own clock, if it says.

    stream: of which list it is, where one list tells of several; empty: of the list that is being read.
    """

    key: str
    payload: str
    updated_at: datetime | None = None
    is_deleted: bool = False
    stream: str = ""


@dataclass(frozen=True)
class Position:
    """How far a stream has been read. updated_at: the largest update time landed. step: records taken within it.

    link: where the next page of a walk by link is.
    """

    updated_at: datetime | None = None
    step: int = 0
    link: str = ""


@dataclass(frozen=True)
class Window:
    """Documents of these days only, both included; None: without limit."""

    from_on: date | None = None
    until_on: date | None = None


@dataclass(frozen=True)
class Page:
    """Some records and where to go on if the next page never comes. expected: how many the source says there are."""

    records: tuple[Record, ...]
    position: Position
    expected: int | None = None


@dataclass(frozen=True)
class Stream:
    """One list of the source. is_dated: it can be asked for the documents of some days, so that newest come first.

    is_whole: it is read whole each time, and what is missing in it is gone. is_swept: deletions show only by what is
    missing among its keys. is_daily: what its records become depends on the day. is_gathered: it is no list of the
    source; its records are what others touch, and are mapped from an empty payload. is_looked_up: whoever touches its
    records looks at them, and is mapped again when they change. volatile: fields that change by themselves and say
    nothing.
    """

    name: str
    is_dated: bool = False
    is_daily: bool = False
    is_gathered: bool = False
    is_looked_up: bool = False
    is_whole: bool = False
    is_swept: bool = False
    volatile: tuple[str, ...] = ()


@dataclass(frozen=True)
class Company:
    """One set of books that the user may connect. key: by which the source knows it.

    currencies: where the system does not say the currency of the books, those that occur, the most frequent first.
    """

    key: str
    label: str
    currency: str = ""
    time_zone: str = ""
    country: str = ""
    currencies: tuple[str, ...] = ()


@dataclass(frozen=True)
class Problem:
    """A record, or a part of it, that cannot become a fact as it is. code: LINE_SUM, NO_CLIENT, STATUS_UNKNOWN, ..."""

    code: str
    what: str
    fix: str = ""
    is_error: bool = True  # else a notice: the record has become a fact, and somebody should know


@dataclass(frozen=True)
class Line:
    """A line of a document, net, in its currency. quantity: as text, with all its decimals."""

    amount: Decimal | None
    product: str | None = None
    category: str | None = None
    quantity: str | None = None
    more: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Document:
    """An invoice, a credit note or a plan, in the words of the fact tables.

    part: empty, or what tells several documents of one record apart (`1`, `2019-04-15`). client: the key of its client
    in the source. credits: the key of the invoice that it corrects, in the stream `credits_stream`. known_on: None for
    the day on which we saw it first. amount: net, with its sign.
    """

    issued_on: date
    amount: Decimal | None
    currency: str | None
    client: str | None
    kind: str = "invoice"
    state: str = "issued"
    part: str = ""
    known_on: date | None = None
    void_on: date | None = None
    due_on: date | None = None
    paid_on: date | None = None
    base_amount: Decimal | None = None
    open_amount: Decimal | None = None
    credits: str | None = None
    credits_stream: str = "invoices"
    rep: str | None = None
    number: str | None = None
    lines: tuple[Line, ...] = ()
    more: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Client:
    """A client in the words of the fact tables. parent: the key of the client it rolls up to. same: it is that one."""

    name: str | None
    created_on: date | None = None
    rep: str | None = None
    email: str | None = None
    phone: str | None = None
    website: str | None = None
    street: str | None = None
    city: str | None = None
    region: str | None = None
    postcode: str | None = None
    country: str | None = None
    industry: str | None = None
    currency: str | None = None
    parent: str | None = None
    same: str | None = None
    more: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Contact:
    """A person at a client. client: its key in the source. part: tells several persons of one record apart."""

    name: str
    client: str
    part: str = ""
    role: str = ""
    email: str = ""
    phone: str = ""
    is_primary: bool = False


@dataclass(frozen=True)
class Mapped:
    """What a record becomes. left_out: why it is none of ours (`supplier documents`), else empty."""

    clients: tuple[Client, ...] = ()
    contacts: tuple[Contact, ...] = ()
    documents: tuple[Document, ...] = ()
    problems: tuple[Problem, ...] = ()
    left_out: str = ""


class Context(Protocol):
    """What a map may look at beside its record; the same context gives the same facts.

    Plans begin after `day`.
    """

    @property
    def company(self) -> Company:
        """The books that the record is of."""

    @property
    def settings(self) -> Mapping[str, Any]:
        """What the user chose."""

    @property
    def day(self) -> date:
        """Today."""

    def day_of(self, at: datetime) -> date:
        """The calendar day of a moment, where the workspace is."""

    def seen_on(self, stream: str, key: str) -> date:
        """The day on which the record was first seen."""

    def record(self, stream: str, key: str) -> Payload | None:
        """Another record as it came last, None when there is none."""

    def earlier(self, stream: str, key: str) -> Iterator[Payload]:
        """What the record said before, the newest first."""

    def touching(self, stream: str, key: str, by: str) -> Iterator[tuple[str, Payload]]:
        """Key and payload of the records of stream `by` that touch this one."""

    def is_touched(self, stream: str, key: str, by: str) -> bool:
        """Whether a record of stream `by` touches this one; cheap where what it says does not matter."""


class Connector(Protocol):
    """One system. name: a word. hosts: the only ones that its requests may reach. version: rises when a map changes.

    base: where its requests begin; {company} in it stands for the key of the books. register_at: the vendor's page
    where a user registers an app or makes a token. streams: in the order of reading, clients before documents.
    settings: what the user may choose, each with its values, the usual one first; none for a free word. may_train:
    whether the vendor lets models be fitted to its data.
    """

    name: str
    label: str
    base: str
    register_at: str
    hosts: frozenset[str]
    version: int
    budget: Budget
    streams: tuple[Stream, ...]
    settings: Mapping[str, tuple[str, ...]]
    may_train: bool

    def grant_at(self, base: str | None) -> Grant | None:
        """How a user lets us in, at another base for a server on this machine; None for a token that the user makes."""

    def headers(self, company: str) -> dict[str, str]:
        """What every request about a company carries beside its authorisation."""

    def companies(self, http: Http) -> list[Company]:
        """The books that this user may connect."""

    def pull(self, http: Http, stream: Stream, position: Position, window: Window) -> Iterator[Page]:
        """The pages after the position. Each is complete in itself; whoever stops goes on at its position."""

    def keys(self, http: Http, stream: Stream) -> Iterator[str] | None:
        """The keys of all that is there now; None when the system cannot say so cheaply."""

    def one(self, http: Http, stream: Stream, key: str) -> Record | None:
        """The record of this key as it is now; None when it is gone."""

    def touches(self, stream: str, payload: Payload) -> Iterable[tuple[str, str]]:
        """Other records (stream, key) whose facts depend on this one: the invoice that a payment pays."""

    def facts(self, stream: str, key: str, payload: Payload, context: Context) -> Mapped:
        """What the record becomes. Pure: the same record in the same context becomes the same."""
