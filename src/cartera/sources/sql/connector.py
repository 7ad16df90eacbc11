"""How is a database read? Each query to its end; by update time where it takes `:since`, by key where `:after_key`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from itertools import groupby
from types import MappingProxyType
from typing import Any

from cartera.sources.kit.contract import Company, Context, Mapped, Page, Payload, Position, Record, Stream, Window
from cartera.sources.kit.http import Budget
from cartera.sources.kit.parsing import moment
from cartera.sources.sql import facts
from cartera.sources.sql.address import shown
from cartera.sources.sql.reader import Reader, payload

BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)
CLIENTS, INVOICES, LINES, CONTACTS, ITEMS = "clients", "invoices", "lines", "contacts", "items"
KEYS = {CLIENTS: "client_id", INVOICES: "invoice_id", LINES: "invoice_id", CONTACTS: "client_id"}
QUERIES = (CLIENTS, INVOICES, LINES, ITEMS, CONTACTS, "client_keys", "invoice_keys")
OF_KEYS = {CLIENTS: "client_keys", INVOICES: "invoice_keys"}


class Sql:
    """The connector. settings: how days are written that the database keeps as text."""

    name, label, base, register_at, version, may_train = "sql", "SQL", "", "", 1, True
    hosts: frozenset[str] = frozenset()
    budget = Budget(1000)
    streams: tuple[Stream, ...] = (
        Stream(CLIENTS, is_swept=True), Stream(LINES), Stream(INVOICES, is_swept=True), Stream(CONTACTS),
    )  # fmt: skip
    settings: Mapping[str, tuple[str, ...]] = MappingProxyType({"date_order": facts.ORDERS})

    def reader(self, secrets: Mapping[str, Any]) -> Reader:
        """The way to the database. secrets: address and queries."""
        return Reader(secrets["address"], secrets["queries"])

    def grant_at(self, _base: str | None) -> None:
        """A database is opened by its address."""

    def headers(self, _company: str) -> dict[str, str]:
        """A database is asked in no such way."""
        return {}

    def companies(self, _reader: Any) -> list[Company]:
        """A database is one company's."""
        raise NotImplementedError

    def company(self, address: str) -> Company:
        """The database as a company: known by its address without the password."""
        told = shown(address)
        return Company(told, told)

    def pull(self, reader: Any, stream: Stream, position: Position, _window: Window) -> Iterator[Page]:
        """The rows of the stream's query. Rows are in no order of time: the position moves at the end alone."""
        name = _query(reader, stream)
        if not reader.has(name):
            return
        since, newest, after = position.updated_at or BEGINNING, position.updated_at, position.link
        while True:
            last = ""
            for rows in _gathered(reader.rows(name, {"since": since, "after_key": after}), name):
                records = tuple(_record(stream.name, one) for one in rows)
                newest = max([newest or BEGINNING, *(one.updated_at for one in records if one.updated_at)])
                last = records[-1].key
                link = last if reader.takes(name, "after_key") else ""
                yield Page(records, Position(position.updated_at, link=link))
            if not last or not reader.takes(name, "after_key"):
                break
            after = last
        known = newest if newest and newest > BEGINNING and reader.takes(name, "since") else None
        yield Page((), Position(known))

    def keys(self, reader: Any, stream: Stream) -> Iterator[str] | None:
        """What is there: by the query of keys, else by the whole query where it is read whole each time."""
        own, whole = (
            OF_KEYS.get(stream.name, ""),
            ITEMS if stream.name == INVOICES and reader.has(ITEMS) else stream.name,
        )
        name = own if reader.has(own) else whole
        if not reader.has(name) or (name == whole and reader.takes(name, "since")):
            return None
        rows = reader.rows(name, {"since": BEGINNING, "after_key": ""})
        return (str(row[KEYS[stream.name]]) for some in rows for row in some)

    def one(self, _reader: Any, _stream: Stream, _key: str) -> Record | None:
        """A database whose keys do not hold it has it no more."""

    def touches(self, stream: str, payload: Payload) -> Iterable[tuple[str, str]]:
        """Lines say what their invoice holds."""
        return [(INVOICES, str(payload[KEYS[LINES]]))] if stream == LINES else []

    def facts(self, stream: str, key: str, payload: Payload, context: Context) -> Mapped:
        """The row as facts."""
        if stream == CLIENTS:
            return facts.client(payload, context)
        if stream == CONTACTS:
            return facts.contact(payload, context)
        if stream == LINES:
            return Mapped()
        lines = payload.get(facts.LINES) or (context.record(LINES, key) or {}).get(facts.LINES, [])
        return facts.document(payload, lines, context)


def _query(reader: Any, stream: Stream) -> str:
    """The query of a stream: invoices come from a query of sold items where there is one."""
    return ITEMS if stream.name == INVOICES and reader.has(ITEMS) else stream.name


def _gathered(pages: Iterator[list[dict[str, Any]]], name: str) -> Iterator[list[dict[str, Any]]]:
    """Lines by their invoice: one row with all of them. The query has them in the order of invoice_id."""
    if name not in (LINES, ITEMS):
        yield from (page for page in pages if page)
        return
    left: list[dict[str, Any]] = []
    for page in pages:
        left += page
        groups = [list(rows) for _, rows in groupby(left, key=_invoice)]
        left = groups.pop() if groups else []
        if groups:
            yield [_together(rows, name) for rows in groups]
    if left:
        yield [_together(rows, name) for rows in [list(some) for _, some in groupby(left, key=_invoice)]]


def _invoice(row: Mapping[str, Any]) -> str:
    return str(row["invoice_id"])


def _together(rows: list[dict[str, Any]], name: str) -> dict[str, Any]:
    """One row for an invoice. Of a query of sold items its own columns are those of its first item."""
    if name == LINES:
        return {"invoice_id": rows[0]["invoice_id"], facts.LINES: rows, "updated_at": _newest(rows)}
    of_line = set(facts.OF_LINE) - {"invoice_id"}
    own = {column: value for column, value in rows[0].items() if column not in of_line}
    lines = [{column: row[column] for column in row if column in facts.OF_LINE} for row in rows]
    return own | {facts.LINES: lines, "updated_at": _newest(rows)}


def _newest(rows: list[dict[str, Any]]) -> Any:
    return max((row["updated_at"] for row in rows if row.get("updated_at")), default=None)


def _record(stream: str, row: dict[str, Any]) -> Record:
    key = str(row[KEYS[stream]])
    if stream == CONTACTS:
        key = f"{key}/{row.get('name')}"
    return Record(key, payload(row), moment(row.get("updated_at")))


SQL = Sql()
