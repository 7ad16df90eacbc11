"""Which addresses does the API have, for people who read? Its own description as a page, open to everybody alike."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from django.shortcuts import render
from django.views.decorators.http import require_safe

from cartera.web.api.reference import groups, shapes
from cartera.web.api.site import api

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

ROOT, FILE = "/api/v1/", "openapi.json"


@cache
def document() -> Any:
    """The OpenAPI document, with whole addresses."""
    return api.get_openapi_schema(path_prefix=ROOT)


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """The reference."""
    told = document()
    given = {"about": told["info"]["description"], "groups": groups(told), "shapes": shapes(told)}
    given |= {"root": ROOT, "file": FILE, "base": request.build_absolute_uri(ROOT)}
    return render(request, "api/reference.html", given)
