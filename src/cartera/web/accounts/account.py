"""What may a person change of itself, in whichever workspace? Name, language, theme, password, its sign-ins."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth import update_session_auth_hash
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cartera.app.tongues import LANGUAGES
from cartera.app.workspace.access import signins
from cartera.app.workspace.access.naming import require_own_name
from cartera.app.workspace.access.passwords import set_password
from cartera.app.workspace.access.told import tell_everywhere
from cartera.errors import CarteraError
from cartera.tongue import say, text
from cartera.web.accounts.entering import checked, leave
from cartera.web.accounts.sign_in import refusal
from cartera.web.door import to_sign_in
from cartera.web.site import served

HERE = "/account"
NAMES = {"en": "English", "pt-BR": "Português (Brasil)", "fr": "Français", "es": "Español"}
THEMES = {"": text("As the system"), "light": text("Light"), "dark": text("Dark")}


def signed_in(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """The view for whoever is signed in; everybody else is sent to sign in."""

    @wraps(view)
    def inside(request: HttpRequest, **parts: Any) -> HttpResponse:
        return view(request, **parts) if request.user.is_authenticated else to_sign_in(request)

    return inside


@require_safe
@signed_in
def account(request: HttpRequest, **told: Any) -> HttpResponse:
    """The page of the person."""
    here = request.session.session_key
    given = {
        "languages": [("", say("As the workspace")), *((one, NAMES[one]) for one in LANGUAGES)],
        "themes": THEMES.items(), "person": request.user,
        "sign_ins": signins.sign_ins(served().alias, [request.user.pk], here=here),
    }  # fmt: skip
    return render(request, "accounts/account.html", given | told, status=told.get("status", 200))


@require_POST
@signed_in
def save(request: HttpRequest) -> HttpResponse:
    """Name, language and theme as they were sent; words that there are not leave what was."""
    user: Any = request.user
    before = {"name": user.name, "language": user.language, "theme": user.theme}
    language, theme = request.POST.get("language", ""), request.POST.get("theme", "")
    after = {
        "name": request.POST.get("name", "").strip(),
        "language": language if language in ("", *LANGUAGES) else user.language,
        "theme": theme if theme in THEMES else user.theme,
    }
    site = served()
    try:
        if after["name"] != before["name"]:
            here = user.memberships.using(site.alias).values_list("workspace_id", flat=True)
            require_own_name(site.alias, after["name"], here, user=user.pk)
    except CarteraError as problem:
        return _again(request, status=422, problem=problem)
    user.name, user.language, user.theme = after["name"], after["language"], after["theme"]
    user.save(using=site.alias, update_fields=list(after))
    if after != before:
        tell_everywhere(site.alias, site.key, user, "account", before=before, **after)
    return HttpResponseRedirect(HERE)


@require_http_methods(["POST"])
@signed_in
def password(request: HttpRequest) -> HttpResponse:
    """The new password, once the old one was right; every other sign-in ends."""
    site, old = served(), request.user
    user, wait = checked(request, old.email, request.POST.get("old", ""))
    if user is None:
        told = refusal(wait)
        return _again(
            request, status=told["status"], error=told["error"] if wait else say("That was not the password.")
        )
    try:
        set_password(site.alias, site.key, user, request.POST.get("password", ""), but=request.session.session_key)
    except CarteraError as problem:
        return _again(request, status=422, problem=problem)
    update_session_auth_hash(request, user)
    return HttpResponseRedirect(HERE)


@require_POST
@signed_in
def end(request: HttpRequest, handle: str) -> HttpResponse:
    """One sign-in ended. Http404: there is none of this person's."""
    site, user = served(), request.user
    if signins.end(site.alias, [user.pk], handle) is None:
        raise Http404
    tell_everywhere(site.alias, site.key, user, "end_sign_in")
    return HttpResponseRedirect(HERE)


@require_POST
@signed_in
def sign_out_everywhere(request: HttpRequest) -> HttpResponse:
    """All sign-ins of the person ended, this one as well."""
    signins.end_all(served().alias, request.user.pk)
    leave(request)
    return HttpResponseRedirect("/sign-in")


def _again(request: HttpRequest, **told: Any) -> HttpResponse:
    """The page once more, with what was wrong."""
    request.method = "GET"
    return account(request, **told)
