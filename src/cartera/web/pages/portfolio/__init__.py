"""The portfolio: how healthy it is, in clients and in money."""

from cartera.web.pages.portfolio.page import ROUTES

__all__ = ["ROUTES"]
