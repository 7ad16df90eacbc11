"""How does an invited person come in? With a new account, or with the one that it has; the link is good once."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from cartera.app.workspace.access.invitations import Newcomer, invited, join
from cartera.app.workspace.access.passwords import require_strong
from cartera.errors import CarteraError
from cartera.web.accounts.entering import checked, enter
from cartera.web.accounts.sign_in import refusal
from cartera.web.site import served


@require_http_methods(["GET", "POST"])
def accept(request: HttpRequest, token: str) -> HttpResponse:
    """The form, and then the workspace. Http404: a link that is good no more."""
    site = served()
    found = invited(site.alias, token)
    if found is None:
        raise Http404
    known = _account(site.alias, str(found.email))
    given: dict[str, Any] = {"invitation": found, "is_known": known is not None, "name": request.POST.get("name", "")}
    given["is_here"] = known is not None and request.user.pk == known.pk
    if request.method == "GET":
        return render(request, "accounts/join.html", given)
    who, told = _person(request, found, known)
    if who is None:
        return render(request, "accounts/join.html", given | told, status=told["status"])
    try:
        member = join(site.book(found.workspace), found, who)
    except LookupError:
        raise Http404 from None
    except CarteraError as problem:
        return render(request, "accounts/join.html", given | {"problem": problem}, status=422)
    if not given["is_here"]:
        enter(request, member.user)
    return HttpResponseRedirect("/")


def _person(request: HttpRequest, invitation: Any, known: Any) -> tuple[Any, dict[str, Any]]:
    """Who takes the place; None with what was wrong."""
    password = request.POST.get("password", "")
    if known is None:
        return _new(str(invitation.email), request.POST.get("name", ""), password)
    if request.user.pk == known.pk:
        return known, {}
    user, wait = checked(request, str(known.email), password)
    return user, {} if user is not None else refusal(wait)


def _new(email: str, name: str, password: str) -> tuple[Newcomer | None, dict[str, Any]]:
    from cartera.ledger.models import User

    try:
        require_strong(password, User(email=email, name=name))
    except CarteraError as problem:
        return None, {"problem": problem, "status": 422}
    return Newcomer(name, password), {}


def _account(alias: str, email: str) -> Any:
    from cartera.ledger.models import User

    return User.objects.using(alias).filter(email__iexact=email).first()
