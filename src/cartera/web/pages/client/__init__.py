"""One client: who it is, why it stands where it does, and what now."""

from cartera.web.pages.client.page import ROUTES

__all__ = ["ROUTES"]
