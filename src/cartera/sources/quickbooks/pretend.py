"""What answers like QuickBooks on this machine? Its books, by queries and by changes, for demonstrations and tests."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any

from cartera.sources.kit.faults import Fault
from cartera.sources.kit.gate import Gate
from cartera.sources.kit.pretend import Call, Limit, Pretend
from cartera.sources.kit.replies import Reply, written
from cartera.sources.quickbooks.books import Books, InvalidError
from cartera.sources.quickbooks.company import REALM, generated

ROOT = "/v3/company/{company}"


@contextmanager
def served(day: date) -> Iterator[str]:
    """Where made-up books are served as they are on a day, with {company} in it; any token opens them."""
    gate = Gate(life=3600, has_pkce=False, is_lenient=True, callback={"realmId": REALM})
    with pretended(generated(day), gate=gate) as server:
        yield f"{server.base}{ROOT}"


def pretended(
    books: Books, *, gate: Gate, faults: Sequence[Fault] = (), limit: Limit | None = None, realm: str = REALM
) -> Pretend:
    """A server of these books."""

    def query(call: Call) -> Reply:
        return _reply(books, lambda: {"QueryResponse": books.query(call.words.get("query", ""))})

    def changes(call: Call) -> Reply:
        entities = call.words.get("entities", "").split(",")
        since = datetime.fromisoformat(call.words.get("changedSince", ""))
        return _reply(books, lambda: {"CDCResponse": [{"QueryResponse": books.changed(entities, since)}]})

    def door(call: Call) -> Reply | None:
        if (refused := gate.door(call)) is not None:
            return _expired() if refused.status == 401 else refused
        is_ours = not call.path.startswith("/v3/") or call.path.split("/")[3] == realm
        return None if is_ours else _fault("ApplicationAuthorizationFailed", "3100", 403)

    routes = gate.routes | {f"GET {ROOT}/query": query, f"GET {ROOT}/cdc": changes}
    return Pretend(routes, lambda: books.clock, door=door, limit=limit, faults=faults)


def _reply(books: Books, made: Any) -> Reply:
    try:
        return Reply(written({**made(), "time": books.clock.isoformat()}))
    except InvalidError as problem:
        return _fault(f"QueryValidationError: {problem}", "4001", 400)


def _fault(detail: str, code: str, status: int) -> Reply:
    errors = [{"Message": "Invalid query" if status == 400 else detail, "Detail": detail, "code": code}]
    return Reply(written({"Fault": {"Error": errors, "type": "ValidationFault"}}), status)


def _expired() -> Reply:
    """As it was recorded: small letters, and the code as text."""
    error = {"message": "message=AuthenticationFailed; errorCode=003200; statusCode=401", "detail": "Token expired",
             "code": "3200"}  # fmt: skip
    return Reply(written({"fault": {"error": [error], "type": "AUTHENTICATION"}, "queryResponse": None}), 401)
