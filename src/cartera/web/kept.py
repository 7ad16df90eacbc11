"""Which pages need not be made again? Those since which nothing was written, for the person who saw them."""

from __future__ import annotations

import gzip
import re
import secrets
from functools import cache
from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.middleware.csrf import get_token

from cartera.app.workspace.incomplete import incomplete
from cartera.tongue import in_force
from cartera.web.acts import TOAST, new_id
from cartera.web.door import made
from cartera.web.pictures import width

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cartera.charts import Cache
    from cartera.web.door import Route, Visit

MOST_BYTES = 16 * 1024 * 1024
TOKEN, SENDING = (f"new-{secrets.token_hex(16)}" for _ in range(2))  # nobody can write them into a name
TOKENS = re.compile(r'(name="csrfmiddlewaretoken" value="|"X-CSRFToken":")\w{64}')
SENDINGS = re.compile(r'(name="request_id" value=")[\w-]+')
UNFINISHED = 'hx-trigger="load"'  # a part that is loaded later, and may come with the page the next time
HEADERS = {"content-type"}


def page(visit: Visit, route: Route, parts: Mapping[str, Any]) -> HttpResponse:
    """The route's page: as it was made before where nothing can have changed it, with fresh numbers for its forms."""
    if not is_kept(visit, route):
        return made(visit, route, parts)
    own: list[HttpResponse] = []

    def draw() -> str | None:
        own.append(made(visit, route, parts))
        return blank(own[0])

    packed = pages().held(key(visit, route), draw)
    if own or packed is None:  # None: another visit that made the same page was refused or left it unfinished
        return own[0] if own else made(visit, route, parts)
    return HttpResponse(fresh(visit, gzip.decompress(packed).decode()))


def is_kept(visit: Visit, route: Route) -> bool:
    """Whether `key` says all that the page goes by: drafts of rules change without a trace, a toast is told once."""
    session: Any = visit.request.session
    return bool(route.keeps) and visit.request.method == "GET" and not visit.asked.policy and TOAST not in session


def key(visit: Visit, route: Route) -> tuple[Any, ...]:
    """All that makes the page: facts, settings, who looks with what rights, the address.

    Everything that people write in a workspace, a saved view or somebody's role as well, leaves a line of the audit;
    how far connected systems are read does not.
    """
    member, user, desk = visit.member, visit.user, visit.desk
    who = user.pk, user.name, user.email, user.theme, member.role, member.sees, member.rep, member.team
    own = route.keeps(visit) if route.keeps else None
    return (
        visit.site.alias, visit.workspace.pk, visit.word, desk.state(), desk.book.workspace.audit_number, visit.today,
        in_force().language, who, visit.scope, visit.request.get_full_path(), visit.is_fragment, width(visit),
        tuple(incomplete(desk.book)), own,
    )  # fmt: skip


def blank(response: HttpResponse) -> str | None:
    """The page without its numbers, None where it is not to be kept."""
    if response.status_code != HttpResponse.status_code or {one.lower() for one in response.headers} != HEADERS:
        return None
    text = response.content.decode()
    if UNFINISHED in text:
        return None
    return SENDINGS.sub(rf"\g<1>{SENDING}", TOKENS.sub(rf"\g<1>{TOKEN}", text))


def fresh(visit: Visit, text: str) -> str:
    """The page with numbers of its own: a form that is sent from it is sent for the first time."""
    return re.sub(SENDING, lambda _: new_id(), text.replace(TOKEN, get_token(visit.request)))


@cache
def pages() -> Cache:
    """What was made in this process."""
    from cartera.charts import Cache

    return Cache(MOST_BYTES)


def facts_alone(_visit: Visit) -> None:
    """What a page shows beside its facts and its address: nothing."""
