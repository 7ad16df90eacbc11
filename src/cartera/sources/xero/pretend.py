"""What answers like Xero on this machine? Its books, page by page, for demonstrations and tests."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from typing import Any

from cartera.sources.kit.faults import Fault
from cartera.sources.kit.gate import AUTHORIZE, TOKEN, Gate
from cartera.sources.kit.parsing import day, moment
from cartera.sources.kit.pretend import Call, Limit, Pretend
from cartera.sources.kit.replies import Reply
from cartera.sources.xero.books import CHANGED, Books, made_id, net
from cartera.sources.xero.lists import API, LISTS, SIZE, List
from cartera.sources.xero.made import generated

OWN = {one.name: one for one in LISTS.values()}
HEAVY = ("LineItems", "Payments", "CreditNotes", "Prepayments", "Overpayments", "ContactPersons", "ContactGroups")
# The filters that we send; a server that took others would hide a mistake.
TYPE, DAY = re.compile(r'Type=="(\w+)"'), re.compile(r"Date(>=|<=)DateTime\((\d+),(\d+),(\d+)\)")
OPEN = (AUTHORIZE, TOKEN, "/connections")


@contextmanager
def served(day: date) -> Iterator[str]:
    """The address of made-up books as they are on a day; any token opens them."""
    with pretended(generated(day), gate=Gate(is_lenient=True)) as server:
        yield server.base


def pretended(
    books: Books, *, gate: Gate, size: int = SIZE, faults: Sequence[Fault] = (), limit: Limit | None = None
) -> Pretend:
    """A server of these books. size: the most records of a page, whatever is asked for."""

    def connections(_: Call) -> Any:
        own = {"tenantType": "ORGANISATION", "createdDateUtc": "2024-07-01T09:00:00.0000000"}
        tenant = {"id": made_id("connection"), "tenantId": books.tenant, "tenantName": books.name}
        practice = {"id": made_id("practice"), "tenantId": made_id("practice"), "tenantName": "Practice"}
        return [own | tenant, own | practice | {"tenantType": "PRACTICE"}]

    def organisation(call: Call) -> Any:
        told = {
            "OrganisationID": books.tenant, "Name": books.name, "LegalName": books.name, "BaseCurrency": books.currency,
            "CountryCode": books.country, "Timezone": books.zone, "OrganisationStatus": "ACTIVE",
        }  # fmt: skip
        return _envelope(call, "Organisations", [told])

    def door(call: Call) -> Reply | None:
        if (refused := gate.door(call)) is not None:
            return refused
        is_there = call.path in OPEN or call.headers.get("xero-tenant-id") == books.tenant
        return None if is_there else _refusal(403, "AuthenticationUnsuccessful", "no such tenant")

    routes = gate.routes | {"GET /connections": connections, f"GET {API}/Organisation": organisation}
    routes |= {f"GET {API}/{{list}}": lambda call: _list(books, call, size)}
    routes |= {f"GET {API}/{{list}}/{{key}}": lambda call: _one(books, call)}
    return Pretend(routes, lambda: books.clock, door=door, limit=limit, times=(CHANGED,), faults=faults)


def _list(books: Books, call: Call, most: int) -> Any:
    own = OWN.get(call.parts["list"])
    if own is None:
        return _refusal(404, "NotFound", "The resource you're looking for cannot be found")
    try:
        rows = [one for one in books.records[own.name].values() if _is_asked_for(books, one, own, call)]
    except ValueError as problem:
        return _refusal(400, "QueryParseException", str(problem))
    rows.sort(
        key=lambda one: (books.changed_at(one), one[own.key]) if call.words.get("order") == CHANGED else one[own.key]
    )
    if not own.is_paged:
        return _envelope(call, own.name, rows)
    page, size = int(call.words.get("page", 1)), min(int(call.words.get("pageSize", SIZE)), most)
    found = [_shown(one, call) for one in rows[(page - 1) * size : page * size]]
    told = {"page": page, "pageSize": size, "pageCount": -(-len(rows) // size), "itemCount": len(rows)}
    return _envelope(call, own.name, found, told if own.has_size else None)


def _one(books: Books, call: Call) -> Any:
    own = OWN.get(call.parts["list"])
    found = own and books.records[own.name].get(call.parts["key"])
    if own is None or found is None:
        return _refusal(404, "NotFound", "The resource you're looking for cannot be found")
    return _envelope(call, own.name, [found])


def _is_asked_for(books: Books, one: Mapping[str, Any], own: List, call: Call) -> bool:
    since = moment(call.headers.get("if-modified-since"))
    if own.is_paged and since is not None and books.changed_at(one).replace(microsecond=0) < since:
        return False
    if call.words.get("includeArchived") != "true" and one.get("ContactStatus") == "ARCHIVED":
        return False
    return all(_holds(one, part) for part in call.words.get("where", "").split(" AND ") if part)


def _holds(one: Mapping[str, Any], part: str) -> bool:
    """Whether a part of a filter holds. ValueError: it is none that Xero would understand."""
    if match := TYPE.fullmatch(part):
        return one.get("Type") == match[1]
    if match := DAY.fullmatch(part):
        limit, own = date(*(int(match[place]) for place in (2, 3, 4))), day(one.get("DateString") or one.get("Date"))
        return own is not None and (own >= limit if match[1] == ">=" else own <= limit)
    raise ValueError(f"{part!r} is no filter")


def _shown(one: Mapping[str, Any], call: Call) -> Mapping[str, Any]:
    """Lines are there only where pages are asked for; the short form has none either."""
    is_short = call.words.get("summaryOnly") == "true" or "page" not in call.words
    return {name: value for name, value in one.items() if name not in HEAVY} if is_short else one


def _envelope(call: Call, name: str, rows: Sequence[Any], pages: Mapping[str, int] | None = None) -> dict[str, Any]:
    about = {"Id": made_id("answer"), "Status": "OK", "ProviderName": "pretend", "DateTimeUTC": net(call.at)}
    return about | ({"pagination": pages} if pages else {}) | {name: list(rows)}


def _refusal(status: int, kind: str, told: str) -> Reply:
    return Reply(json.dumps({"ErrorNumber": status, "Type": kind, "Message": told}), status)
