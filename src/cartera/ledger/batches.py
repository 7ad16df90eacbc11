"""How does an import become facts? Prepared where nobody sees it, then published at once; leftovers are cleared."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any

from django.db import models, transaction

from cartera.ledger.book import Book
from cartera.ledger.database import connection
from cartera.ledger.entry import Entry, finish, locked, next_number
from cartera.ledger.models import Change, Line, SourceFile, Version
from cartera.ledger.stage import document_of, fill, forget, quoted

AT_ONCE = 10_000  # lines deleted in one transaction
CONFIRMED = "model, source, stream, key, content_of_id"


def begin(book: Book, kind: str, *, at: datetime, by: str) -> Change:
    """A change that is being prepared. Its number is below zero until it is made, so that none is left out."""
    with transaction.atomic(using=book.alias):
        lowest = Change.objects.using(book.alias).filter(workspace_id=book.workspace_id).order_by("number").first()
        number = min(lowest.number if lowest else 0, 0) - 1
        return Change.objects.using(book.alias).create(
            workspace_id=book.workspace_id, number=number, kind=kind, made_at=at, by=by, is_made=False
        )


@contextmanager
def publishing(book: Book, change: Change, *, at: datetime) -> Iterator[Entry]:
    """The prepared change becomes one: what is written inside holds when the block ends, or nothing of it."""
    with transaction.atomic(using=book.alias):
        workspace = locked(book)
        change.number, change.made_at = next_number(book), at
        made = Entry(book, change, workspace.facts_version + 1)
        yield made
        finish(made)


def clear_unfinished(book: Book) -> int:
    """Takes away what killed imports left behind; how many there were. Only for the holder of the import's lease."""
    left = list(Change.objects.using(book.alias).filter(workspace_id=book.workspace_id, is_made=False))
    for change in left:
        _clear_lines(book, document_of(change.pk, 0), document_of(change.pk + 1, 0))
        change.delete(using=book.alias)
    SourceFile.objects.using(book.alias).filter(workspace_id=book.workspace_id, batch=None).delete()
    return len(left)


def _clear_lines(book: Book, first: int, end: int) -> None:
    lines = Line._meta.db_table
    some = f"SELECT id FROM {lines} WHERE document >= %s AND document < %s LIMIT {AT_ONCE}"
    while True:
        with transaction.atomic(using=book.alias), connection(book.alias).cursor() as cursor:
            cursor.execute(f"DELETE FROM {lines} WHERE id IN ({some})", [first, end])
            if cursor.rowcount < AT_ONCE:
                return


def holding(book: Book, model: type[Version], source: str | None = None) -> Iterator[dict[str, Any]]:
    """The facts of a source, or of all, that hold now: source, key, digest, is_deleted, content_of_id and the model's
    columns, as `stage` takes them.
    """
    names = ["source", "key", "digest", "is_deleted", "content_of_id", *model.COLUMNS]
    flags = {f.name for f in model._meta.get_fields() if isinstance(f, models.BooleanField)} & set(names)
    where = "workspace_id = %s AND until_version IS NULL" + ("" if source is None else " AND source = %s")
    with connection(book.alias).cursor() as cursor:
        cursor.execute(
            f"SELECT {', '.join(quoted(names))} FROM {model._meta.db_table} WHERE {where}",
            [book.workspace_id] if source is None else [book.workspace_id, source],
        )
        while some := cursor.fetchmany(AT_ONCE):
            yield from (_row(names, flags, row) for row in some)


def _row(names: list[str], flags: set[str], values: tuple[Any, ...]) -> dict[str, Any]:
    row = dict(zip(names, values, strict=True))
    for name, value in row.items():
        if isinstance(value, date):
            row[name] = value.isoformat()
        elif name in flags and value is not None:
            row[name] = bool(value)
    return row


def stage_confirmed(book: Book, rows: Iterable[tuple[str, str, str, str, int]]) -> None:
    """Facts that an import finds as they are, laid aside: model, source, stream, key, and the change that said so."""
    with connection(book.alias).cursor() as cursor:
        forget(cursor, book.alias, "staged_confirmation")
        cursor.execute(
            f"CREATE TEMP TABLE staged_confirmation AS SELECT {CONFIRMED} FROM ledger_confirmation WHERE 1 = 0"
        )
        fill(cursor, "INSERT INTO staged_confirmation VALUES (%s, %s, %s, %s, %s)", rows)


def confirm(made: Entry) -> None:
    """What was laid aside stays in force through this change as well."""
    with connection(made.book.alias).cursor() as cursor:
        cursor.execute(
            f"INSERT INTO ledger_confirmation (workspace_id, change_id, {CONFIRMED})"
            f" SELECT %s, %s, {CONFIRMED} FROM staged_confirmation",
            [made.book.workspace_id, made.change.pk],
        )


def texts(book: Book, model: type[Version], column: str) -> set[str]:
    """The different texts of a column in the facts that hold now."""
    rows: Any = model._default_manager.using(book.alias).filter(
        workspace_id=book.workspace_id, until_version=None, is_deleted=False
    )
    return set(rows.values_list(column, flat=True))
