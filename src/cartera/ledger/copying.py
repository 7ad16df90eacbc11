"""How does a workspace get from one database into another? Row by row with its numbers, in one transaction."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any

from django.core.management.color import no_style
from django.db import transaction

from cartera.ledger.belonging import rows, tables
from cartera.ledger.database import connection

AT_ONCE = 2_000


def copy(source: str, workspace_id: int, target: str) -> None:
    """Everything of a workspace, written into a database that has the tables and no workspace."""
    with transaction.atomic(using=target):
        for model in tables():
            found = rows(model, source, workspace_id).iterator(AT_ONCE)
            for some in _chunks(found):
                model._default_manager.using(target).bulk_create(some)
        _continue_numbers(target)


def _chunks(found: Iterator[Any]) -> Iterator[list[Any]]:
    while some := list(islice(found, AT_ONCE)):
        yield some


def _continue_numbers(alias: str) -> None:
    """PostgreSQL counts on from the numbers that were written; SQLite does so by itself."""
    with connection(alias).cursor() as cursor:
        for statement in connection(alias).ops.sequence_reset_sql(no_style(), tables()):
            cursor.execute(statement)
