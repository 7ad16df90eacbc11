"""What answers like Sage on this machine? Its books in envelopes, page by page, for demonstrations and tests."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from typing import Any
from urllib.parse import urlencode

from cartera.sources.kit.faults import Fault
from cartera.sources.kit.gate import Gate
from cartera.sources.kit.parsing import moment
from cartera.sources.kit.pretend import Call, Limit, Pretend
from cartera.sources.kit.replies import Reply, written
from cartera.sources.sage.books import BASE, Books, generated
from cartera.sources.sage.lists import LISTS, MOST

USUAL = 20  # records of a page when nobody asks for more
SHORT = ("id", "displayed_as", "$path")  # of a record when its attributes are not asked for
RELATIVE = ("contacts", "sales_quotes", "sales_quick_entries")  # whose links and words are as on Sage's page
SORTED = {one.path.strip("/") for one in LISTS.values() if one.is_sorted}
LEAD = "lead"
Row = dict[str, Any]


@contextmanager
def served(day: date) -> Iterator[str]:
    """The address of made-up books as they are on a day; any token opens them."""
    with pretended(generated(day), gate=Gate(life=300, has_pkce=False, is_lenient=True)) as server:
        yield server.base


def pretended(
    books: Books, *, gate: Gate, most: int = MOST, faults: Sequence[Fault] = (), limit: Limit | None = None
) -> Pretend:
    """A server of these books. most: records of a page. Who names no business gets those of the user's first one."""
    lead = Books(books.clock, LEAD, "Somebody else's")
    lead.put("contacts", {"id": "other", "name": "Somebody else's client", "updated_at": "2026-01-01T00:00:00Z"})

    def meant(call: Call) -> Books:
        return books if call.headers.get("x-business") == books.business else lead

    def listed(call: Call) -> Reply:
        return _list(meant(call), call, most)

    def one(call: Call) -> Reply:
        row = meant(call).rows.get(call.parts["list"], {}).get(call.parts["key"])
        if row is None or row.get("deleted_at"):
            return Reply('[{"$severity": "error", "$message": "Record not found"}]', 404)
        if call.words.get("mark_as_sent") != "false" and "sent" in row:
            row["sent"] = True
        return Reply(written(_shown(row, call.words)))

    def businesses(_: Call) -> Any:
        found = [{"id": one.business, "displayed_as": one.name} for one in (books, lead)]
        return {"$total": 2, "$page": 1, "$next": None, "$back": None, "$items_per_page": 2147483647, "$items": found}

    def settings(_: Call) -> Any:
        return {"base_currency": {"id": BASE, "displayed_as": BASE}, "multi_currency_enabled": True}

    routes = {"GET /businesses": businesses, "GET /financial_settings": settings, **gate.routes}
    routes |= {"GET /{list}": listed, "GET /{list}/{key}": one}
    return Pretend(routes, lambda: books.clock, door=gate.door, limit=limit, times=("updated_at",), faults=faults)


def _list(books: Books, call: Call, most: int) -> Reply:
    name, words = call.path.strip("/"), call.words
    if name not in books.rows or ("sort" in words and name not in SORTED):
        return Reply('[{"$severity": "error", "$message": "Invalid request"}]', 400)
    rows = [row for row in books.rows[name].values() if _is_asked_for(row, words)]
    if "sort" in words:
        of, _, way = words["sort"].partition(":")
        rows.sort(key=lambda row: (str(row.get(of) or ""), row["id"]), reverse=way == "desc")
    size = min(int(words.get("items_per_page", USUAL)), most)
    last = max(-(-len(rows) // size), 1)
    page = min(int(words.get("page", 1)), last)  # beyond the end it is the last one once more
    found = [_shown(row, words) for row in rows[(page - 1) * size : page * size]]
    following = _link(call, name, page + 1, size) if page < last else None
    spelled = "$itemsPerPage" if name in RELATIVE else "$items_per_page"
    envelope = {"$total": len(rows), "$page": page, "$next": following, "$back": None, spelled: size}
    return Reply(written({**envelope, "$items": found}))


def _link(call: Call, name: str, page: int, size: int) -> str:
    """Relative with page and size alone, as on Sage's page; or whole, as a public client saw it."""
    if name in RELATIVE:
        return f"/{name}?page={page}&items_per_page={size}"
    return f"{call.base}/{name}?{urlencode({**call.words, 'page': page})}"


def _is_asked_for(row: Row, words: Mapping[str, str]) -> bool:
    gone = moment(row.get("deleted_at"))
    if "deleted_since" in words:
        return gone is not None and gone > _at(words["deleted_since"])  # its own second is left out
    since, on = words.get("updated_or_created_since"), str(row.get("date", ""))
    changed = moment(row.get("updated_at"))
    return (
        gone is None
        and (since is None or changed is None or changed >= _at(since))
        and words.get("from_date", "") <= on
        and ("to_date" not in words or on <= words["to_date"])
        and words.get("contact_id") in (None, (row.get("contact") or {}).get("id"))
    )


def _shown(row: Row, words: Mapping[str, str]) -> Row:
    hidden = {
        "payments_allocations": "show_payments_allocations", "recurring_invoice": "show_recurring_invoice",
        "has_unfinished_recurring_invoices": "show_unfinished_recurring_invoices_status",
    }  # fmt: skip
    if words.get("attributes") != "all":
        return {name: row[name] for name in SHORT if name in row}
    return {name: one for name, one in row.items() if name not in hidden or words.get(hidden[name]) == "true"}


def _at(text: str) -> datetime:
    found = moment(text)
    return found if found is not None else datetime.min.replace(tzinfo=UTC)
