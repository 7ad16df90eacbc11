"""On which facts does an answer rest? The last change that is in them, and when it was made there."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from datetime import datetime

    from cartera.ledger.book import Book


def last_change(book: Book) -> tuple[int, datetime | None]:
    """The number of the last change of facts and its moment in the workspace's time zone; 0 and None before any."""
    from cartera.ledger.models import Change

    made = Change.objects.using(book.alias).filter(workspace_id=book.workspace_id, is_made=True)
    found = made.exclude(facts_version=None).order_by("-number").values_list("number", "made_at").first()
    if found is None:
        return 0, None
    return found[0], found[1].astimezone(ZoneInfo(book.workspace.time_zone))
