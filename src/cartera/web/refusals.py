"""What is answered to what cannot be done? What is wrong and how to mend it, as a page or as fields for programs."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from cartera.app.scope import NotAllowedError
from cartera.errors import CarteraError
from cartera.tongue import say


def refused(request: HttpRequest, problem: CarteraError) -> HttpResponse:
    """403 for what this person may not do, 400 for what cannot be understood."""
    status = 403 if isinstance(problem, NotAllowedError) else 400
    return told(request, status, say("This cannot be done"), problem)


def told(request: HttpRequest, status: int, title: str, problem: CarteraError) -> HttpResponse:
    """The page of an error, or its fields for the API."""
    if request.path.startswith("/api/"):
        fields = {"title": title, "status": status, "detail": problem.what, "where": problem.where, "fix": problem.fix}
        return JsonResponse(fields, status=status, content_type="application/problem+json")
    return render(request, "refused.html", {"title": title, "problem": problem, "status": status}, status=status)


def not_found(request: HttpRequest, exception: Any = None) -> HttpResponse:  # noqa: ARG001 - Django passes it
    """What is not there and what nobody here may see look alike."""
    problem = CarteraError(say("There is no such page."), fix=say("Begin again at the start page."))
    return told(request, 404, say("Nothing here"), problem)


def failed(request: HttpRequest) -> HttpResponse:
    """A defect of ours."""
    problem = CarteraError(say("Cartera made a mistake."), fix=say("Nothing was changed. Try again, or tell us."))
    return told(request, 500, say("Something went wrong"), problem)


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 - Django passes it
    """A form that did not come from our own page, or from one that is too old."""
    problem = CarteraError(
        say("This form is too old, or did not come from here."), fix=say("Load the page and send again.")
    )
    return told(request, 403, say("Not sent"), problem)
