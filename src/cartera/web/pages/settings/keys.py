"""Which programs act for people here? Keys of the API: made, shown once, revoked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import QueryDict

from cartera.app.workspace.access import keys
from cartera.app.workspace.access.told import PEOPLE
from cartera.web.door import POST, Route
from cartera.web.pages.settings.parts import acted, page

if TYPE_CHECKING:
    from django.http import HttpResponse

    from cartera.web.door import Visit

HERE = "settings/keys"
USUAL = 90


def show(visit: Visit, **told: Any) -> HttpResponse:
    """The keys in force, and the form for one more."""
    found = keys.keys(visit.scope, visit.desk.book, visit.user)
    given = {
        "keys": found, "lasting": keys.DAYS, "usual": USUAL, "sent": visit.request.POST,
        "is_everybody": visit.scope.allows(PEOPLE), **told,
    }  # fmt: skip
    return page(visit, HERE, "keys.html", given, status=told.get("status", 200))


def make(visit: Visit) -> HttpResponse:
    """The page with the new key, which is told this once."""
    made: list[keys.Made] = []
    sent = visit.request.POST
    days = sent.get("days", str(USUAL))

    def done() -> None:
        """Make the key."""
        made.append(
            keys.make(
                visit.scope, visit.desk.book, visit.user, sent.get("name", ""), by=visit.by,
                days=int(days) if days.isdecimal() and len(days) < 6 else 0, is_read_only="writes" not in sent,
            )
        )  # fmt: skip

    answer = acted(visit, done, HERE, show)
    if not made:
        return answer
    visit.request.POST = QueryDict()
    return show(visit, token=made[0].token)


def revoke(visit: Visit, number: int) -> HttpResponse:
    """The key is worth nothing from now on."""
    return acted(visit, lambda: keys.revoke(visit.scope, visit.desk.book, visit.user, number, by=visit.by), HERE, show)


ROUTES = (
    Route("settings/keys", show, "keys"),
    Route("settings/keys/make", make, "keys-make", methods=POST),
    Route("settings/keys/<int:number>/revoke", revoke, "keys-revoke", methods=POST),
)
