"""Every list as a file: the rows, order and columns that are seen, all of the filter."""

from cartera.web.pages.export.page import ROUTES

__all__ = ["ROUTES"]
