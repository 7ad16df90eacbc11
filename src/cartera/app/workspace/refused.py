"""Which rows of the imports in force are still missing? Those refused and not brought in since, as problems to mend."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cartera.sources.files.reading import Problem

if TYPE_CHECKING:
    from cartera.ledger.book import Book


def refused(book: Book) -> tuple[Problem, ...]:
    """One problem per row, in the order of the imports and of their files."""
    from cartera.ledger.models import RejectedRow

    rows = RejectedRow.objects.using(book.alias).filter(
        batch__change__workspace_id=book.workspace_id, batch__change__is_made=True, batch__change__undone_by=None
    )
    left = rows.filter(mended_by=None) | rows.exclude(mended_by__change__undone_by=None)
    told = left.order_by("batch__change__number", "place", "pk").values_list(
        "code", "batch__file__name", "batch__change__number", "place", "column", "value", "hint"
    )
    return tuple(
        Problem(code, f"{name or 'file'} of import {number}, line {place}", column, value, hint)
        for code, name, number, place, column, value, hint in told
    )
