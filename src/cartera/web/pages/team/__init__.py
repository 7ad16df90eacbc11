"""The team: each rep's portfolio beside that of the average rep."""

from cartera.web.pages.team.page import ROUTES

__all__ = ["ROUTES"]
