"""How is a database read? Each query to its end; by update time where it takes `:since`, by key where `:after_key`."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from hashlib import blake2b
from types import MappingProxyType
from typing import Any

from cartera.sources.kit.contract import Company, Context, Mapped, Page, Payload, Position, Record, Stream, Window
from cartera.sources.kit.http import Budget
from cartera.sources.kit.parsing import moment
from cartera.sources.kit.refusals import IncompleteError
from cartera.sources.sql import facts, paging
from cartera.sources.sql.address import shown
from cartera.sources.sql.reader import Reader, Row, payload
from cartera.tongue import say

CLIENTS, INVOICES, LINES = paging.CLIENTS, paging.INVOICES, paging.LINES
ITEMS, CONTACTS = paging.ITEMS, paging.CONTACTS
QUERIES = (CLIENTS, INVOICES, LINES, ITEMS, CONTACTS, paging.CLIENT_KEYS, paging.INVOICE_KEYS)
OF_KEYS = {CLIENTS: paging.CLIENT_KEYS, INVOICES: paging.INVOICE_KEYS}
CHANGED = "updated_at"
SIZE = 8  # bytes that tell the people at a client apart


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
        newest = since = max(position.updated_at or paging.BEGINNING, paging.BEGINNING)
        for some, link in paging.groups(reader, name, since, position.link):
            if reader.takes(name, paging.SINCE) and CHANGED not in some[0][0]:
                raise IncompleteError(
                    say("a query that takes {word} needs a column {column}.", word=f":{paging.SINCE}", column=CHANGED),
                    where=name, fix=say("Name it with AS: {example}.", example=f"SELECT changed_at AS {CHANGED}"),
                )  # fmt: skip
            records = tuple(_record(stream.name, row) for row in _rows(name, some))
            newest = max(newest, *(one.updated_at or newest for one in records))
            yield Page(records, Position(position.updated_at, link=link))
        yield Page((), Position(newest if reader.takes(name, paging.SINCE) else None))

    def keys(self, reader: Any, stream: Stream) -> Iterator[str] | None:
        """What is there: by the query of keys, else by the whole query where it is read whole each time."""
        own, whole = OF_KEYS.get(stream.name, ""), _query(reader, stream)
        name = own if reader.has(own) else whole
        if not reader.has(name) or (name == whole and reader.takes(name, paging.SINCE)):
            return None
        found = reader.shown[stream.name] = {
            str(one[0][paging.KEY_OF[name]]) for some, _ in paging.groups(reader, name) for one in some
        }
        return iter(found)

    def one(self, reader: Any, stream: Stream, key: str) -> Record | None:
        """A row that no reading of what changed brings, by reading the whole query. None: its keys do not hold it.

        IncompleteError: its keys hold it, and the query does not give it.
        """
        known = reader.shown.get(stream.name)
        if known is not None and key not in known:
            return None
        found = self._whole(reader, stream).get(key)
        if found is None and known is not None:
            raise IncompleteError(
                say("it never gives {key}, which is among the keys.", key=key), where=_query(reader, stream),
                fix=say("Let both queries have the same rows, those without a time of change as well."),
            )  # fmt: skip
        return self._with_lines(reader, found) if found and stream.name == INVOICES else found

    def _whole(self, reader: Reader, stream: Stream) -> dict[str, Record]:
        """Every record of a stream, read once in a run."""
        if stream.name not in reader.whole:
            pages = self.pull(reader, stream, Position(), Window())
            reader.whole[stream.name] = {record.key: record for page in pages for record in page.records}
        return reader.whole[stream.name]

    def _with_lines(self, reader: Reader, found: Record) -> Record:
        """An invoice with its lines: a reading of what changed brought neither."""
        if reader.has(ITEMS) or not reader.has(LINES):
            return found
        lines = self._whole(reader, Stream(LINES)).get(found.key)
        if lines is None:
            return found
        told = {**json.loads(found.payload), facts.LINES: json.loads(lines.payload)[facts.LINES]}
        return replace(found, payload=payload(told))

    def touches(self, stream: str, payload: Payload) -> Iterable[tuple[str, str]]:
        """Lines say what their invoice holds."""
        return [(INVOICES, str(payload[paging.KEY_OF[LINES]]))] if stream == LINES else []

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


def _rows(name: str, some: list[list[Row]]) -> Iterator[Row]:
    """A row for each record: one for an invoice with all its lines, else as they are."""
    for rows in some:
        if name in paging.BY_INVOICE:
            yield _together(rows, name)
        else:
            yield from rows


def _together(rows: list[Row], name: str) -> Row:
    """One row for an invoice. Of a query of sold items its own columns are those of its first item."""
    changed = max(rows, key=lambda row: _moment(row.get(CHANGED)) or paging.BEGINNING).get(CHANGED)
    if name == LINES:
        return {"invoice_id": rows[0]["invoice_id"], facts.LINES: rows, CHANGED: changed}
    of_line = set(facts.OF_LINE) - {"invoice_id"}
    own = {column: value for column, value in rows[0].items() if column not in of_line}
    lines = [{column: row[column] for column in row if column in facts.OF_LINE} for row in rows]
    return own | {facts.LINES: lines, CHANGED: changed}


def _moment(value: Any) -> datetime | None:
    """When it was changed, if it says so in a form that can be read."""
    with suppress(ValueError, OverflowError):
        return moment(value)
    return None


def _record(stream: str, row: Row) -> Record:
    key = str(row[paging.KEY_OF[stream]])
    if stream == CONTACTS:  # a key is kept for ever, and a name may have to be forgotten
        told = str(row.get("name")).encode("utf-8", "surrogatepass")
        key = f"{key}/{blake2b(told, digest_size=SIZE).hexdigest()}"
    return Record(key, payload(row), _moment(row.get(CHANGED)))


SQL = Sql()
