"""How are Sage's lists read whole? By update time where a list can be sorted by it, else by its links and its count."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from cartera.sources.kit.contract import Page, Position, Record, Window
from cartera.sources.kit.http import Answer, Http
from cartera.sources.kit.paging import by_key, by_link, followed
from cartera.sources.kit.parsing import elements, moment, parsed
from cartera.sources.kit.refusals import IncompleteError, RefusedStreamError
from cartera.sources.sage.lists import LISTS, MOST, Listed
from cartera.tongue import say

BUSINESS = "X-Business"
ITEMS = "$items"
ROUNDS = 3  # times that a list is read from its beginning when some of it is missing
MISSING = (404, 410)
VOID = "VOID"
ONE_SECOND = timedelta(seconds=1)  # deleted_since leaves out its own second
EVER = datetime(2000, 1, 1, tzinfo=UTC)  # before there was anything in Sage's books on the web


def changes(http: Http, name: str, position: Position, window: Window) -> Iterator[Page]:
    """What was deleted since the position, then what has changed since, of the days of the window.

    From the beginning everything that was ever deleted is asked for: a list that is read anew may know some of it. The
    days until a day are read last, when that was done.
    """
    one = LISTS[name]
    if one.is_told and (position.updated_at is not None or window.until_on is None):
        yield from _deleted(http, one, position)
    yield from there(http, name, position, window)


def there(http: Http, name: str, position: Position, window: Window) -> Iterator[Page]:
    """What has changed since the position and is there, of the days of the window."""
    one = LISTS[name]
    yield from _by_key(http, one, position, window) if one.is_sorted else _by_link(http, one, position)


def keys(http: Http, name: str) -> Iterator[str]:
    """The ids of everything in a list; a short record is enough."""
    one = LISTS[name]
    few = Listed(one.path, {word: said for word, said in one.words.items() if word == "contact_type_id"})
    yield from (record.key for page in _by_link(http, few, Position()) for record in page.records)


def single(http: Http, name: str, key: str, **more: str) -> Record | None:
    """A record as it is now; None when it is gone."""
    one = LISTS[name]
    try:
        answer = get(http, f"{one.path}/{key}", {**one.single, **more})
    except RefusedStreamError as problem:
        if problem.status in MISSING:
            return None
        raise
    record = _record(answer.text, answer.json())
    return None if record.is_deleted else record


def listed(http: Http, path: str, words: Mapping[str, str]) -> list[tuple[str, Any]]:
    """Text and value of the records on the first page."""
    return list(elements(get(http, path, words).text, [ITEMS]))


def get(http: Http, path: str, words: Mapping[str, str] | None = None) -> Answer:
    """The answer. IncompleteError: the request would name no business, and Sage would answer of another one."""
    if not http.carries(BUSINESS):
        raise IncompleteError(say("the request names no business."))
    return http.get(path, words)


@dataclass
class _Envelope:
    """What the last answer said around its records. The size of a page has two spellings, by address."""

    page: int = 1
    size: int = MOST
    total: int | None = None
    following: str = ""

    def read(self, value: Mapping[str, Any]) -> None:
        size = value.get("$items_per_page") or value.get("$itemsPerPage")
        self.page, self.size = int(value.get("$page") or 1), min(int(size or MOST), MOST)
        self.total = None if value.get("$total") is None else int(value["$total"])
        self.following = str(value.get("$next") or "")


def _by_key(http: Http, one: Listed, position: Position, window: Window) -> Iterator[Page]:
    told = _Envelope()
    words = {**one.words, "sort": "updated_at", "items_per_page": str(MOST)}
    words |= {"from_date": window.from_on.isoformat()} if window.from_on else {}
    words |= {"to_date": window.until_on.isoformat()} if window.until_on else {}

    def ask(since: datetime | None, step: int) -> tuple[Sequence[Record], int | None]:
        page = step // told.size + 1
        own = words | ({"updated_or_created_since": _text(since)} if since else {})
        found = _asked(http, one.path, own | ({"page": str(page)} if page > 1 else {}), told)
        is_beyond = page > told.page or (told.total is not None and step >= told.total)  # the last page, once more
        return ([] if is_beyond else found[step % told.size :]), told.total

    for page in by_key(ask, position, 1):  # its own links say where it ends, not how full a page is
        yield page
        if not told.following:
            return


def _by_link(http: Http, one: Listed, position: Position) -> Iterator[Page]:
    """A list in no order: when it gives fewer records than it counts, an edit shifted it, and it is read again."""
    words = {**one.words, "items_per_page": str(MOST)}
    words |= {"updated_or_created_since": _text(position.updated_at)} if position.updated_at else {}
    for _ in range(ROUNDS):
        seen, is_whole = set[str](), not position.link
        for page in _links(http, one, words, position):
            seen |= {record.key for record in page.records}
            is_last = not page.position.link
            is_short = is_last and is_whole and page.expected is not None and len(seen) < page.expected
            yield Page(page.records, Position(position.updated_at), page.expected) if is_short else page
            if is_last and not is_short:
                return
        position = Position(position.updated_at)
    raise IncompleteError(say("the list gives fewer records than it counts."))


def _deleted(http: Http, one: Listed, position: Position) -> Iterator[Page]:
    since = position.updated_at - ONE_SECOND if position.updated_at else EVER
    words = {**one.words, "items_per_page": str(MOST), "deleted_since": _text(since)}
    for page in _links(http, one, words, Position()):
        records = (Record(r.key, r.payload, r.updated_at, is_deleted=not _is_void(r.payload)) for r in page.records)
        if page.records:
            yield Page(tuple(records), position)


def _links(http: Http, one: Listed, words: Mapping[str, str], position: Position) -> Iterator[Page]:
    told = _Envelope()

    def ask(link: str) -> tuple[Sequence[Record], str, int | None]:
        own = None if link else words
        found = _asked(http, _address(http, one, link, words) if link else one.path, own, told)
        return found, told.following, told.total

    return by_link(ask, position)


def _address(http: Http, one: Listed, link: str, words: Mapping[str, str]) -> str:
    """The link as it was given, and what it leaves out of what was asked for: the documented one has page and size."""
    address = followed(http.base, one.path, link)
    there = {name for name, _ in parse_qsl(urlsplit(address).query, keep_blank_values=True)}
    more = urlencode({name: said for name, said in words.items() if name not in there})
    return f"{address}{'&' if there else '?'}{more}" if more else address


def _asked(http: Http, path: str, words: Mapping[str, str] | None, told: _Envelope) -> list[Record]:
    answer = get(http, path, words)
    value = answer.json()
    told.read(value if isinstance(value, dict) else {})
    return [_record(text, one) for text, one in elements(answer.text, [ITEMS])]


def _record(text: str, value: Any) -> Record:
    # A deleted invoice is a void one: it stays, and says why.
    is_deleted = bool(value.get("deleted_at")) and (value.get("status") or {}).get("id") != VOID
    return Record(str(value["id"]), text, moment(value.get("updated_at")), is_deleted)


def _is_void(text: str) -> bool:
    return bool((parsed(text).get("status") or {}).get("id") == VOID)


def _text(at: datetime) -> str:
    return at.isoformat(timespec="seconds")
