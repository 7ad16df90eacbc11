"""Which clients belong to this one, and which may be the same?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cartera.app.workspace.identity.likely import likely
from cartera.app.workspace.identity.told import told_links
from cartera.web.acts import new_id
from cartera.web.addresses import address

if TYPE_CHECKING:
    from cartera.app.workspace.deciding.whom import Whom
    from cartera.web.door import Visit


def family(visit: Visit, whom: Whom) -> dict[str, Any]:
    """The links that name the client, and pairs that deserve a look, for those who may link."""
    book, (client,) = visit.desk.book, whom.ids
    links = [one["sentence"] for one in told_links(visit.scope, book) if client in (one["client_id"], one["to_id"])]
    return {"links": links, "likely": _likely(visit, client) if visit.scope.allows("link") else []}


def _likely(visit: Visit, client: str) -> list[dict[str, str]]:
    scope, book = visit.scope, visit.desk.book
    pairs = visit.desk.remembered(("likely", scope.clients), lambda: likely(scope, book))
    found = []
    for one in pairs:
        if client in (one.first, one.second):
            is_first = one.first == client
            other = one.second if is_first else one.first
            found.append(
                {
                    "name": one.second_name if is_first else one.first_name, "why": ", ".join(one.why), "id": other,
                    "href": address(visit, f"clients/{other}"), "request_id": new_id(),
                }
            )  # fmt: skip
    return found
