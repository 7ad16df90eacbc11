"""How does an import become facts? Prepared where nobody sees it, then published at once; leftovers are cleared."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any

from django.db import models, transaction

from cartera.ledger.book import Book
from cartera.ledger.database import connection
from cartera.ledger.entry import Entry, finish, locked, next_number, next_version
from cartera.ledger.laid import AT_ONCE, holds, holds_sql, laid, repeated, take_away
from cartera.ledger.lease import held
from cartera.ledger.models import Change, Confirmation, Line, RejectedRow, SourceFile, Version
from cartera.ledger.stage import PAUSE, chunks, document_of, quoted

IMPORT = "import"  # what only one process does at a time
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
        made = Entry(book, change, change.facts_version or next_version(book, workspace))
        made.is_changed = change.facts_version is not None
        change.save(using=book.alias, update_fields=["number", "made_at"])  # from here on, what was laid holds
        yield made
        finish(made)


def end_stopped(book: Book, at: datetime) -> None:
    """Takes away what an import laid beside the facts before it was stopped. CarteraError: it is still running."""
    if laid(book) is not None:
        with held(book, IMPORT, lambda: at):
            clear_unfinished(book)


def clear_unfinished(book: Book) -> int:
    """Takes away what killed imports left behind; how many there were. Only for the holder of the import's lease."""
    left = list(Change.objects.using(book.alias).filter(workspace_id=book.workspace_id, is_made=False))
    for change in left:
        take_away(book, change)
        documents = [document_of(change.pk, 0), document_of(change.pk + 1, 0)]
        _clear(book, Line, "document >= %s AND document < %s", documents)
        _clear(book, RejectedRow, "batch_id = %s", [change.pk])
        _clear(book, Confirmation, "change_id = %s", [change.pk])
        change.delete(using=book.alias)
    SourceFile.objects.using(book.alias).filter(workspace_id=book.workspace_id, batch=None).delete()
    return len(left)


def _clear(book: Book, model: type[models.Model], which: str, values: list[int]) -> None:
    table = model._meta.db_table
    repeated(book, f"DELETE FROM {table} WHERE id IN (SELECT id FROM {table} WHERE {which} LIMIT {AT_ONCE})", values)


def holding(book: Book, model: type[Version], source: str | None = None) -> Iterator[dict[str, Any]]:
    """The facts of a source, or of all, that hold now: source, key, digest, is_deleted, content_of_id and the model's
    columns, as `stage` takes them.
    """
    names = ["source", "key", "digest", "is_deleted", "content_of_id", *model.COLUMNS]
    flags = {f.name for f in model._meta.get_fields() if isinstance(f, models.BooleanField)} & set(names)
    where = f"workspace_id = %s AND {holds_sql(book)}" + ("" if source is None else " AND source = %s")
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


def confirm(book: Book, change: Change, rows: Iterable[tuple[str, str, str, str, int]]) -> None:
    """Facts that an import finds as they are stay in force through it as well, once it is made.

    rows: model, source, stream, key, and the change that said so.
    """
    holes = "%s, %s, %s, %s, %s, %s, %s"
    into = f"INSERT INTO ledger_confirmation (workspace_id, change_id, {CONFIRMED}) VALUES ({holes})"
    for chunk in chunks(((book.workspace_id, change.pk, *row) for row in rows), AT_ONCE):
        with transaction.atomic(using=book.alias), connection(book.alias).cursor() as cursor:
            cursor.executemany(into, chunk)
        time.sleep(PAUSE)


def texts(book: Book, model: type[Version], column: str) -> set[str]:
    """The different texts of a column in the facts that hold now."""
    rows: Any = model._default_manager.using(book.alias).filter(
        holds(book), workspace_id=book.workspace_id, is_deleted=False
    )
    return set(rows.values_list(column, flat=True))
