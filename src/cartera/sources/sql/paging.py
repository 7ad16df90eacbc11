"""How is a query read to its end? Rows that belong together stay together, and a page goes on where one ended."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from decimal import Decimal
from itertools import groupby
from typing import Any
from uuid import UUID

from cartera.sources.kit.refusals import IncompleteError
from cartera.sources.sql.reader import Reader, Row
from cartera.tongue import say

SINCE, AFTER = "since", "after_key"
BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)
CLIENTS, INVOICES, LINES, CONTACTS, ITEMS = "clients", "invoices", "lines", "contacts", "items"
CLIENT_KEYS, INVOICE_KEYS = "client_keys", "invoice_keys"
KEY_OF = {
    CLIENTS: "client_id", INVOICES: "invoice_id", LINES: "invoice_id", ITEMS: "invoice_id", CONTACTS: "client_id",
    CLIENT_KEYS: "client_id", INVOICE_KEYS: "invoice_id",
}  # fmt: skip
BY_INVOICE = (LINES, ITEMS)
TYPES: Mapping[str, Any] = {"int": int, "float": float, "Decimal": Decimal, "UUID": UUID}  # of keys that are no text
LIMITS = re.compile(r"\b(?:limit|top|first|next)\D{0,3}(\d+)", re.IGNORECASE)
BEGINS = re.compile(r":after_key\s+is\s+null|\b(?:coalesce|ifnull|isnull|nvl)\s*\(\s*:after_key", re.IGNORECASE)
Group = list[Row]


def groups(reader: Reader, name: str, since: datetime = BEGINNING, link: str = "") -> Iterator[tuple[list[Group], str]]:
    """The rows of a query, those of one key together where it gives several, and the link to what follows them.

    IncompleteError: a row without a key, rows of one invoice apart, an invoice that a page cannot hold.
    """
    if reader.takes(name, AFTER):
        found = (_by_group if name in (*BY_INVOICE, CONTACTS) else _by_row)(reader, name, since, link)
    else:
        found = ((some, "") for some in _together(reader, name, {SINCE: since}))
    seen = set[str]()
    for some, following in found:
        if name in BY_INVOICE:
            _apart(name, some, seen)
        yield some, following


def _by_row(reader: Reader, name: str, since: datetime, link: str) -> Iterator[tuple[list[Group], str]]:
    """Page after page of a query that gives one row for each key, until one is empty."""
    while True:
        before, some = link, list[Group]()
        for some in _together(reader, name, {SINCE: since, AFTER: _key(link)}):
            link = _link(reader, name, some[-1])
            yield some, link
        if not some:
            return _begins(reader, name, before)
        if link == before:
            key = _shown(name, some[-1])
            raise IncompleteError(say("after {key} it gives {key} again.", key=key), where=name)


def _by_group(reader: Reader, name: str, since: datetime, link: str) -> Iterator[tuple[list[Group], str]]:
    """Page after page. The last group of each may be cut: it is read again, with the page that begins with it."""
    most = 0
    while True:
        held, count, before = list[Group](), 0, link
        for some in _together(reader, name, {SINCE: since, AFTER: _key(link)}):
            count += sum(map(len, some))
            *whole, last = *held, *some
            held = [last]
            if whole:
                link = _link(reader, name, whole[-1])
                yield whole, link
        if not held:
            return _begins(reader, name, before)
        if link == before:
            yield held, _alone(reader, name, held[0], since, most)
            return None
        most = max(most, count)


def _alone(reader: Reader, name: str, group: Group, since: datetime, most: int) -> str:
    """The link after a page of a single group. IncompleteError: the page may have cut it."""
    link, size = _link(reader, name, group), len(group)
    is_full = size in map(int, LIMITS.findall(reader.queries[name])) or size >= (most or size + 1)
    if is_full or any(reader.rows(name, {SINCE: since, AFTER: _key(link)})):
        raise IncompleteError(
            say("{key} fills a whole page, which may cut it.", key=_shown(name, group)), where=name,
            fix=say("Let the query give more rows at once."),
        )  # fmt: skip
    return link


def _begins(reader: Reader, name: str, before: str) -> None:
    """An empty page is the end. IncompleteError: it is the first, of a query that finds nothing after no key."""
    if not before and not BEGINS.search(reader.queries[name]):
        raise IncompleteError(
            say("its first page is empty: it is asked for without a key."), where=name,
            fix=say("Write {example}.", example="WHERE (:after_key IS NULL OR id > :after_key)"),
        )  # fmt: skip


def _together(reader: Reader, name: str, words: Mapping[str, Any]) -> Iterator[list[Group]]:
    """The groups of one answer, each whole."""
    is_grouped = name in BY_INVOICE or (name == CONTACTS and reader.takes(name, AFTER))
    left: Group = []
    for rows in reader.rows(name, words):
        _checked(name, rows)
        if not is_grouped:
            yield [[row] for row in rows]
            continue
        found = [list(some) for _, some in groupby([*left, *rows], key=lambda row: str(row[KEY_OF[name]]))]
        left = found.pop() if found else []
        if found:
            yield found
    if left:
        yield [left]


def _checked(name: str, rows: list[Row]) -> None:
    """IncompleteError: the query has no column for the key, or a row has none."""
    column = KEY_OF[name]
    if rows and column not in rows[0]:
        raise IncompleteError(
            say("it has no column {column}.", column=column), where=name,
            fix=say("Name it with AS: {example}.", example=f"SELECT id AS {column}"),
        )  # fmt: skip
    if any(row[column] is None for row in rows):
        raise IncompleteError(say("a row has no {column}.", column=column), where=name)


def _apart(name: str, some: list[Group], seen: set[str]) -> None:
    """IncompleteError: the rows of one invoice do not follow each other, so that its sum would be that of some."""
    for group in some:
        key = _shown(name, group)
        if key in seen:
            raise IncompleteError(
                say("the rows of {key} do not follow each other.", key=key), where=name,
                fix=say("Write {example}.", example=f"ORDER BY {KEY_OF[name]}"),
            )  # fmt: skip
        seen.add(key)


def _shown(name: str, group: Group) -> str:
    return str(group[0][KEY_OF[name]])


def _link(reader: Reader, name: str, group: Group) -> str:
    """A key with its type: a database compares numbers with numbers alone."""
    return f"{reader.kinds[name].get(KEY_OF[name], 'str')}:{_shown(name, group)}"


def _key(link: str) -> Any:
    """The key of a link; None before the first page."""
    kind, _, text = link.partition(":")
    return TYPES.get(kind, str)(text) if link else None
