"""How do several questions read one moment of the ledger? Inside a snapshot, while others go on writing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction

from cartera.ledger.database import connection, is_sqlite


@contextmanager
def snapshot(alias: str) -> Iterator[None]:
    """All that is read inside is as of its beginning. It takes no lock that a writer could wait for; write nothing."""
    if not is_sqlite(alias):
        with transaction.atomic(using=alias), connection(alias).cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            yield
        return
    with connection(alias).cursor() as cursor:
        # Django's own transactions would take SQLite's write lock; and a plain BEGIN begins with the first reading.
        cursor.execute("BEGIN")
        try:
            cursor.execute("SELECT max(facts_version) FROM ledger_workspace")
            yield
        finally:
            cursor.execute("ROLLBACK")
