"""Who took which rows out of the workspace? Every file that leaves it is a line of the audit."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from cartera.app.clock import now

if TYPE_CHECKING:
    from cartera.ledger.book import Book

EXPORT = "export"


def note_export(book: Book, *, by: str, view: str, kind: str, rows: int, asked: str = "") -> None:
    """A line of the audit: the view, the format, how many rows, and the filters in words."""
    from django.db import transaction

    from cartera.ledger import audit

    told = {"after": {"view": view, "format": kind, "rows": rows, "asked": asked}}
    with transaction.atomic(using=book.alias):
        audit.write(book, EXPORT, at=now(), by=by, value=json.dumps(told, sort_keys=True, ensure_ascii=False))
