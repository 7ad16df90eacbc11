"""From the sample to a workspace of one's own: made here, and served from now on in place of the sample."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from cartera.app.scope import EVERYTHING
from cartera.app.tongues import LANGUAGES
from cartera.app.workspace.own import folder_for, own
from cartera.errors import CarteraError
from cartera.tongue import in_force
from cartera.web.accounts import first
from cartera.web.door import to_sign_in
from cartera.web.site import serve, served, site_at


@require_http_methods(["GET", "POST"])
def page(request: HttpRequest) -> HttpResponse:
    """The form; then to the page of the first owner. Http404: this is no sample."""
    site = served()
    if not site.is_demo:
        raise Http404
    if not request.user.is_authenticated:
        return to_sign_in(request)
    given = {"name": request.POST.get("name", ""), "currency": request.POST.get("currency", "")}
    if request.method == "POST":
        language = in_force().language
        try:
            folder = own(EVERYTHING, **given, language=language if language in LANGUAGES else LANGUAGES[0])
        except CarteraError as problem:
            return render(request, "accounts/own.html", given | {"problem": problem}, status=422)
        serve(site_at(folder, url=site.url))
        return HttpResponseRedirect(first.link(first.WELCOME))
    return render(request, "accounts/own.html", given | {"folder": folder_for("").parent})
