"""Which day is it in the workspace? That of its own time zone, wherever the machine stands."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from cartera.app import clock

if TYPE_CHECKING:
    from datetime import date, datetime

    from cartera.ledger.book import Book


def day_there(book: Book, at: datetime | None = None) -> date:
    """The day there at a moment, or now."""
    return (at or clock.now()).astimezone(ZoneInfo(book.workspace.time_zone)).date()
