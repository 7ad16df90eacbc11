"""The rules: what they say, what would change under others, and who put them in force."""

from cartera.web.pages.rules.page import ROUTES

__all__ = ["ROUTES"]
