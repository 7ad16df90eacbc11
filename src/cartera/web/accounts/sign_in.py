"""Signing in with an e-mail address and a password, and out again."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_POST

from cartera.tongue import say, say_many
from cartera.web.accounts.entering import checked, enter, leave

SECONDS = 60


@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """The form, and to where the person wanted to go once it is right."""
    wanted = request.POST.get("next") or request.GET.get("next") or "/"
    given = {"email": request.POST.get("email", ""), "next": wanted, "error": "", "status": 200}
    if request.method == "POST":
        user, wait = checked(request, given["email"], request.POST.get("password", ""))
        if user is not None:
            enter(request, user)
            safe = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
            return HttpResponseRedirect(wanted if safe else "/")
        given |= refusal(wait)
    return render(request, "accounts/sign_in.html", given, status=int(given["status"]))


def refusal(wait: int) -> dict[str, str | int]:
    """What is answered to a wrong password, or to one that was not looked at; seconds to wait."""
    if not wait:
        return {"error": say("The e-mail address or the password is wrong."), "status": 422}
    told = say_many(
        "Too many attempts. Try again in {count} minute.", "Too many attempts. Try again in {count} minutes.",
        count=-(-wait // SECONDS),
    )  # fmt: skip
    return {"error": told, "status": 429}


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """The sign-in ended for good: a copy of its cookie is worth nothing."""
    leave(request)
    return HttpResponseRedirect("/sign-in")
