"""What holds for every request? One language, no answer kept by others, errors that say what to do."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import nullcontext

from django.http import HttpRequest, HttpResponse
from django.middleware.gzip import GZipMiddleware
from django.utils.cache import patch_vary_headers

from cartera.app.tongues import nearest_language, tongue
from cartera.errors import CarteraError, on_pages
from cartera.tongue import speaking
from cartera.web.refusals import refused

UNUSED = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"  # what no page of ours asks a browser for
SAFE = ("GET", "HEAD")
PACKED = ("text/html", "image/svg+xml")
Respond = Callable[[HttpRequest], HttpResponse]


def answered(respond: Respond) -> Respond:
    """Private answers that depend on HX-Request, given under our own names alone."""

    def middleware(request: HttpRequest) -> HttpResponse:
        request.get_host()  # DisallowedHost: a name that leads here and is not ours
        response = respond(request)
        response.headers.setdefault("Cache-Control", "private, no-store")
        response.headers.setdefault("Permissions-Policy", UNUSED)
        patch_vary_headers(response, ("HX-Request", "Cookie"))
        return response

    return middleware


def read(respond: Respond) -> Respond:
    """What only asks reads the workspace once; what writes reads it as often as it needs to."""
    from cartera.ledger.book import reading

    def middleware(request: HttpRequest) -> HttpResponse:
        with reading() if request.method in SAFE else nullcontext():
            return respond(request)

    return middleware


class packed(GZipMiddleware):  # noqa: N801 - named as the functions beside it
    """Pages and pictures compressed, as Django does it against guessing at secrets; files and the API as they are."""

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        """The response, smaller and with its length."""
        kind = response.headers.get("Content-Type", "").partition(";")[0]
        made = super().process_response(request, response) if kind in PACKED else response
        if not made.streaming:
            # Without its length a server must close the connection to say where the answer ends.
            made.headers.setdefault("Content-Length", str(len(made.content)))
        return made


class spoken:  # noqa: N801 - named as the functions beside it
    """The page in the language of the person, else of the browser; expected errors as pages."""

    def __init__(self, respond: Respond) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The response, made while the language is spoken."""
        with speaking(tongue(nearest_language(wanted(request)))), on_pages():
            return self.respond(request)

    def process_exception(self, request: HttpRequest, problem: Exception) -> HttpResponse | None:
        """The page of an expected error, None for a defect of ours."""
        return refused(request, problem) if isinstance(problem, CarteraError) else None


def wanted(request: HttpRequest) -> list[str]:
    """Languages in the order in which they are wanted: the person's own, then the browser's."""
    own = str(getattr(request.user, "language", "") or "") if hasattr(request, "user") else ""
    browser = [part.partition(";")[0].strip() for part in request.headers.get("Accept-Language", "").split(",")]
    return [one for one in (own, *browser) if one]
