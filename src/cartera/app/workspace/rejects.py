"""Which rows did an import refuse? As a file to mend: why, the file's own columns, and what brings them back."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from cartera.app.clock import now
from cartera.app.workspace.author import author
from cartera.app.workspace.deciding.answers import listed
from cartera.app.workspace.importing.mended import ADDED
from cartera.errors import UnknownNameError
from cartera.views.view import Answer, Column

if TYPE_CHECKING:
    from datetime import date

    from cartera.app.scope import Scope
    from cartera.ledger.book import Book
    from cartera.ledger.models import Batch, RejectedRow

REJECTS = "rejects"
LABELS = ("Line", "Reason", "Column", "How to mend it", "Row")


def rejects(scope: Scope, book: Book, number: int, *, day: date, by: str | None = None) -> Answer:
    """The rows that import `number` refused and that no later one brought in, in the order of the file; audited.

    UnknownNameError: there is no such import.
    """
    scope.require("imports")
    batch = _batch(book, number)
    left = batch.rejects.filter(mended_by=None) | batch.rejects.exclude(mended_by__change__undone_by=None)
    rows = list(left.order_by("place", "pk"))
    cells = [json.loads(row.cells) for row in rows]
    names = _names(batch.told.get("header", []), max(map(len, cells), default=0))
    *why, hidden = map(Column, ADDED, LABELS)
    # Where there is no room, the file's own columns go first: why a row was refused stands nowhere else.
    columns = [*why, *(Column(name, name, minor=True) for name in names), replace(hidden, minor=True)]
    made = [_row(names, own, row) for own, row in zip(cells, rows, strict=True)]
    if rows:
        _remember(book, number, len(rows), by)
    told = _sentence(len(rows), number, is_tables=batch.told.get("is_tables", False))
    return listed("rejects", f"Which rows did import {number} refuse?", columns, made, told, day=day)


def _remember(book: Book, number: int, count: int, by: str | None) -> None:
    """A line in the audit: the rows name people."""
    from django.db import transaction

    from cartera.ledger import audit

    with transaction.atomic(using=book.alias):
        told = json.dumps({"after": {"import": number, "refused_rows": count}})
        audit.write(book, REJECTS, at=now(), by=author(by), value=told)


def _batch(book: Book, number: int) -> Batch:
    from cartera.ledger.models import Batch

    batches = Batch.objects.using(book.alias).filter(change__workspace_id=book.workspace_id)
    found: Batch | None = batches.filter(change__number=number).first()
    if found is None:
        known = [str(one) for one in batches.order_by("change__number").values_list("change__number", flat=True)]
        raise UnknownNameError("import", str(number), known or ["none yet"])
    return found


def _names(header: list[str], width: int) -> list[str]:
    """The file's header; columns without a name, and cells beyond the header, are called so, each once."""
    names: list[str] = []
    for place in range(max(len(header), width)):
        name = header[place] if place < len(header) else ""
        names.append(name if name and name not in ADDED else f"unnamed {place + 1}")
    return names


def _row(names: list[str], cells: list[str], row: RejectedRow) -> dict[str, Any]:
    own = dict(zip(names, [*cells, *[""] * (len(names) - len(cells))], strict=True))
    return own | dict(zip(ADDED, (str(row.place), row.code, row.column, row.hint, str(row.pk)), strict=True))


def _sentence(count: int, number: int, *, is_tables: bool) -> str:
    if not count:
        return f"Import {number} refused no row, or all were brought in later."
    them, rows = ("it", "1 row") if count == 1 else ("them", f"{count:,} rows")
    if is_tables:
        return f"{rows}: mend {them} in the tables and import the folder again."
    return f"{rows}: add --output mend.csv, mend {them} in that file and import it."
