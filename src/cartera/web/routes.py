"""Which pages are there? All that we ship, in the order of the menu; an address that is not here does not exist."""

from __future__ import annotations

from cartera.web.door import Route
from cartera.web.pages import clients, export

ROUTES: tuple[Route, ...] = (
    *clients.ROUTES,
    *export.ROUTES,
)
