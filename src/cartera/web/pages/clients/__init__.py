"""The list of clients: which exactly, with what money, rep and contact."""

from cartera.web.pages.clients.page import ROUTES

__all__ = ["ROUTES"]
