"""Everything that has a name: clients, pages and saved views."""

from cartera.web.pages.find.page import ROUTES

__all__ = ["ROUTES"]
