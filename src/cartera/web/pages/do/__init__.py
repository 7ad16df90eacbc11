"""The verbs: what people decide about clients, each at an address of its own."""

from cartera.web.pages.do.page import ROUTES

__all__ = ["ROUTES"]
