"""Signing in with an e-mail address and a password, and out again."""

from __future__ import annotations

from django.contrib.auth import authenticate, login, logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_POST

from cartera.tongue import say


@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """The form, and to where the person wanted to go once it is right."""
    wanted = request.POST.get("next") or request.GET.get("next") or "/"
    given = {"email": request.POST.get("email", ""), "next": wanted, "error": ""}
    if request.method == "POST":
        user = authenticate(request, username=given["email"], password=request.POST.get("password", ""))
        if user is not None:
            login(request, user)
            safe = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
            return HttpResponseRedirect(wanted if safe else "/")
        given["error"] = say("The e-mail address or the password is wrong.")
    return render(request, "accounts/sign_in.html", given, status=422 if given["error"] else 200)


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """The sign-in ended for good: a copy of its cookie is worth nothing."""
    logout(request)
    return HttpResponseRedirect("/sign-in")
