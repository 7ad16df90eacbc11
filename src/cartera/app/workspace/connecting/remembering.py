"""How is something kept with a source while others change it? On the row as it is then, one word at a time."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from cartera.ledger.book import Book
    from cartera.ledger.models import Source

OWN = ("split_on", "compared_at", "base", "may_vanish")  # words that syncs keep; all others are a person's


def keep_setting(book: Book, source: Source, name: str, value: str | None) -> None:
    """The word with its value from now on, None for without; what others have changed meanwhile stays."""
    from django.db import transaction

    from cartera.ledger.models import Source

    with transaction.atomic(using=book.alias):
        row = Source.objects.using(book.alias).select_for_update().get(pk=source.pk)
        for settings in (row.settings, source.settings):
            settings.pop(name, None)
            if value is not None:
                settings[name] = value
        row.save(using=book.alias, update_fields=["settings"])


def keep_mapping(book: Book, source: Source, version: int) -> None:
    """Everything was mapped by this version of the maps, unless a person chose another setting meanwhile."""
    from django.db import transaction

    from cartera.ledger.models import Source

    with transaction.atomic(using=book.alias):
        row = Source.objects.using(book.alias).select_for_update().get(pk=source.pk)
        if chosen(row.settings) == chosen(source.settings):
            row.mapping = source.mapping = version
            row.save(using=book.alias, update_fields=["mapping"])


def chosen(settings: Mapping[str, Any]) -> dict[str, Any]:
    """The words that a person chose."""
    return {name: value for name, value in settings.items() if name not in OWN}
