"""Today: whom to contact, what changed since the last visit, which questions need an answer."""

from cartera.web.pages.today.page import ROUTES

__all__ = ["ROUTES"]
