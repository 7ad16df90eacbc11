"""Is this the same history? A few digits that differ where a version of the facts is not the one it was."""

from __future__ import annotations

from datetime import datetime

from cartera.ledger.book import Book
from cartera.ledger.digest import digest
from cartera.ledger.models import Change

LAYOUT = 1  # rises when the files are laid out otherwise
DIGITS = 12
ERASE = "erase"  # rewrites what earlier versions said


def stamp(book: Book, version: int) -> str:
    """12 hexadecimal digits of who led to this version and when, and of the last time somebody was erased."""
    changes = Change.objects.using(book.alias).filter(workspace_id=book.workspace_id)
    led = changes.filter(facts_version=version).order_by("number").values_list("number", "made_at").first()
    erased = changes.filter(kind=ERASE).order_by("-number").values_list("number", flat=True).first()
    return digest([LAYOUT, book.workspace_id, version, *(led or ()), erased])[:DIGITS]


def version_at(book: Book, moment: datetime) -> tuple[int, int]:
    """The facts version as it was at a moment, and the number of the last change made by then; 0 and 0 before any."""
    made = Change.objects.using(book.alias).filter(workspace_id=book.workspace_id, is_made=True, made_at__lte=moment)
    last = made.order_by("-number").values_list("number", flat=True).first() or 0
    version = made.exclude(facts_version=None).order_by("-facts_version").values_list("facts_version", flat=True)
    return version.first() or 0, last
