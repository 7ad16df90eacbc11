"""Who is the first owner? Whoever opens the one-time link that the server printed when nobody was there yet."""

from __future__ import annotations

import secrets
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from cartera.app.clock import now
from cartera.app.workspace.access.invitations import known_address
from cartera.app.workspace.access.passwords import require_strong
from cartera.app.workspace.access.told import called, tell
from cartera.errors import CarteraError
from cartera.web.accounts.entering import enter as come_in
from cartera.web.site import Site, served

_tokens: dict[str, str] = {}  # purpose -> the secret of its link, gone once used and when the server stops
WELCOME, ENTER = "welcome", "enter"
DEMO_EMAIL = "you@example.com"


def has_owner(site: Site) -> bool:
    """Whether anybody was ever made an owner of anything here: the last one cannot be removed."""
    from cartera.ledger.models import Membership

    return bool(Membership.objects.using(site.alias).filter(role="owner").exists())


def link(purpose: str) -> str:
    """A new one-time link for setting up the first owner, or for entering the demo."""
    _tokens[purpose] = secrets.token_urlsafe(32)
    return f"/{purpose}/{_tokens[purpose]}"


def check(purpose: str, token: str) -> None:
    """Http404 unless it is the link's secret, and still good."""
    if purpose not in _tokens or not secrets.compare_digest(_tokens[purpose].encode(), token.encode()):
        raise Http404


@require_http_methods(["GET", "POST"])
def welcome(request: HttpRequest, token: str) -> HttpResponse:
    """The form for the first owner; not found for ever once there is one."""
    check(WELCOME, token)
    site = served()
    if has_owner(site):
        raise Http404
    given: dict[str, Any] = {"name": request.POST.get("name", ""), "email": request.POST.get("email", "")}
    if request.method == "POST":
        try:
            user = own(site, given["email"], given["name"], request.POST.get("password", ""))
        except CarteraError as problem:
            return render(request, "accounts/welcome.html", given | {"problem": problem}, status=422)
        _tokens.pop(WELCOME, None)
        come_in(request, user)
        return HttpResponseRedirect("/")
    return render(request, "accounts/welcome.html", given)


@require_safe
def enter(request: HttpRequest, token: str) -> HttpResponse:
    """Into the demo, without an account; the link is good once."""
    check(ENTER, token)
    site = served()
    if not site.is_demo:
        raise Http404
    from cartera.ledger.models import User

    _tokens.pop(ENTER, None)
    come_in(request, User.objects.using(site.alias).get(email=DEMO_EMAIL))
    return HttpResponseRedirect("/")


def own(site: Site, email: str, name: str, password: str | None) -> Any:
    """A new person who owns every workspace of the site. password: None for nobody can sign in with one.

    CarteraError: it is no address, or a password that is easy to guess. Http404: somebody owns something already.
    """
    from django.db import transaction

    from cartera.ledger.models import Membership, User, Workspace

    address = known_address(email)
    if password is not None:
        require_strong(password, User(email=address, name=name))
    with transaction.atomic(using=site.alias):
        found = list(Workspace.objects.using(site.alias).select_for_update().order_by("pk"))
        if has_owner(site):
            raise Http404
        user = User.objects.db_manager(site.alias).create_user(address, password, name=name.strip(), joined_at=now())
        for workspace in found:
            Membership.objects.using(site.alias).create(workspace=workspace, user=user, role="owner")
            tell(site.book(workspace), "first_owner", by=called(user), person=user.email)
    return user
