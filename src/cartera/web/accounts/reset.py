"""How does somebody set a new password who cannot sign in? By a link from an owner; it is good once and for a day."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from cartera.app.workspace.access.passwords import person_of, set_by_link
from cartera.errors import CarteraError
from cartera.web.site import served


@require_http_methods(["GET", "POST"])
def reset(request: HttpRequest, code: str, token: str) -> HttpResponse:
    """The form, and then to sign in with the new password. Http404: a link that is good no more."""
    site = served()
    user = person_of(site.alias, site.secret, code, token)
    if user is None:
        raise Http404
    given = {"person": user}
    if request.method == "GET":
        return render(request, "accounts/reset.html", given)
    try:
        set_by_link(site.alias, site.key, user, request.POST.get("password", ""))
    except CarteraError as problem:
        return render(request, "accounts/reset.html", given | {"problem": problem}, status=422)
    return HttpResponseRedirect("/sign-in")
