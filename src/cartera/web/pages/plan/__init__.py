"""What is planned: month by month, for whom not, and which promises broke."""

from cartera.web.pages.plan.page import ROUTES

__all__ = ["ROUTES"]
