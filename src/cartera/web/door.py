"""Who comes in, to what, with which rights? The one place where a web request becomes a Scope."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from functools import cached_property, wraps
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect

from cartera.app.roles import scope_of, who_may
from cartera.app.scope import NotAllowedError, Scope
from cartera.app.tongues import SOURCE, nearest_language, tongue
from cartera.app.workspace.access.narrowing import check_part, narrowed
from cartera.tongue import say, speaking
from cartera.web.query import Asked, parsed
from cartera.web.site import RESERVED, Site, served

if TYPE_CHECKING:
    from cartera.app.workspace.desk import Desk
    from cartera.ledger.models import Membership, User, Workspace

GET, POST = ("GET", "HEAD"), ("POST",)


@dataclass(frozen=True)
class Route:
    """One address under a workspace. may: the verb that it needs. methods: those that it answers.

    view: a Visit and the parts of the path -> the response. row: a Visit and a client -> its row on this page, after a
    decision; a page without is loaded anew then. keeps: a Visit -> what the page shows beside facts and its address
    (see `kept`); a page without is made anew each time. narrows: whether the address may ask for a part of the clients
    that the person sees; an address that names its clients itself finds them wherever they belong since.
    """

    path: str
    view: Callable[..., HttpResponse]
    name: str
    may: str = "show"
    methods: tuple[str, ...] = GET
    row: Callable[[Visit, str], str | None] | None = None
    keeps: Callable[[Visit], object] | None = None
    narrows: bool = True


@dataclass
class Visit:
    """One request inside a workspace. scope: what this person may see and do there; every verb of app takes it.

    part: the part of it that is looked at alone, empty for all of it.
    """

    request: HttpRequest
    site: Site
    workspace: Workspace
    word: str
    member: Membership
    desk: Desk
    scope: Scope
    route: str
    asked: Asked
    notices: list[str] = field(default_factory=list)
    part: str = ""

    @property
    def user(self) -> User:
        """Who is signed in."""
        return self.member.user

    @property
    def by(self) -> str:
        """The name under which this person's decisions are written down."""
        return str(self.user.name) or str(self.user.email)

    @property
    def is_fragment(self) -> bool:
        """Whether a part of the page is asked for, and not the page."""
        htmx: Any = self.request.htmx
        return bool(htmx) and not htmx.history_restore_request

    @cached_property
    def stamps(self) -> dict[tuple[str, ...], str]:
        """Parts of rows that were made for this visit, with something that stands for the client."""
        return {}

    @cached_property
    def today(self) -> Any:
        """The day it is in the workspace."""
        from cartera.app.workspace.day import day_there

        return day_there(self.desk.book)


def made(visit: Visit, route: Route, parts: Mapping[str, Any]) -> HttpResponse:
    """The route's page, made now."""
    return route.view(visit, **parts)


def entered(route: Route, page: Callable[..., HttpResponse] = made) -> Callable[..., HttpResponse]:
    """The route's view for whoever is signed in and a member; everybody else is sent to sign in, or finds nothing.

    page: how the page comes about, as `made`.
    """

    @wraps(route.view)
    def inside(request: HttpRequest, workspace: str, **parts: Any) -> HttpResponse:
        if workspace in RESERVED:  # a way in that is closed, not a workspace
            raise Http404
        if request.method not in route.methods:
            return HttpResponseNotAllowed(route.methods)
        if not request.user.is_authenticated:
            return to_sign_in(request)
        visit = visit_of(request, workspace, request.path.removeprefix(f"/{workspace}/"))
        narrow(visit) if route.narrows else check_part(visit.member, visit.asked.scope)
        if not visit.scope.allows(route.may):
            raise NotAllowedError(
                say("your role here does not allow this ({may}).", may=route.may),
                fix=say("Ask {who}.", who=who_may(route.may)),
            )
        with in_its_language(visit):
            return page(visit, route, parts)

    inside.route = route  # type: ignore[attr-defined]
    return inside


def in_its_language(visit: Visit) -> AbstractContextManager[object]:
    """The workspace's language for people who chose none; English is what a workspace has that nobody asked."""
    own = str(visit.workspace.language)
    return nullcontext() if visit.user.language or own == SOURCE else speaking(tongue(nearest_language([own])))


def visit_of(request: HttpRequest, word: str, route: str) -> Visit:
    """The visit of the person who is signed in. Http404: no such workspace, or no member of it: both look alike."""
    visit = visit_as(request, request.user, word, route)
    visit.asked = parsed(_pairs(request), visit.today)
    return visit


def narrow(visit: Visit) -> Visit:
    """The same visit, which sees the part that its address asks for alone. CarteraError: there is no such part."""
    visit.scope = narrowed(visit.scope, visit.desk, visit.member, visit.asked.scope)
    visit.part = visit.asked.scope
    return visit


def visit_as(request: HttpRequest, user: Any, word: str, route: str) -> Visit:
    """The visit of this person, whatever the address asks."""
    site = served()
    workspace = site.workspaces().get(word)
    member = None if workspace is None else membership(site, user, workspace)
    if workspace is None or member is None:
        raise Http404
    desk = site.desk(workspace)
    scope = scope_of(member, desk.clients_of(member))
    return Visit(request, site, workspace, word, member, desk, scope, route, Asked())


def membership(site: Site, user: Any, workspace: Workspace) -> Membership | None:
    """What this person is in the workspace, None for nothing."""
    from cartera.ledger.models import Membership

    rows = Membership.objects.using(site.alias)
    found = rows.filter(user_id=user.pk, user__is_active=True, is_active=True, workspace=workspace).first()
    if found is not None:
        found.user, found.workspace = user, workspace  # read for this request already
    return found


def to_sign_in(request: HttpRequest) -> HttpResponse:
    """To the sign-in page and back here; a page that loads a part of itself is told so."""
    wanted = request.get_full_path() if request.method == "GET" else "/"
    address = f"/sign-in?next={quote(wanted, safe='/?=:,@')}"
    if request.headers.get("HX-Request"):
        return HttpResponse(status=401, headers={"HX-Redirect": address})
    return HttpResponseRedirect(address)


def _pairs(request: HttpRequest) -> list[tuple[str, str]]:
    return [(name, value) for name, values in request.GET.lists() for value in values]
