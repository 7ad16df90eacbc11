"""How does the API say that something cannot be done? As RFC 9457: what, where, the value found, how to fix it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import JsonResponse

from cartera.app.scope import NotAllowedError
from cartera.errors import CarteraError, UnknownNameError
from cartera.tongue import say, spoken, text

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

TYPE = "application/problem+json"
CANNOT = text("This cannot be done")
TITLES = {
    400: text("This cannot be understood"), 401: text("Who are you?"), 403: text("This is not allowed"),
    404: text("Nothing here"), 409: text("Somebody changed this meanwhile"), 422: text("This cannot be understood"),
}  # fmt: skip


def problem(_request: HttpRequest, error: CarteraError, *, status: int | None = None, **more: Any) -> HttpResponse:
    """The error with its status: 403 for what the caller may not do, else 400 unless another is given."""
    number = status or (403 if isinstance(error, NotAllowedError) else 400)
    fields = {
        "type": f"urn:cartera:{kind(error)}", "title": spoken(TITLES.get(number, CANNOT)), "status": number,
        "detail": error.what, "where": error.where or None, "fix": error.fix or None,
    }  # fmt: skip
    if isinstance(error, UnknownNameError):
        more = {"found": error.found, "valid": list(error.valid)[:50], **more}
    return JsonResponse({**fields, **more}, status=number, content_type=TYPE)


def invalid(request: HttpRequest, errors: list[dict[str, Any]]) -> HttpResponse:
    """Parameters or a body of the wrong shape; each fault with its place."""
    faults = [{"where": ".".join(str(part) for part in one["loc"]), "detail": str(one["msg"])} for one in errors]
    told = CarteraError(f"{faults[0]['where']}: {faults[0]['detail']}.", fix=say("See /api/v1/openapi.json."))
    return problem(request, told, status=422, errors=faults)


def unknown(request: HttpRequest) -> HttpResponse:
    """Nobody, or a key that is no longer good."""
    told = CarteraError(say("no key, or one that is not good (any more)."), fix=say("Send Authorization: Bearer KEY."))
    response = problem(request, told, status=401)
    response["WWW-Authenticate"] = "Bearer"
    return response


def kind(error: CarteraError) -> str:
    """The kind of error, as a word that never changes."""
    return type(error).__name__.removesuffix("Error").lower() or "input"
