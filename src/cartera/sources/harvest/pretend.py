"""What answers like Harvest on this machine? Its books, page by page by links, for demonstrations and tests."""

from __future__ import annotations

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from typing import Any
from urllib.parse import urlencode

from cartera.sources.harvest.books import Books, generated
from cartera.sources.kit.faults import Fault
from cartera.sources.kit.gate import Gate
from cartera.sources.kit.parsing import parsed
from cartera.sources.kit.pretend import Call, Limit, Pretend
from cartera.sources.kit.replies import Reply, written

ACCOUNT = "1020"
MOST = 2000
LISTS = ("clients", "contacts", "invoices", "estimates")


@contextmanager
def served(day: date) -> Iterator[str]:
    """The address of made-up books as they are on a day; any token opens them."""
    with pretended(generated(day), gate=Gate(is_lenient=True)) as server:
        yield server.base


def pretended(
    books: Books, *, gate: Gate, size: int = MOST, faults: Sequence[Fault] = (), limit: Limit | None = None
) -> Pretend:
    """A server of these books. size: of a page, whatever is asked for."""

    def listed(call: Call) -> Reply:
        return _list(books, call, size)

    def one(call: Call) -> Reply:
        row = books.rows[call.parts["list"]].get(int(call.parts["id"])) if call.parts["list"] in LISTS else None
        return _refusal(404, "Not Found") if row is None else Reply(written(row))

    def payments(call: Call) -> Reply:
        own = f"{call.base}/invoices/{call.parts['id']}/payments"
        found = books.payments.get(int(call.parts["id"]), [])
        return Reply(written({"invoice_payments": found, "links": {"first": f"{own}?page=1", "next": None}}))

    def company(_: Call) -> Any:
        return {"name": books.name, "is_active": True, "decimal_symbol": ".", "thousands_separator": ","}

    def accounts(_: Call) -> Any:
        other = {"id": 77, "name": "Plans", "product": "forecast"}
        return {"accounts": [{"id": int(ACCOUNT), "name": books.name, "product": "harvest"}, other]}

    def door(call: Call) -> Reply | None:
        if not call.headers.get("user-agent", "").startswith("Cartera ("):
            return _refusal(400, "User-Agent is missing")
        if call.path != "/api/v2/accounts" and call.headers.get("harvest-account-id") != ACCOUNT:
            return _refusal(400, "Harvest-Account-Id is missing")
        return gate.door(call)

    routes = {"GET /api/v2/accounts": accounts, "GET /company": company, "GET /invoices/{id}/payments": payments}
    routes |= {f"GET /{name}": listed for name in LISTS} | {"GET /{list}/{id}": one}
    return Pretend(routes, lambda: books.clock, door=door, limit=limit, times=("updated_at",), faults=faults)


def _list(books: Books, call: Call, size: int) -> Reply:
    """A page, the newest ids first, after the one in the cursor."""
    words, name = dict(call.words), call.path.strip("/")
    asked = int(words.get("per_page", MOST))
    if asked > MOST:
        return _refusal(422, "per_page is too large")
    try:
        size, after = min(size, asked), _after(words.pop("cursor", ""))
    except (ValueError, KeyError):
        return _refusal(400, "cursor is not valid")
    rows = [row for _, row in sorted(books.rows[name].items(), reverse=True) if _is_asked_for(row, words)]
    left = [row for row in rows if after is None or row["id"] < after]
    found = left[:size]
    following = None
    if len(left) > size:
        following = (
            f"{call.base}/{name}?{urlencode({'cursor': _cursor(found[-1]['id']), **words, 'ref': 'next_cursor'})}"
        )
    told = {
        "per_page": asked,
        "total_pages": -(-len(rows) // size),
        "total_entries": 257,
        "page": None,
    }  # as documented
    return Reply(written({name: found, **told, "links": {"first": f"{call.base}/{name}", "next": following}}))


def _is_asked_for(row: dict[str, Any], words: dict[str, str]) -> bool:
    on = str(row.get("issue_date", ""))
    return (
        str(row["updated_at"]) >= words.get("updated_since", "")
        and words.get("from", "") <= on
        and (not words.get("to") or on <= words["to"])
        and words.get("state") in (None, row.get("state"))
    )


def _cursor(key: int) -> str:
    return urlsafe_b64encode(written({"after": {"id": key}}).encode()).decode()


def _after(cursor: str) -> int | None:
    """The id in a cursor. ValueError: it is none of ours."""
    return int(parsed(urlsafe_b64decode(cursor).decode())["after"]["id"]) if cursor else None


def _refusal(status: int, told: str) -> Reply:
    return Reply(written({"message": told}), status)
