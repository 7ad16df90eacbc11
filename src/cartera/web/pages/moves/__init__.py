"""What moved between two days, and why."""

from cartera.web.pages.moves.page import ROUTES

__all__ = ["ROUTES"]
