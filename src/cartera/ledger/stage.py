"""How do many rows become facts without holding anybody up? Staged beside the facts, then published at once."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from cartera.ledger.book import Book
from cartera.ledger.database import connection, is_sqlite
from cartera.ledger.entry import Entry
from cartera.ledger.models import Change, Line, Version

CHUNK = 2_000
LINES = 10_000  # in one transaction: 0.04 s, in which nobody else writes
PAUSE = 0.02  # seconds in which others get their turn between two chunks of lines
NAMING = ("source", "stream", "key", "digest", "is_deleted")


@dataclass(frozen=True)
class Staged:
    """Rows beside the facts, on this connection only. count: how many. place: the column that counts them from 1."""

    model: type[Version]
    table: str
    count: int
    place: str


@dataclass(frozen=True)
class Published:
    """What became of staged rows."""

    new: int
    changed: int
    unchanged: int


def stage(book: Book, model: type[Version], rows: Iterable[tuple[Any, ...]]) -> Staged:
    """Rows laid beside the facts, outside of any lock; a table staged before is forgotten.

    Each row: source, stream, key, digest, is_deleted, then model.COLUMNS as the database stores them: days as ISO text,
    money as ten-thousandths (`fields.scaled`), moments by `stored_moment`.
    """
    columns = (*NAMING, *model.COLUMNS)
    table = f"staged_{model._meta.model_name}"
    into = f"INSERT INTO {table} VALUES ({', '.join(['%s'] * len(columns))})"
    with connection(book.alias).cursor() as cursor:
        forget(cursor, book.alias, table)
        kept = ", ".join(quoted(columns))
        cursor.execute(f"CREATE TEMP TABLE {table} AS SELECT {kept} FROM {model._meta.db_table} WHERE 1 = 0")
        place = "rowid" if is_sqlite(book.alias) else "place"
        if place != "rowid":
            cursor.execute(f"ALTER TABLE {table} ADD COLUMN {place} BIGSERIAL PRIMARY KEY")
        count = fill(cursor, into, rows)
    return Staged(model, table, count, place)


def forget(cursor: Any, alias: str, table: str) -> None:
    """Drop a table of this connection alone, if it is there; never one of that name which somebody keeps."""
    cursor.execute(f"DROP TABLE IF EXISTS {'temp' if is_sqlite(alias) else 'pg_temp'}.{table}")


def fill(cursor: Any, into: str, rows: Iterable[tuple[Any, ...]]) -> int:
    """How many rows went in. A plain BEGIN takes no lock on the facts: only the connection's own table is written."""
    count = 0
    cursor.execute("BEGIN")
    try:
        for chunk in chunks(rows):
            cursor.executemany(into, chunk)
            count += len(chunk)
    except BaseException:
        cursor.execute("ROLLBACK")
        raise
    cursor.execute("COMMIT")
    return count


def publish(made: Entry, staged: Staged) -> Published:
    """The staged rows as facts from this entry on; rows that say what holds already change nothing."""
    with connection(made.book.alias).cursor() as cursor:
        found = write(cursor, made.change, staged, made.version)
    made.is_changed = made.is_changed or found.new + found.changed > 0
    return found


def write(
    cursor: Any, change: Change, staged: Staged, version: int, places: tuple[int, int] | None = None
) -> Published:
    """The staged rows as of a version; places: only those after the first and up to the second place."""
    table, own = staged.model._meta.db_table, {"version": version, "workspace": change.workspace_id}
    same = "t.workspace_id = %(workspace)s AND t.source = s.source AND t.stream = s.stream AND t.key = s.key"
    holding = f"{same} AND t.until_version IS NULL"
    some = f" AND s.{staged.place} > {places[0]} AND s.{staged.place} <= {places[1]}" if places else ""
    fields = quoted(staged.model.COLUMNS)
    ended = (
        f"UPDATE {table} SET until_version = %(version)s WHERE id IN"
        f" (SELECT t.id FROM {staged.table} s CROSS JOIN {table} t WHERE {holding}{some} AND t.digest <> s.digest)"
    )
    begun = (
        f"INSERT INTO {table} (workspace_id, source, stream, key, digest, is_deleted, from_version, change_id,"
        f" content_of_id, {', '.join(fields)}) SELECT %(workspace)s, s.source, s.stream, s.key, s.digest, s.is_deleted,"
        f" %(version)s, %(change)s, %(change)s, {', '.join(f's.{name}' for name in fields)}"
        f" FROM {staged.table} s LEFT JOIN {table} t ON {holding} WHERE t.id IS NULL{some}"
    )
    cursor.execute(ended, own)
    changed = cursor.rowcount
    cursor.execute(begun, own | {"change": change.pk})
    written = cursor.rowcount
    count = min(places[1], staged.count) - places[0] if places else staged.count
    return Published(written - changed, changed, count - written)


def write_lines(book: Book, rows: Iterable[tuple[Any, ...]], told: Callable[[int], None] | None = None) -> int:
    """Lines (Line.COLUMNS as the database stores them) written ahead of their invoices, chunk by chunk with pauses.

    Nobody sees them until an invoice with their document is published. told: is called with the rows written so far.
    """
    columns = ", ".join(quoted(Line.COLUMNS))
    holes = ", ".join(["%s"] * len(Line.COLUMNS))
    into = f"INSERT INTO {Line._meta.db_table} ({columns}) VALUES ({holes})"
    count = 0
    from django.db import transaction

    for chunk in chunks(rows, LINES):
        with transaction.atomic(using=book.alias), connection(book.alias).cursor() as cursor:
            cursor.executemany(into, chunk)
        count += len(chunk)
        if told:
            told(count)
        time.sleep(PAUSE)
    return count


def document_of(change_id: int, ordinal: int) -> int:
    """The number that names the lines of a document, given before the document is a fact."""
    return change_id << 32 | ordinal


def stored_moment(book: Book, moment: Any) -> Any:
    """A moment as the database stores it."""
    return connection(book.alias).ops.adapt_datetimefield_value(moment)


def quoted(names: Iterable[str]) -> list[str]:
    """Column names that no database takes for words of its own."""
    return [f'"{name}"' for name in names]


def chunks(rows: Iterable[tuple[Any, ...]], size: int = CHUNK) -> Iterator[list[tuple[Any, ...]]]:
    """The rows, some at a time."""
    left = iter(rows)
    while chunk := list(islice(left, size)):
        yield chunk
