"""Which addresses are there? Those of every page under its workspace, and the few outside of one."""

from __future__ import annotations

from django.urls import path

from cartera.web import kept
from cartera.web.accounts import urls as accounts
from cartera.web.api import api
from cartera.web.api.page import page as reference
from cartera.web.door import entered
from cartera.web.health import health
from cartera.web.routes import ROUTES

handler404 = "cartera.web.refusals.not_found"
handler500 = "cartera.web.refusals.failed"

urlpatterns = [
    *accounts.urlpatterns,
    path("health", health, name="health"),
    path("api/v1/reference", reference, name="api-reference"),
    path("api/v1/", api.urls),
    *(path(f"<slug:workspace>/{route.path}", entered(route, kept.page), name=route.name) for route in ROUTES),
]
