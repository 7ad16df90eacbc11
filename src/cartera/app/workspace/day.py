"""Which day is it in the workspace? That of its own time zone, wherever the machine stands."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from cartera.app import clock

if TYPE_CHECKING:
    from datetime import date, datetime

    from cartera.ledger.book import Book


DECISIONS = ("plan", "move", "drop", "match", "mark", "note", "assign", "log", "step")  # kinds of changes


def day_there(book: Book, at: datetime | None = None) -> date:
    """The day there at a moment, or now."""
    return (at or clock.now()).astimezone(ZoneInfo(book.workspace.time_zone)).date()


def decided_on(book: Book, moment: datetime) -> date | None:
    """The day there of the newest decision about a client recorded by that moment, None without one."""
    from cartera.ledger.models import Change

    made = Change.objects.using(book.alias).filter(workspace_id=book.workspace_id, is_made=True, kind__in=DECISIONS)
    last = made.filter(made_at__lte=moment).order_by("-made_at").values_list("made_at", flat=True).first()
    return None if last is None else day_there(book, last)
