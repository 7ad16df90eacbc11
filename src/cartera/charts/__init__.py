"""From an answer and its rows to a picture."""

from cartera.charts.answer import picture

__all__ = ["picture"]
