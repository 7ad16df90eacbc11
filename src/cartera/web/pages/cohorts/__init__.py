"""Cohorts: whether the clients won in a period stay."""

from cartera.web.pages.cohorts.page import ROUTES

__all__ = ["ROUTES"]
