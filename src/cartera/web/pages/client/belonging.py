"""Which clients belong to this one, and which may be the same?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cartera.app.workspace.identity.likely import likely
from cartera.app.workspace.identity.told import told_links
from cartera.web.acts import new_id
from cartera.web.addresses import address

if TYPE_CHECKING:
    from cartera.app.workspace.deciding.whom import Whom
    from cartera.app.workspace.identity.likely import Likely
    from cartera.web.door import Visit


FAMILY = "family"


def family(visit: Visit, whom: Whom, *, may_follow: bool = False) -> dict[str, Any]:
    """The links that name the client, and pairs that deserve a look, for those who may link.

    may_follow: the pairs come from an address of their own where all clients must be compared for them.
    """
    book, (client,) = visit.desk.book, whom.ids
    found = {"links": [one["sentence"] for one in told_links(visit.scope, book, client)], "likely": [], "follows": ""}
    if not visit.scope.allows("link"):
        return found
    key = "likely", visit.scope.clients
    if may_follow and not visit.desk.remembers(key):
        return found | {"follows": address(visit, f"clients/{client}/{FAMILY}")}
    pairs = visit.desk.remembered(key, lambda: likely(visit.scope, book))
    return found | {"likely": _likely(visit, client, pairs)}


def _likely(visit: Visit, client: str, pairs: list[Likely]) -> list[dict[str, str]]:
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
