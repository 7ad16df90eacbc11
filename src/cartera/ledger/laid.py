"""What lies among the facts and is none yet? Rows of a large import, laid there before it is published by a number.

They stand under a version that the facts have not reached; rows that they will end say so with the same version.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.db.models import F, Q, Subquery
from django.db.models.functions import Coalesce
from django.db.models.lookups import LessThan

from cartera.errors import CarteraError
from cartera.ledger.book import Book
from cartera.ledger.database import connection, is_sqlite
from cartera.ledger.models import Change, Client, Invoice, Version, Workspace
from cartera.ledger.stage import Published, Staged, write

FIRST, AT_ONCE = 2_000, 10_000  # rows in one transaction, in which nobody else writes: the first ones, at most
LOCKED = 0.05  # seconds: SQLite lets whoever waited longer look so rarely that they miss the pauses
PAUSE = 0.03  # seconds in which others get their turn
AHEAD = 1_000_000  # versions left for what others change while an import lays its rows
NEVER = 2**63 - 1
LAID: tuple[type[Version], ...] = (Client, Invoice)
BUSY = "an import is laying its rows in this workspace."
WAIT = "Try again when it has ended; if it was stopped, import its file again."


def holds(book: Book) -> Q:
    """Which clients and documents hold now, also while others lie beside them."""
    laid = Subquery(_laid(book).values("facts_version")[:1])
    # The sum keeps SQLite from taking the index of versions, by which it would read them all.
    shown = LessThan(F("from_version") + 0, Coalesce(laid, NEVER))
    return Q(Q(until_version=None), shown) | Q(until_version=laid)


def holds_sql(book: Book) -> str:
    """The same as SQL without parameters."""
    laid = f"SELECT facts_version FROM ledger_change WHERE workspace_id = {book.workspace_id} AND number < 0"
    laid = f"({laid} AND facts_version IS NOT NULL LIMIT 1)"
    return f"(until_version IS NULL AND from_version + 0 < coalesce({laid}, {NEVER}) OR until_version = {laid})"


def laid(book: Book) -> int | None:
    """The version under which rows lie that are no facts yet; None where there are none."""
    found: int | None = _laid(book).values_list("facts_version", flat=True).first()
    return found


def require_none(book: Book) -> None:
    """CarteraError while rows lie there: what is about whole histories waits for them."""
    if laid(book) is not None:
        raise CarteraError(BUSY, fix=WAIT)


def _laid(book: Book) -> Any:
    unmade = Change.objects.using(book.alias).filter(workspace_id=book.workspace_id, number__lt=0)
    return unmade.exclude(facts_version=None).order_by("facts_version")


def begin_laying(book: Book, change: Change) -> int:
    """The version that this change will lead to, above all that others may lead to meanwhile."""
    with transaction.atomic(using=book.alias):
        workspace = Workspace.objects.using(book.alias).select_for_update().get(pk=book.workspace_id)
        change.facts_version = workspace.facts_version + AHEAD
        change.save(using=book.alias, update_fields=["facts_version"])
    return change.facts_version


def lay(book: Book, change: Change, staged: Staged, told: Callable[[int], None] | None = None) -> Published:
    """The staged rows laid beside the facts, some at a time with pauses, and what will become of them.

    told: is called with how many there are so far.
    """
    total, start, size = Published(0, 0, 0), 0, FIRST
    while start < staged.count:
        begun, end = time.monotonic(), start + size
        with transaction.atomic(using=book.alias), connection(book.alias).cursor() as cursor:
            if not is_sqlite(book.alias):
                # Its planner knows nothing of what was laid a moment ago and would read all facts for each chunk.
                cursor.execute(
                    "SET LOCAL enable_hashjoin = off; SET LOCAL enable_mergejoin = off; SET LOCAL enable_seqscan = off"
                )
            some = write(cursor, change, staged, change.facts_version or 0, (start, end))
        total = Published(total.new + some.new, total.changed + some.changed, total.unchanged + some.unchanged)
        if not start and not is_sqlite(book.alias):
            _counted(book, staged.model)
        if told:
            told(min(end, staged.count))
        start, size = end, _fitting(size, time.monotonic() - begun)
        time.sleep(PAUSE)
    return total


def _counted(book: Book, model: type[Version]) -> None:
    """PostgreSQL looks at a table that was empty a moment ago, else it would read all of it for every row."""
    with connection(book.alias).cursor() as cursor:
        cursor.execute(f"ANALYZE {model._meta.db_table}")


def _fitting(size: int, seconds: float) -> int:
    """How many rows to lay next, so that nobody waits long, whatever the machine and however many there are."""
    return max(FIRST // 10, min(int(size * LOCKED / max(seconds, 0.001)), 2 * size, AT_ONCE))


def take_away(book: Book, change: Change) -> None:
    """What this change laid, away again; what it was to end holds on."""
    if change.facts_version is None:
        return
    for model in LAID:
        table, own = model._meta.db_table, f"WHERE workspace_id = {book.workspace_id} AND"
        some = f"SELECT id FROM {table} {own} {{}} = %s LIMIT {AT_ONCE}"
        begun, ended = some.format("from_version"), some.format("until_version")
        repeated(book, f"DELETE FROM {table} WHERE id IN ({begun})", [change.facts_version])
        repeated(book, f"UPDATE {table} SET until_version = NULL WHERE id IN ({ended})", [change.facts_version])


def repeated(book: Book, statement: str, values: list[Any]) -> None:
    """A statement about so many rows again and again, each time in a transaction of its own, until none is left."""
    while True:
        with transaction.atomic(using=book.alias), connection(book.alias).cursor() as cursor:
            cursor.execute(statement, values)
            if cursor.rowcount < AT_ONCE:
                return
