"""What is to be done next about which client, as it was known at a version of the facts?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cartera.ledger.book import Book


def steps_at(book: Book, version: int) -> tuple[dict[str, Any], ...]:
    """client_id, due_on and text of every step that was to be done at this version of the facts, the earliest first."""
    from django.db.models import Q

    from cartera.ledger.links import links, rolls_up
    from cartera.ledger.models import Step

    told, is_rolled = links(book), rolls_up(book)
    held = Q(until_version=None) | Q(until_version__gt=version)
    rows: Any = Step.objects.using(book.alias).filter(held, workspace_id=book.workspace_id, from_version__lte=version)
    found: Sequence[Any] = rows.filter(is_deleted=False, done_on=None).order_by("due_on", "pk")
    return tuple(
        {"client_id": told.shown(row.client_id, roll_up=is_rolled), "due_on": row.due_on, "text": row.text}
        for row in found
    )
