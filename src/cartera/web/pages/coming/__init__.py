"""What is coming: who changes segment next, and what the portfolio becomes if nobody acts."""

from cartera.web.pages.coming.page import ROUTES

__all__ = ["ROUTES"]
