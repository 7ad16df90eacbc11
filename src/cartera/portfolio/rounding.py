"""How is a number rounded? Halves up, on every engine: of themselves some round 10.5 to 10 and others to 11."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import narwhals as nw


def half_up(value: nw.Expr, places: int = 0) -> nw.Expr:
    """The nearest number of so many decimal places."""
    scale = 10.0**places
    # The last step takes away the last bit that some leave when they divide; it meets no halves.
    return ((value * scale + 0.5).floor() / scale).round(places)
