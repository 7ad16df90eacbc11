"""How is QuickBooks asked? In its query language, by update time; one address tells of everything that was deleted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import quote, urlencode

from cartera.sources.kit.contract import Page, Position, Record, Window
from cartera.sources.kit.http import Answer, Http
from cartera.sources.kit.paging import by_key
from cartera.sources.kit.parsing import elements, moment
from cartera.sources.kit.refusals import IncompleteError, RefusedStreamError
from cartera.sources.quickbooks.templates import inside
from cartera.tongue import say

ENTITIES = {
    "clients": "Customer", "products": "Item", "invoices": "Invoice", "receipts": "SalesReceipt",
    "credit_notes": "CreditMemo", "refunds": "RefundReceipt", "payments": "Payment", "estimates": "Estimate",
    "templates": "RecurringTransaction",
}  # fmt: skip
TEMPLATES = "templates"
TOLD = {entity: stream for stream, entity in ENTITIES.items() if stream != TEMPLATES}  # of which /cdc tells
WITH_INACTIVE = ("clients", "products")  # of which a query shows the active ones only, unless it says otherwise
MOST = 1000  # objects after which an answer of /cdc is cut off
LOOK_BACK = timedelta(days=30)  # of /cdc
MINOR = "75"
UPDATED = "Metadata.LastUpdatedTime"


def pages(http: Http, stream: str, position: Position, window: Window, size: int) -> Iterator[Page]:
    """A list in the order of its update times. One that is read from its beginning is counted.

    IncompleteError: fewer came than there are; it is read again from its beginning.
    """
    is_first, seen = position.updated_at is None, set[str]()
    expected = count(http, stream, window) if is_first else None
    if expected == 0:
        return

    def ask(since: datetime | None, step: int) -> tuple[Sequence[Record], int | None]:
        asked = _select("*", stream, _within(window, since), f"ORDER BY {UPDATED} ASC", _part(step, size))
        found = list(_records(query(http, asked).text, stream, ["QueryResponse"]))
        return found, expected if since is None else None  # counted are all of the list, not those since a moment

    for page in by_key(ask, position, size):
        seen |= {one.key for one in page.records}
        yield page
    if len(seen) < (expected or 0) and len(seen) < (now := count(http, stream, window)):  # unless some were deleted
        yield Page((), Position(), now)
        raise IncompleteError(say("there are {count} records, and {seen} came.", count=now, seen=len(seen)))


def whole(http: Http, stream: str, size: int) -> Iterator[Page]:
    """A list that tells no update times, whole."""
    for text in _parts(http, stream, size, "*"):
        yield Page(tuple(_records(text, stream, ["QueryResponse"])), Position())


def keys(http: Http, stream: str, size: int) -> Iterator[str]:
    """The keys of all that is there."""
    for text in _parts(http, stream, size, "Id", "ORDER BY Id ASC"):
        yield from (str(value["Id"]) for _, value in elements(text, ["QueryResponse", ENTITIES[stream]]))


def _parts(http: Http, stream: str, size: int, what: str, *more: str) -> Iterator[str]:
    """The answers with a list by its numbers. IncompleteError: one of them comes again."""
    step, got, last = 0, size, ""
    while got == size:
        text = query(http, _select(what, stream, (), *more, _part(step, size))).text
        found = [part for part, _ in elements(text, ["QueryResponse", ENTITIES[stream]])]
        if found and found[-1] == last:
            raise IncompleteError(say("the list has no end."))
        yield text
        got, step, last = len(found), step + len(found), found[-1] if found else ""


def count(http: Http, stream: str, window: Window | None = None) -> int:
    """How many records there are."""
    found = query(http, _select("COUNT(*)", stream, _within(window or Window())))
    return int(found.json()["QueryResponse"].get("totalCount") or 0)


def one(http: Http, stream: str, key: str) -> Record | None:
    """One record, None when it is gone: a query finds nothing, where the record's own address answers with a fault."""
    said = key.replace("'", "")
    return next(_records(query(http, _select("*", stream, [f"Id = '{said}'"])).text, stream, ["QueryResponse"]), None)


