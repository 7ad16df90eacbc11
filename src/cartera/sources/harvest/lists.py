"""How are Harvest's lists read? By the link that each answer gives: a walk by id, which no edit shifts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC
from typing import Any

from cartera.sources.kit.contract import Page, Position, Record, Window
from cartera.sources.kit.http import Http
from cartera.sources.kit.paging import by_link, followed
from cartera.sources.kit.parsing import elements, moment
from cartera.sources.kit.refusals import RefusedStreamError

SIZE = 2000  # more is refused
MISSING = (404, 410)


def pages(http: Http, name: str, position: Position, window: Window) -> Iterator[Page]:
    """What has changed since the position, of the days of the window.

    With invoices come the payments of those that are paid and do not tell the day, asked for one by one; never of all.
    """
    words = _since(position) | {"per_page": str(SIZE)}
    words |= {"from": window.from_on.isoformat()} if window.from_on else {}
    words |= {"to": window.until_on.isoformat()} if window.until_on else {}

    def ask(link: str) -> tuple[Sequence[Record], str, None]:
        found, following = _page(http, name, link, words)
        records = [_record(text, value) for text, value in found]
        paid = (value for _, value in found if name == "invoices" and value.get("state") == "paid")
        # How many there are is not believed: total_entries contradicts total_pages in Harvest's own example.
        return [*records, *(_payments_of(http, one) for one in paid if not one.get("paid_date"))], following, None

    return by_link(ask, position)


def keys(http: Http, name: str) -> Iterator[str]:
    """The ids of everything in a list."""
    link, words = "", {"per_page": str(SIZE)}
    while True:
        found, link = _page(http, name, link, words)
        yield from (str(value["id"]) for _, value in found)
        if not link:
            return


def one(http: Http, name: str, key: str) -> Record | None:
    """A record, or the payments of an invoice; None when it is gone."""
    try:
        if name == "payments":
            return Record(key, http.get(f"/invoices/{key}/payments").text)
        answer = http.get(f"/{name}/{key}")
    except RefusedStreamError as problem:
        if problem.status in MISSING:
            return None
        raise
    return _record(answer.text, answer.json())


def _page(http: Http, name: str, link: str, words: dict[str, str]) -> tuple[list[tuple[str, Any]], str]:
    """The records of one answer, each with its text, and the next link as it was given."""
    path = f"/{name}"
    answer = http.get(followed(http.base, path, link)) if link else http.get(path, words)
    links = answer.json().get("links") or {}
    return list(elements(answer.text, [name])), str(links.get("next") or "")


def _payments_of(http: Http, invoice: Any) -> Record:
    answer = http.get(f"/invoices/{invoice['id']}/payments")
    return Record(str(invoice["id"]), answer.text, moment(invoice.get("updated_at")), stream="payments")


def _since(position: Position) -> dict[str, str]:
    if position.updated_at is None:
        return {}
    return {"updated_since": position.updated_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")}


def _record(text: str, value: Any) -> Record:
    return Record(str(value["id"]), text, moment(value.get("updated_at")))
