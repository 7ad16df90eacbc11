"""Who is the first owner? Whoever opens the one-time link that the server printed when nobody was there yet."""

from __future__ import annotations

import secrets
from typing import Any

from django.contrib.auth import login
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from cartera.app.clock import now
from cartera.tongue import say
from cartera.web.site import Site, served

_tokens: dict[str, str] = {}  # purpose -> the secret of its link, gone once used and when the server stops
WELCOME, ENTER = "welcome", "enter"


def has_owner(site: Site) -> bool:
    """Whether anybody is an owner of anything here."""
    from cartera.ledger.models import Membership

    return bool(Membership.objects.using(site.alias).filter(role="owner", user__is_active=True).exists())


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
    given: dict[str, Any] = {"name": request.POST.get("name", ""), "email": request.POST.get("email", ""), "errors": []}
    if request.method == "POST":
        given["errors"] = faults(given["email"], request.POST.get("password", ""))
        if not given["errors"]:
            login(request, own(site, given["email"], given["name"], request.POST["password"]))
            _tokens.pop(WELCOME, None)
            return HttpResponseRedirect("/")
    return render(request, "accounts/welcome.html", given, status=422 if given["errors"] else 200)


def enter(request: HttpRequest, token: str) -> HttpResponse:
    """Into the demo, without an account; the link is good once."""
    check(ENTER, token)
    site = served()
    if not site.is_demo:
        raise Http404
    from cartera.ledger.models import User

    _tokens.pop(ENTER, None)
    user = User.objects.using(site.alias).get(email=DEMO_EMAIL)
    login(request, user, backend="django.contrib.auth.backends.ModelBackend")
    return HttpResponseRedirect("/")


DEMO_EMAIL = "you@example.com"


def own(site: Site, email: str, name: str, password: str | None) -> Any:
    """A new person who owns every workspace of the site."""
    from cartera.ledger.models import Membership, User

    user = User.objects.db_manager(site.alias).create_user(email, password, name=name.strip(), joined_at=now())
    for workspace in site.workspaces().values():
        Membership.objects.using(site.alias).create(workspace=workspace, user=user, role="owner")
    return user


def faults(email: str, password: str) -> list[str]:
    """What is wrong with an address and a password, in words."""
    found = [] if "@" in email.strip().strip("@") else [say("Write an e-mail address, such as ana@example.com.")]
    try:
        validate_password(password)
    except ValidationError as problem:
        found += list(problem.messages)
    return found
