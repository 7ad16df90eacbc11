"""What is being made beside the pages, and when it is ready."""

from cartera.web.pages.jobs.page import ROUTES

__all__ = ["ROUTES"]
