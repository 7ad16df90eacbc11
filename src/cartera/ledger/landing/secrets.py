"""How are a source's secrets kept? As ciphertext, replaced only by whoever read what is there."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from cartera.ledger.book import Book
from cartera.ledger.models import Secret, Source


def stored(book: Book, source: Source) -> Secret | None:
    """The row as it is now."""
    return Secret.objects.using(book.alias).filter(source=source).first()


def save(
    book: Book,
    source: Source,
    ciphertext: str,
    key_id: str,
    *,
    version: int | None = None,
    expires_at: datetime | None = None,
    refresh_expires_at: datetime | None = None,
) -> bool:
    """Whether it was saved, durably. version: the one that was read; False when another one, or none, is there now.

    Somebody connected the source anew, or disconnected it. version None: whatever is there is replaced.
    """
    values = {
        "ciphertext": ciphertext, "key_id": key_id, "expires_at": expires_at, "refresh_expires_at": refresh_expires_at,
    }  # fmt: skip
    with transaction.atomic(using=book.alias):
        rows = Secret.objects.using(book.alias).select_for_update().filter(source=source)
        there = rows.first()
        if version is not None and (there is None or there.version != version):
            return False
        if there is None:
            Secret.objects.using(book.alias).create(source=source, **values)
            return True
        rows.update(version=there.version + 1, **values)
    return True