def changes(http: Http, position: Position) -> Iterator[Page]:
    """What was changed or deleted since, in all lists; what it does not tell of, is found by comparing keys."""
    since = position.updated_at
    if since is None:
        count(http, WITH_INACTIVE[0])  # to know the source's clock: deletions are told from here on
        return
    try:
        found = _changed(http, tuple(TOLD), since)
    except RefusedStreamError:
        if http.at is None or http.at - since <= LOOK_BACK:
            raise
        found = []
    if len(found) >= MOST:
        found = [record for entity in TOLD for record in _changed(http, (entity,), since)]
    yield Page(tuple(found), Position(http.at or since))


def _changed(http: Http, entities: tuple[str, ...], since: datetime) -> list[Record]:
    words = {"entities": ",".join(entities), "changedSince": since.isoformat(timespec="seconds")}
    return list(told(http.get(_address("/cdc", words)).text))


def told(text: str) -> Iterator[Record]:
    """The records of an answer of /cdc, each with its list; those of other lists are left out.

    IncompleteError: it is none, or holds a fault.
    """
    answers = list(elements(text, ["CDCResponse"]))
    if not answers:
        raise IncompleteError(say("the answer tells of no changes."))
    for answer, _ in answers:
        for part, value in elements(answer, ["QueryResponse"]):
            _check(value)
            for entity in value.keys() & TOLD.keys():
                yield from (replace(one, stream=TOLD[entity]) for one in _records(part, TOLD[entity], []))


def query(http: Http, text: str) -> Answer:
    """The answer to a query. RefusedStreamError: it is refused, and named. IncompleteError: it holds no list."""
    try:
        answer = http.get(_address("/query", {"query": text}))
    except RefusedStreamError as problem:
        what = say("{reason} It was asked: {query}.", reason=f"{problem.what.rstrip('.')}.", query=text)
        raise RefusedStreamError(problem.status, what, where=problem.where) from None
    found = answer.json()
    if not isinstance(found, dict) or not isinstance(found.get("QueryResponse"), dict):
        raise IncompleteError(say("the answer holds no list."))
    _check(found["QueryResponse"])
    return answer


def _address(path: str, words: dict[str, str]) -> str:
    """Spaces as %20, + as %2B: QuickBooks refuses a moment whose + came as a space."""
    return f"{path}?{urlencode(words | {'minorversion': MINOR}, quote_via=quote)}"


def _select(what: str, stream: str, conditions: Sequence[str], *more: str) -> str:
    """A query; of lists that hide inactive records, with these."""
    told = [*(["Active IN (true, false)"] if stream in WITH_INACTIVE else []), *conditions]
    where = [f"WHERE {' AND '.join(told)}"] if told else []
    return " ".join(("SELECT", what, "FROM", ENTITIES[stream], *where, *more))


def _within(window: Window, since: datetime | None = None) -> list[str]:
    said = [f"TxnDate >= '{window.from_on}'"] if window.from_on else []
    said += [f"TxnDate <= '{window.until_on}'"] if window.until_on else []
    return [*said, f"{UPDATED} >= '{since.isoformat(timespec='seconds')}'"] if since else said


def _part(step: int, size: int) -> str:
    return f"STARTPOSITION {step + 1} MAXRESULTS {size}"


def _records(text: str, stream: str, path: list[str]) -> Iterator[Record]:
    for payload, value in elements(text, [*path, ENTITIES[stream]]):
        body = inside(value)[1] if stream == TEMPLATES else value
        at = moment((body.get("MetaData") or {}).get("LastUpdatedTime"))
        yield Record(str(body["Id"]), payload, at, body.get("status") == "Deleted")


def _check(answer: Any) -> None:
    """A fault may stand inside an answer with status 200."""
    if isinstance(answer, dict) and (fault := answer.get("Fault") or answer.get("fault")):
        raise IncompleteError(say("the answer holds a fault: {fault}.", fault=str(fault)[:200]))
