"""Which columns does a screen have room for? Those that say most, each as wide as it must be."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cartera.views.view import Column

GAP = 2
NOTHING = ("", "0", "0.00", "no")
TOTAL = "Total"  # stands under the first column
TEXT_WIDTH = 20  # a longer text may be broken over lines


@dataclass(frozen=True)
class Sheet:
    """One column as it would be printed: its head and the text of its cells, the total included."""

    column: Column
    head: str
    cells: Sequence[str]

    @property
    def is_empty(self) -> bool:
        """Whether no cell says anything."""
        return all(cell in NOTHING for cell in self.cells)

    @property
    def is_blank(self) -> bool:
        """Whether there is nothing in any cell, not even a nought."""
        return not any(self.cells)

    @property
    def is_long(self) -> bool:
        """Whether the column holds texts that may be broken over lines."""
        return self.column.unit == "text" and self.widest > TEXT_WIDTH

    @property
    def widest(self) -> int:
        """The characters of the longest cell."""
        return max((len(cell) for cell in self.cells), default=0)

    @property
    def width(self) -> int:
        """The fewest characters in which the column reads well."""
        cells = TEXT_WIDTH if self.is_long else self.widest
        return max(cells, *(len(word) for word in self.head.split()), 1)


def fitting(sheets: Sequence[Sheet], width: int) -> list[Sheet]:
    """The columns that fit into `width` characters, in their order; no minor one that is blank, and when not all fit,
    none that is empty.
    """
    sheets = [sheet for sheet in sheets if not (sheet.column.minor and sheet.is_blank)] or list(sheets[:1])
    if wide(sheets) <= width:
        return sheets
    kept = [sheet for sheet in sheets if not sheet.is_empty] or list(sheets[:1])
    while len(kept) > 1 and wide(kept) > width:
        minor = [sheet for sheet in kept if sheet.column.minor]
        kept.remove((minor or kept)[-1])
    return kept


def wide(sheets: Sequence[Sheet]) -> int:
    """The characters that the columns take side by side."""
    room_for_total = max(len(TOTAL) - sheets[0].width, 0)
    return room_for_total + sum(sheet.width + GAP for sheet in sheets) - GAP
