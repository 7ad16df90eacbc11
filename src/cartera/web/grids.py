"""How does a grid of numbers come on a page? As a table whose cells are tinted and lead to the clients behind them."""

from __future__ import annotations

from dataclasses import dataclass

TINTS = 5


@dataclass(frozen=True)
class Square:
    """One cell. share: how dark it is, 0 to 1. note: a second line. is_plain: grey, as what did not change."""

    text: str
    href: str = ""
    share: float = 0.0
    note: str = ""
    is_plain: bool = False
    is_unfinished: bool = False
    is_on: bool = False

    @property
    def css(self) -> str:
        """The classes of the cell."""
        tint = "plain" if self.is_plain else f"t{min(TINTS, -(-int(self.share * 100) // (100 // TINTS)))}"
        return " ".join(
            one for one in (tint, "dashed" if self.is_unfinished else "", "on" if self.is_on else "") if one
        )


EMPTY = Square("")


@dataclass(frozen=True)
class Side:
    """The name of a row or column. segment: its id where it is one."""

    text: str
    segment: str = ""
    href: str = ""


@dataclass(frozen=True)
class Grid:
    """A grid to be placed. corner: what the names down and across are."""

    caption: str
    corner: str
    across: tuple[Side, ...]
    rows: tuple[tuple[Side, tuple[Square, ...]], ...]
