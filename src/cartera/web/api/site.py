"""Which addresses does the API have? Those here, described by themselves at /api/v1/openapi.json."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404
from ninja.errors import AuthenticationError, HttpError, ValidationError

from cartera.errors import CarteraError
from cartera.tongue import say
from cartera.web.api import changes, clients, deciding, facts, importing, jobs, views
from cartera.web.api.described import Described
from cartera.web.api.keys import AUTH
from cartera.web.api.problems import invalid, problem, unknown

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

api = Described(
    title="Cartera",
    version="1",
    description=(
        "Every question about a portfolio of clients, every decision and import. Amounts are decimal text, days are"
        " ISO dates, ids never change, and what is unknown is null. Errors follow RFC 9457."
    ),
    auth=AUTH,
    docs_url=None,
    urls_namespace="api",
)
for part in (
    views.router,
    clients.router,
    deciding.router,
    importing.router,
    facts.router,
    changes.router,
    jobs.router,
):
    api.add_router("", part)


@api.exception_handler(CarteraError)
def _expected(request: HttpRequest, error: CarteraError) -> HttpResponse:
    return problem(request, error)


@api.exception_handler(ValidationError)
def _invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    return invalid(request, error.errors)


@api.exception_handler(AuthenticationError)
def _nobody(request: HttpRequest, _: AuthenticationError) -> HttpResponse:
    return unknown(request)


@api.exception_handler(Http404)
def _absent(request: HttpRequest, _: Http404) -> HttpResponse:
    return problem(
        request, CarteraError(say("there is nothing here."), fix=say("See /api/v1/openapi.json.")), status=404
    )


@api.exception_handler(HttpError)
def _refused(request: HttpRequest, error: HttpError) -> HttpResponse:
    told: Any = str(error)
    return problem(request, CarteraError(told), status=error.status_code)
