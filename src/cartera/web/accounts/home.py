"""Where does the start page lead? To the only workspace of the person, or to a choice of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from cartera.app.roles import scope_of
from cartera.web.door import membership, to_sign_in
from cartera.web.site import served

if TYPE_CHECKING:
    from cartera.ledger.models import Workspace
    from cartera.web.site import Site


def home(request: HttpRequest) -> HttpResponse:
    """To the person's workspace, or to sign in."""
    if not request.user.is_authenticated:
        return to_sign_in(request)
    site = served()
    mine = {word: one for word, one in site.workspaces().items() if membership(site, request.user, one)}
    if len(mine) == 1:
        word, workspace = next(iter(mine.items()))
        return HttpResponseRedirect(f"/{word}/{_first(site, request.user, workspace)}")
    return render(request, "accounts/home.html", {"workspaces": mine})


def _first(site: Site, user: Any, workspace: Workspace) -> str:
    """The page to begin with: the way in where there is nothing yet."""
    from cartera.web.beginning import first_page

    member = membership(site, user, workspace)
    return "" if member is None else first_page(scope_of(member, None), site.book(workspace))
