"""Value and rhythm: who is best, who comes back, who is off its own beat."""

from cartera.web.pages.value.page import ROUTES

__all__ = ["ROUTES"]
