"""How does a row look after a decision? Each page that has rows of clients says so; other pages are loaded anew."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import Resolver404, resolve

if TYPE_CHECKING:
    from cartera.web.door import Route, Visit


def row(visit: Visit, client_id: str) -> str | None:
    """The client's row on the page of this visit, marked to replace the one there; None where the page has no rows."""
    try:
        found = resolve(f"/{visit.word}/{visit.route}")
    except Resolver404:
        return None
    route: Route | None = getattr(found.func, "route", None)
    return route.row(visit, client_id) if route is not None and route.row is not None else None
