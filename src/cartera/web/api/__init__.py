"""The API: the same questions, scopes and decisions as the pages, for programs."""

from cartera.web.api.site import api

__all__ = ["api"]
