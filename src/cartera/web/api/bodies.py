"""How does an answer look in the API? Its question, day, rules and columns beside its rows, some rows at a time."""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from typing import TYPE_CHECKING, Any

from cartera.app.asked import policy_name
from cartera.app.export.formats import TYPES
from cartera.app.export.plain import plain
from cartera.errors import CarteraError
from cartera.tongue import say

if TYPE_CHECKING:
    from django.http import HttpRequest

    from cartera.views.view import Answer
    from cartera.web.door import Visit

MOST = 10_000  # rows of one answer


def wanted(request: HttpRequest, named: str | None) -> str:
    """The format: the one named, else the first that the header Accept names, else JSON."""
    if named:
        return named
    accepted = request.headers.get("Accept", "")
    return next((name for name, kind in TYPES.items() if kind.partition(";")[0] in accepted), "json")


def body(visit: Visit, answer: Answer, *, limit: int = MOST, after: str = "") -> bytes:
    """The answer as JSON, UTF-8. limit: rows at most. after: the cursor behind which they begin."""
    start, total = started(after), answer.rows.num_rows
    rows = answer.rows.slice(start, limit).to_pylist()
    end = start + len(rows)
    return json.dumps(described(visit, answer) | {
        "rows": [{one.name: plain(row[one.name], one) for one in answer.columns} for row in rows],
        "row_count": total,
        "next": cursor(end) if end < total else None,
    }, ensure_ascii=False).encode()  # fmt: skip


def described(visit: Visit, answer: Answer) -> dict[str, Any]:
    """What an answer says beside its rows."""
    columns = {one.name: one for one in answer.columns}
    return {
        "view": answer.view.name, "question": answer.view.asks, "answer": answer.sentence,
        "day": answer.query.day.isoformat(), "policy": policy_name(answer.query.policy),
        "facts_version": visit.desk.book.facts_version, "currency": answer.currency,
        "notices": list(answer.notices),
        "columns": [
            {"name": one.name, "label": one.head, "unit": one.unit, "values": list(one.values)}
            for one in answer.columns
        ],
        "totals": {name: plain(value, columns[name]) for name, value in answer.totals.items() if name in columns},
    }  # fmt: skip


def cursor(row: int) -> str:
    """The place of a row, as a word."""
    return urlsafe_b64encode(f"row:{row}".encode()).decode().rstrip("=")


def started(text: str) -> int:
    """The row that a cursor names. CarteraError: it is none of ours."""
    try:
        told = urlsafe_b64decode(text + "=" * (-len(text) % 4)).decode() if text else "row:0"
        place = int(told.removeprefix("row:")) if told.startswith("row:") else -1
    except ValueError:
        place = -1
    if not 0 <= place < 2**31:
        told = say("{text} is no cursor.", text=repr(text))
        raise CarteraError(told, where="cursor", fix=say("Send the `next` of an earlier answer."))
    return place
