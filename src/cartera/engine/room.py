"""What must an engine's file provide? What the core asks for, and the ways in and out that only this room uses."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

import narwhals as nw

from cartera.facts.tables import Engine

if TYPE_CHECKING:
    from cartera.facts.tables import Frame


class Room(Engine, Protocol):
    """An engine with its doors. Each engine's file has a function `room(invoices)` that makes one."""

    def hold(self, native: Any) -> Frame:
        """A user's table of any kind, inside this engine."""
        ...

    def numbered(self, frame: Frame, name: str) -> Frame:
        """The frame with a number of its own for every row, as text in a new column."""
        ...

    def give_back(self, frame: Frame) -> Any:
        """The rows as the kind of table the invoices came as."""
        ...


def framed(native: Any) -> Frame:
    """An engine's own lazy table as the core reads it."""
    frame: Frame = nw.from_native(native)
    return frame
