"""Where does the start page lead? To the only workspace of the person, or to a choice of them."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from cartera.web.door import membership, to_sign_in
from cartera.web.site import served


def home(request: HttpRequest) -> HttpResponse:
    """To the person's workspace, or to sign in."""
    if not request.user.is_authenticated:
        return to_sign_in(request)
    site = served()
    mine = {word: one for word, one in site.workspaces().items() if membership(site, request.user, one)}
    if len(mine) == 1:
        from cartera.web.menu import MENU

        return HttpResponseRedirect(f"/{next(iter(mine))}/{MENU[0].path}")
    return render(request, "accounts/home.html", {"workspaces": mine})
